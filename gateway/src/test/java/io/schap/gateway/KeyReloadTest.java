package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.access.AccessSettings;
import io.schap.gateway.access.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come, go and break while a server runs. */
@Timeout(120)
final class KeyReloadTest {

    private static final String CELL = "/v1/stores/S1/skus/A/availability";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path directory;

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "it did not come to be");
            Thread.onSpinWait();
        }
    }

    private static int status(final RunningGateway gateway, final String key) {
        gateway.as(key);
        return gateway.get(CELL).status();
    }

    @Test
    void shouldCloseAnOpenServerWhenTheFirstKeyIsMadeAndNeverOpenItAgain() throws IOException {
        try (RunningGateway gateway = RunningGateway.start(directory, context -> context)) {
            gateway.withStock();
            assertEquals(200, status(gateway, null));
            assertEquals(200, status(gateway, "whatever"), "an open server looks at no key");
            final KeyRing ring = new KeyRing(directory);
            final String key = ring.all("first");
            await(() -> status(gateway, null) == 401);
            assertEquals(200, status(gateway, key));
            ring.revoke("first");
            await(() -> status(gateway, key) == 401);
            assertEquals(401, status(gateway, null), "no key is left, and it is not open");
            Files.delete(directory.resolve(KeyFile.NAME));
            final String late = new KeyRing(directory).all("late");
            await(() -> status(gateway, late) == 200);
            assertEquals(401, status(gateway, null));
        }
    }

    @Test
    void shouldStayAsItWasWhenTheFileBreaksOrGoes() throws IOException {
        final KeyRing ring = new KeyRing(directory);
        final String key = ring.all("one");
        try (RunningGateway gateway =
                RunningGateway.start(directory, context -> context).as(key)) {
            gateway.withStock();
            final Path file = directory.resolve(KeyFile.NAME);
            final byte[] whole = Files.readAllBytes(file);
            Files.writeString(file, "{\"version\":1,\"keys\":[{\"id\":1}]}");
            for (int i = 0; i < 20; i++) {
                assertEquals(200, status(gateway, key));
                assertEquals(401, status(gateway, null));
            }
            Files.delete(file);
            assertEquals(200, status(gateway, key));
            assertEquals(401, status(gateway, null));
            Files.write(file, whole);
            final String second = ring.all("two");
            await(() -> status(gateway, second) == 200);
            assertEquals(200, status(gateway, key));
        }
    }

    @Test
    void shouldNeverShowHalfATableUnderLoad() throws IOException, InterruptedException {
        final KeyRing ring = new KeyRing(directory);
        final String steady = ring.all("steady");
        try (RunningGateway gateway =
                RunningGateway.start(directory, context -> context).as(steady)) {
            gateway.withStock();
            final AtomicBoolean over = new AtomicBoolean();
            final Map<String, Integer> statuses = new ConcurrentHashMap<>();
            final List<Thread> askers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                askers.add(new Thread(() -> ask(gateway.port(), steady, over, statuses)));
            }
            askers.forEach(Thread::start);
            for (int i = 0; i < 12; i++) {
                final String name = "passing-" + i;
                final String key = ring.all(name);
                await(() -> statusRaw(gateway.port(), key).equals("200"));
                ring.revoke(name);
                await(() -> statusRaw(gateway.port(), key).equals("401"));
            }
            over.set(true);
            for (final Thread asker : askers) {
                asker.join();
            }
            assertEquals(java.util.Set.of("known 200", "unknown 401"), statuses.keySet(), statuses::toString);
            assertTrue(statuses.get("known 200") > 50, statuses::toString);
        }
    }

    private static void ask(
            final int port, final String key, final AtomicBoolean over, final Map<String, Integer> statuses) {
        while (!over.get()) {
            statuses.merge("known " + statusRaw(port, key), 1, Integer::sum);
            statuses.merge("unknown " + statusRaw(port, key.replace("schap_sk", "schap_pk")), 1, Integer::sum);
        }
    }

    private static String statusRaw(final int port, final String key) {
        try {
            return RawClient.ask(
                            port,
                            "GET " + CELL + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + key
                                    + "\r\n\r\n")
                    .substring(9, 12);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    @Test
    void shouldRefuseToStartWithKeysThatCannotBeMeant() throws IOException {
        new KeyRing(directory).all("one");
        final Path file = directory.resolve(KeyFile.NAME);
        final String whole = Files.readString(file);
        for (final String wrong : List.of(
                "",
                "[]",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"version\" : 1", "\"version\" : 2"),
                whole.replace("\"stores\"", "\"store\""),
                whole.replace("\"stock\"", "\"everything\""),
                whole.replaceFirst("\"hash\" : \"..", "\"hash\" : \""),
                whole.replace("\"id\" : 1", "\"id\" : 0"))) {
            Files.writeString(file, wrong);
            final IOException fault = assertThrows(
                    IOException.class,
                    () -> Gateway.launch(new GatewayContext().access(AccessSettings.DEFAULTS.withKeys(file)))
                            .close());
            assertTrue(fault.getMessage().contains(KeyFile.NAME), fault::getMessage);
        }
    }

    @Test
    void shouldBindAnotherAddressThanLoopbackOnlyWithKeys() throws IOException {
        final AccessSettings settings = AccessSettings.DEFAULTS.withKeys(directory.resolve(KeyFile.NAME));
        final GatewayContext context = new GatewayContext().host("0.0.0.0").access(settings);
        assertRefusesToStart(context);
        final KeyRing ring = new KeyRing(directory);
        ring.all("one");
        Gateway.launch(context).close();
        ring.revoke("one");
        assertRefusesToStart(context);
    }

    private static void assertRefusesToStart(final GatewayContext context) {
        final IllegalArgumentException fault = assertThrows(
                IllegalArgumentException.class, () -> Gateway.launch(context).close());
        assertTrue(fault.getMessage().contains("0.0.0.0 is not a loopback address"), fault::getMessage);
        assertFalse(fault.getMessage().contains("\n"));
    }
}
