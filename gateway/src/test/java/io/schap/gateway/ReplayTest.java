package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.schap.engine.state.LedgerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request that is sent again with its key: the same answer, whatever happened in between. */
@Timeout(60)
final class ReplayTest {

    private static final String MOVEMENTS = "/v1/stock/movements";

    @TempDir
    private Path directory;

    private RunningGateway schap;

    @BeforeEach
    void start() {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
    }

    @Test
    void shouldAnswerTheSameAgainAlsoAfterARestart() {
        final String[][] requests = {
            {"POST", "/v1/reservations", RunningGateway.reservation("S1", "A", 3), "k-made"},
            {"POST", "/v1/reservations", RunningGateway.reservation("S1", "A", 300), "k-short"},
            {"POST", MOVEMENTS, list(60), "k-list"},
            {
                "POST",
                MOVEMENTS,
                "{\"movements\":[{\"type\":\"sale\",\"store\":\"NEW\",\"sku\":\"A\",\"quantity\":1}]}",
                "k-404"
            },
            {"PUT", "/v1/stores/S7", "{\"name\":\"Seven\",\"kind\":\"shop\"}", "k-store"},
            {"PATCH", "/v1/stores/S1/policy", "{\"lowStockThreshold\":9}", "k-policy"},
        };
        final List<RunningGateway.Answer> first = new ArrayList<>();
        for (final String[] request : requests) {
            first.add(schap.call(request[0], request[1], request[2], request[3]));
            assertNull(first.get(first.size() - 1).header("Idempotent-Replayed"));
        }
        final String id = first.get(0).text("id");
        final RunningGateway.Answer step = schap.call("POST", "/v1/reservations/" + id + "/confirm", "", "k-step");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < requests.length; i++) {
                assertReplayed(
                        first.get(i), schap.call(requests[i][0], requests[i][1], requests[i][2], requests[i][3]));
            }
            assertReplayed(step, schap.call("POST", "/v1/reservations/" + id + "/confirm", "", "k-step"));
            schap.put("/v1/stores/NEW", "{\"name\":\"New\",\"kind\":\"shop\"}");
            schap.restart();
        }
        assertEquals("CONFIRMED", schap.get("/v1/reservations/" + id).text("state"));
        assertEquals(
                7,
                schap.get("/v1/stores/S1/skus/A/availability")
                        .body()
                        .get("available")
                        .asInt());
    }

    @Test
    void shouldTakeWhiteSpaceAndFieldOrderForTheSameRequest() {
        final RunningGateway.Answer first = schap.call(
                "POST", "/v1/reservations",
                "{\"channel\":\"web\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"store\":\"S1\"}]}", "k1");
        final RunningGateway.Answer again = schap.call(
                "POST", "/v1/reservations",
                "{ \"lines\": [ {\"store\":\"S1\", \"quantity\":1,\n\"sku\":\"\\u0041\"} ], \"channel\":\"web\" }",
                        "k1");
        assertReplayed(first, again);
    }

    @Test
    void shouldRefuseAKeyOfADifferentRequest() {
        final String body = RunningGateway.reservation("S1", "A", 1);
        assertEquals(201, schap.call("POST", "/v1/reservations", body, "k1").status());
        final String[] others = {
            body.replace(":1}", ":2}"),
            body.replace("web", "app"),
            body.replace("{\"channel\"", "{\"owner\":null,\"channel\"")
        };
        for (final String other : others) {
            final RunningGateway.Answer reused = schap.call("POST", "/v1/reservations", other, "k1");
            assertEquals(422, reused.status(), other);
            assertEquals("idempotency-key-reused", reused.problem());
        }
        assertEquals(422, schap.call("POST", MOVEMENTS, list(1), "k1").status());
        assertEquals(201, schap.call("POST", "/v1/reservations", body, "K1").status());
    }

    @Test
    void shouldNotKeepWhatWasNeverDecided() {
        final String body = RunningGateway.reservation("LATER", "A", 1);
        assertEquals(404, schap.call("POST", "/v1/reservations", body, "k1").status());
        assertEquals(400, schap.call("POST", "/v1/reservations", "{}", "k1").status());
        schap.put("/v1/stores/LATER", "{\"name\":\"Later\",\"kind\":\"shop\"}");
        schap.count("LATER", "A", 1);
        final RunningGateway.Answer made = schap.call("POST", "/v1/reservations", body, "k1");
        assertEquals(201, made.status());
        assertNull(made.header("Idempotent-Replayed"));
    }

    @Test
    void shouldAnswerOnceWhileTheFirstIsStillUnderWay() throws Exception {
        final ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                final String key = "race-" + round;
                final String path = round % 2 == 0 ? "/v1/reservations" : MOVEMENTS;
                final String body = round % 2 == 0 ? RunningGateway.reservation("S1", "B", 1) : list(100);
                schap.count("S1", "B", 100);
                final List<Future<RunningGateway.Answer>> answers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    answers.add(clients.submit(() -> schap.call("POST", path, body, key)));
                }
                final String raw = answers.get(0).get(20, TimeUnit.SECONDS).raw();
                int fresh = 0;
                for (final Future<RunningGateway.Answer> answer : answers) {
                    assertEquals(raw, answer.get().raw());
                    fresh += answer.get().header("Idempotent-Replayed") == null ? 1 : 0;
                }
                assertEquals(true, fresh <= 1, "fresh answers: " + fresh);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void shouldRefuseWhatIsOverTheBounds() {
        schap.close();
        schap = RunningGateway.start(directory, new LedgerSettings(3, 2, 2, 2, 10, 900, 2, 1_000, 1 << 20, 3_600_000));
        assertEquals(400, schap.put("/v1/skus/C", "{\"name\":\"C\"}").status());
        assertEquals(
                201,
                schap.put("/v1/stores/S3", "{\"name\":\"3\",\"kind\":\"shop\"}").status());
        assertEquals(
                400,
                schap.put("/v1/stores/S4", "{\"name\":\"4\",\"kind\":\"shop\"}").status());
        schap.reserve("S1", "A", 1);
        schap.reserve("S1", "A", 1);
        final RunningGateway.Answer third = schap.post("/v1/reservations", RunningGateway.reservation("S1", "A", 1));
        assertEquals(409, third.status());
        assertEquals("hold-limit", third.problem());
        final String body = RunningGateway.reservation("S1", "A", 1);
        schap.post("/v1/reservations", body.replace("web", "app"));
        final RunningGateway.Answer channel = schap.post("/v1/reservations", body.replace("web", "pos"));
        assertEquals(400, channel.status(), channel::toString);
        assertEquals("/channel", channel.body().at("/errors/0/pointer").asText());
    }

    private static void assertReplayed(final RunningGateway.Answer first, final RunningGateway.Answer again) {
        assertEquals(first.status(), again.status(), again::toString);
        assertEquals(first.raw(), again.raw());
        assertEquals(first.header("Location"), again.header("Location"));
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    private static String list(final int rows) {
        final StringBuilder list = new StringBuilder("{\"movements\":[");
        for (int i = 0; i < rows; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"receipt\",\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1,\"channel\":\"pos\"}");
        }
        return list.append("]}").toString();
    }
}
