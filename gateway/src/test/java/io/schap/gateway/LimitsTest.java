package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.schap.gateway.access.AccessSettings;
import io.schap.gateway.http.Scope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** How often a key and an address may ask, whose address that is, and what is written down. The rates refill in hours. */
@Timeout(60)
final class LimitsTest {

    private static final String CELL = "/v1/stores/S1/skus/A/availability";
    private static final AccessSettings.Limit NONE = AccessSettings.NO_LIMIT;
    private static final AccessSettings.Limit THREE = new AccessSettings.Limit(1, 3);

    @TempDir
    private Path directory;

    private RunningGateway start(
            final AccessSettings.Limit perKey, final AccessSettings.Limit perAddress, final String... proxies) {
        return RunningGateway.start(
                directory,
                context -> context.access(new AccessSettings(
                        context.access().keys(), 10, List.of(proxies), perKey, perAddress, null, null)));
    }

    private static String ask(final RunningGateway gateway, final String key, final String... headers)
            throws IOException {
        return send(gateway, request(key, headers).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String request(final String key, final String... headers) {
        final StringBuilder request = new StringBuilder("GET " + CELL + " HTTP/1.1\r\nHost: stock.example\r\n");
        request.append("Authorization: Bearer ").append(key).append("\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    private static String send(final RunningGateway gateway, final byte[] bytes) throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send(bytes);
            return client.answer();
        }
    }

    private static String status(final String answer) {
        return answer.isEmpty() ? "closed" : answer.substring(9, 12);
    }

    @Test
    void shouldAnswer429ToAKeyThatAsksTooOften() throws IOException {
        final KeyRing ring = new KeyRing(directory);
        final String one = ring.secret("one", Scope.READ);
        final String two = ring.secret("two", Scope.READ);
        try (RunningGateway gateway = start(new AccessSettings.Limit(1, 3), NONE)) {
            int refused = 0;
            for (int i = 0; i < 10; i++) {
                final String answer = ask(gateway, one);
                if (status(answer).equals("429")) {
                    refused++;
                    assertTrue(answer.contains("\r\nRetry-After: 1\r\n"), answer);
                    assertTrue(answer.contains("urn:schap:problem:too-many-requests"), answer);
                } else {
                    assertEquals("404", status(answer), answer);
                }
            }
            assertTrue(refused > 0, "ten at once are more than three and one a second");
            assertEquals("404", status(ask(gateway, two)), "another key has a limit of its own");
        }
    }

    @Test
    void shouldLimitAddressesForPublishableKeysOnly() throws IOException {
        final KeyRing ring = new KeyRing(directory);
        final String widget = ring.publishable("widget");
        final String secret = ring.secret("secret", Scope.READ);
        try (RunningGateway gateway = start(NONE, THREE)) {
            assertEquals(1, exhaust(gateway, widget));
            for (int i = 0; i < 10; i++) {
                assertEquals("404", status(ask(gateway, secret)));
            }
        }
    }

    /** Asks until it is refused; 1 when it was. */
    private static int exhaust(final RunningGateway gateway, final String key, final String... headers)
            throws IOException {
        for (int i = 0; i < 50; i++) {
            if (status(ask(gateway, key, headers)).equals("429")) {
                return 1;
            }
        }
        return 0;
    }

    @Test
    void shouldTakeNobodysWordForAnAddressButThatOfATrustedProxy() throws IOException {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start(NONE, THREE)) {
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                refused += status(ask(gateway, widget, "X-Forwarded-For", "203.0.113." + i))
                                .equals("429")
                        ? 1
                        : 0;
            }
            assertTrue(refused > 0, "an address that was made up got a burst of its own");
        }
    }

