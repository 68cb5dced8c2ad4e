package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.journal.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than the engine takes: 503 before anything was applied, never in the middle, and nothing twice. */
@Timeout(60)
final class OverloadTest {

    private static final int CLIENTS = 8;
    private static final int ROUNDS = 8;
    private static final int LIST_ROWS = 120;

    @Test
    void shouldRefuseBeforeItAppliesAndNeverInTheMiddle(@TempDir final Path directory) throws Exception {
        final EngineContext context = new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.PROCESS)
                .set(EngineSetting.RING_SLOTS, 16)
                .set(EngineSetting.PORT_CREDITS, 1);
        final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        final AtomicInteger refused = new AtomicInteger();
        try (RunningGateway schap = RunningGateway.start(context).withStock()) {
            schap.count("S1", "A", 0);
            final List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                final boolean list = client % 2 == 0;
                final String name = "client-" + client;
                running.add(clients.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        final String key = name + "-" + round;
                        RunningGateway.Answer answer = schap.call("POST", "/v1/stock/movements", body(list), key);
                        while (answer.status() == 503) {
                            refused.incrementAndGet();
                            assertEquals("overloaded", answer.problem());
                            assertEquals("1", answer.header("Retry-After"));
                            answer = schap.call("POST", "/v1/stock/movements", body(list), key);
                        }
                        assertEquals(200, answer.status(), answer::toString);
                        assertEquals(
                                list ? LIST_ROWS : 1,
                                answer.body().get("accepted").asInt());
                    }
                    return null;
                }));
            }
            for (final Future<?> client : running) {
                client.get(50, TimeUnit.SECONDS);
            }
            final int expected = CLIENTS / 2 * ROUNDS * (LIST_ROWS + 1);
            final RunningGateway.Answer stock = schap.get("/v1/stores/S1/skus/A/stock");
            assertEquals(expected, stock.body().get("onHand").asInt());
            assertTrue(refused.get() > 0, "nobody was refused: one credit was enough for all");
        } finally {
            clients.shutdownNow();
        }
    }

    private static String body(final boolean list) {
        final String row = "{\"type\":\"receipt\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1}";
        return "{\"movements\":[" + row + ("," + row).repeat(list ? LIST_ROWS - 1 : 0) + "]}";
    }
}
