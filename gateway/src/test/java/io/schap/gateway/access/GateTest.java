package io.schap.gateway.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is decided of a request where it lies. */
final class GateTest {

    private static final String SHOP = "https://shop.example";

    @TempDir
    private Path directory;

    private String reader;
    private String widget;
    private Access access;
    private Gate gate;

    @BeforeEach
    void start() throws IOException {
        final KeyFile file = new KeyFile(directory, Clock.systemUTC(), new SecureRandom());
        reader = file.add(new KeyRequest("reader", false, Set.of(Scope.READ), List.of(), List.of("S1"), List.of()))
                .secret();
        widget = file.add(new KeyRequest("widget", true, Set.of(Scope.READ), List.of(), List.of(), List.of(SHOP)))
                .secret();
        file.add(new KeyRequest("stock", false, Set.of(Scope.STOCK), List.of(), List.of(), List.of()));
        access = Access.launch(new AccessSettings(
                directory.resolve(KeyFile.NAME),
                7,
                List.of(),
                new AccessSettings.Limit(1_000_000, 1_000_000),
                AccessSettings.NO_LIMIT,
                null,
                null));
        gate = access.newGate();
    }

    @AfterEach
    void stop() {
        access.close();
    }

    private static Credentials credentials(final String key, final boolean inQuery, final String origin) {
        final byte[] bytes = ("GET ..." + key + origin).getBytes(StandardCharsets.US_ASCII);
        final Credentials credentials = new Credentials().in(bytes).key(7, key.length(), inQuery);
        return origin.isEmpty() ? credentials : credentials.origin(7 + key.length(), origin.length());
    }

    private Caller admit(final String key, final boolean inQuery, final String origin) {
        return gate.admit(credentials(key, inQuery, origin), RouteNeed.AVAILABILITY, null);
    }

    @Test
    void shouldAdmitWhoMayAndSayWhatTheySee() {
        assertEquals(1, admit(reader, false, "").actor());
        assertEquals(Integer.MAX_VALUE, admit(reader, false, "").maxQuantityShown());
        final byte[] codes = "S1S2".getBytes(StandardCharsets.US_ASCII);
        assertTrue(admit(reader, false, "").mayReach(codes, 0, 2));
        assertTrue(!admit(reader, false, "").mayReach(codes, 2, 2));
        assertEquals(7, admit(widget, true, SHOP).maxQuantityShown());
        assertNotNull(admit(widget, false, ""));
    }

    @Test
    void shouldSendEverybodyElseTheLongWay() {
        assertNull(admit(reader, true, ""), "a secret key in the query");
        assertNull(admit(widget, true, "https://evil.example"), "another origin");
        assertNull(admit("", false, ""), "no key");
        assertNull(admit(reader.substring(1), false, ""), "part of a key");
        assertNull(admit(reader.substring(0, 51) + "!", false, ""), "a key that nobody has");
        assertNull(gate.admit(credentials(reader, false, ""), RouteNeed.STOCK, null), "another scope");
        assertNull(gate.admit(credentials(widget, false, ""), RouteNeed.READ, null), "more than a widget reads");
    }

    @Test
    void shouldGiveTheHeaderLinesOfTheOrigin() {
        final Credentials fromShop = credentials(widget, true, SHOP);
        assertNotNull(gate.admit(fromShop, RouteNeed.AVAILABILITY, null));
        final String lines = new String(gate.headerLines(fromShop), StandardCharsets.US_ASCII);
        assertEquals(
                "Access-Control-Allow-Origin: https://shop.example\r\n"
                        + "Access-Control-Expose-Headers: "
                        + "ETag, Retry-After, Location, Date, Idempotent-Replayed, X-Request-Id\r\n"
                        + "Vary: Origin\r\n",
                lines);
        final Credentials without = credentials(reader, false, "");
        assertNotNull(gate.admit(without, RouteNeed.AVAILABILITY, null));
        assertArrayEquals("Vary: Origin\r\n".getBytes(StandardCharsets.US_ASCII), gate.headerLines(without));
    }

    @Test
    void shouldAdmitAnybodyWhileTheServerIsOpen(@TempDir final Path open) throws IOException {
        try (Access none = Access.launch(AccessSettings.DEFAULTS.withKeys(open.resolve(KeyFile.NAME)))) {
            final Gate opened = none.newGate();
            final Credentials credentials = credentials("whatever", false, SHOP);
            assertSame(Caller.OPEN, opened.admit(credentials, RouteNeed.AVAILABILITY, null));
            assertEquals(0, opened.headerLines(credentials).length);
        }
    }

    @Test
    void shouldAllocateNothing() {
        final Credentials secret = credentials(reader, false, "");
        final Credentials page = credentials(widget, true, SHOP);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        int admitted = 0;
        for (int round = 0; round < 5; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                admitted += gate.admit(secret, RouteNeed.AVAILABILITY, null) == null ? 0 : 1;
                admitted += gate.admit(page, RouteNeed.AVAILABILITY, null) == null ? 0 : 1;
                admitted += gate.headerLines(page).length > 0 ? 1 : 0;
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(300_000, admitted);
        assertTrue(least < 20_000, "bytes for 40,000 decisions: " + least);
    }
}