    @Test
    void shouldTellCallersApartBehindATrustedProxy() throws IOException {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start(NONE, THREE, "127.0.0.0/8", "10.0.0.7")) {
            for (int i = 0; i < 20; i++) {
                assertEquals("404", status(ask(gateway, widget, "X-Forwarded-For", "203.0.113." + i)));
            }
            // What a caller wrote in front of its own address does not count; a second proxy is stepped over.
            int refused = 0;
            for (int i = 0; i < 20; i++) {
                final String chain = "198.51.100." + i + ", 203.0.113.99, 10.0.0.7";
                refused +=
                        status(ask(gateway, widget, "X-Forwarded-For", chain)).equals("429") ? 1 : 0;
            }
            assertTrue(refused > 0, "a caller chose its own address");
        }
    }

    @Test
    void shouldTakeTheAddressOfAProxyHeaderOfBothVersions() throws IOException {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start(NONE, THREE, "127.0.0.1")) {
            for (int i = 0; i < 10; i++) {
                assertEquals("404", status(send(gateway, version1("203.0.113." + i, request(widget)))));
                assertEquals("404", status(send(gateway, version2(i, request(widget)))));
            }
            int refused = 0;
            for (int i = 0; i < 10; i++) {
                refused += status(send(gateway, version1("203.0.113.99", request(widget))))
                                .equals("429")
                        ? 1
                        : 0;
            }
            assertTrue(refused > 0, "one address was taken for many");
            assertEquals("404", status(ask(gateway, widget)), "a trusted proxy may also come without a header");
        }
    }

    private static byte[] version1(final String address, final String request) {
        return ("PROXY TCP4 " + address + " 127.0.0.1 4711 8080\r\n" + request).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The binary header: signature, version and command, family, length, two addresses and two ports. */
    private static byte[] version2(final int last, final String request) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10, 0x21, 0x11, 0, 12});
        bytes.write(new byte[] {(byte) 198, 51, 100, (byte) last, 127, 0, 0, 1, 0x12, 0x67, 0x1f, (byte) 0x90});
        bytes.write(request.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    @Test
    void shouldReadAProxyHeaderThatComesByteForByteAndCloseOnABrokenOne() throws IOException {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start(NONE, THREE, "127.0.0.1");
                RawClient client = new RawClient(gateway.port())) {
            for (final byte b : version1("203.0.113.1", request(widget))) {
                client.send(new byte[] {b});
            }
            assertEquals("404", status(client.answer()));
            assertEquals("closed", status(send(gateway, version1("nonsense", request(widget)))));
        }
    }

    @Test
    void shouldTakeAProxyHeaderOfAnybodyElseForABadRequest() throws IOException {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start(NONE, THREE)) {
            assertEquals("400", status(send(gateway, version1("203.0.113.1", request(widget)))));
        }
    }

    @Test
    void shouldLeaveALineForEveryRefusalAndNeverAKey() throws IOException {
        final Logger audit = (Logger) LoggerFactory.getLogger("io.schap.audit");
        final ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        final KeyRing ring = new KeyRing(directory);
        final String reader = ring.secret("reader", Scope.READ);
        final String widget = ring.publishable("widget", "https://shop.example");
        try (RunningGateway gateway = start(NONE, NONE, "127.0.0.1")) {
            audit.addAppender(lines);
            ask(gateway, "schap_sk_unknown", "X-Forwarded-For", "203.0.113.5");
            send(
                    gateway,
                    ("PUT /v1/stores/S1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + reader
                                    + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            send(
                    gateway,
                    ("GET " + CELL + "?key=" + widget + " HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            ask(gateway, reader);
        } finally {
            audit.detachAppender(lines);
        }
        final List<String> texts =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertEquals(3, texts.size(), texts::toString);
        assertEquals(
                "refused: status=401, key=none, address=203.0.113.5, method=GET, path=" + CELL
                        + ", origin=none, leftOut=0",
                texts.get(0));
        assertTrue(
                texts.get(1).contains("status=403, key=1, address=127.0.0.1, method=PUT, path=/v1/stores/S1,"),
                texts::toString);
        assertTrue(
                texts.get(2).contains("status=403, key=2,") && texts.get(2).contains("origin=https://evil.example"),
                texts::toString);
        for (final String secret : List.of(reader, widget, "schap_sk", "schap_pk")) {
            assertFalse(texts.toString().contains(secret), texts::toString);
        }
    }
}
