package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which stores have a whole basket, through a socket. */
@Timeout(60)
final class BasketsTest {

    private static final String PATH = "/v1/baskets/availability";
    private static RunningGateway schap;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
        schap.put(
                "/v1/stores/FAR",
                "{\"name\":\"F\\u00e4r \\\"out\\\"\",\"kind\":\"shop\",\"latitude\":53,\"longitude\":5}");
        schap.count("FAR", "A", 9);
        schap.count("FAR", "B", 9);
        schap.put("/v1/stores/CLOSED", "{\"name\":\"Closed\",\"kind\":\"shop\",\"active\":false}");
        schap.count("CLOSED", "A", 99);
        schap.put("/v1/skus/OLD", "{\"name\":\"Old\",\"active\":false}");
        schap.count("S1", "OLD", 7);
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    private static JsonNode stores(final String body) {
        final RunningGateway.Answer answer = ask(body);
        assertEquals(200, answer.status(), answer::toString);
        return answer.body().get("stores");
    }

    /** No key: it writes nothing. */
    private static RunningGateway.Answer ask(final String body) {
        return schap.call("POST", PATH, body, null);
    }

    private static List<String> codes(final JsonNode stores) {
        final List<String> codes = new ArrayList<>();
        stores.forEach(store -> codes.add(store.get("store").asText()));
        return codes;
    }

    @Test
    void shouldListCompleteStoresFirstAndWhatTheOthersLack() {
        final RunningGateway.Answer answer =
                ask("{\"lines\":[{\"sku\":\"A\",\"quantity\":2},{\"sku\":\"B\",\"quantity\":6}]}");
        assertEquals(200, answer.status(), answer::toString);
        assertTrue(answer.body().get("sequence").asLong() > 0);
        assertTrue(answer.body().hasNonNull("asOf"));
        assertEquals("no-cache", answer.header("Cache-Control"));
        final JsonNode stores = answer.body().get("stores");
        assertEquals(List.of("FAR", "S1", "S2"), codes(stores));
        assertEquals(
                "{\"store\":\"FAR\",\"name\":\"Fär \\\"out\\\"\",\"distanceKm\":null,\"complete\":true,\"missing\":[]}",
                stores.get(0).toString());
        assertEquals(
                "{\"store\":\"S1\",\"name\":\"One\",\"distanceKm\":null,\"complete\":false,"
                        + "\"missing\":[{\"sku\":\"B\",\"requested\":6,\"available\":5}]}",
                stores.get(1).toString());
        assertEquals(2, stores.get(2).get("missing").size());
        assertEquals(0, stores.get(2).get("missing").get(0).get("available").asInt());
    }

    @Test
    void shouldListTheNearestOfTheCompleteOnesFirst() {
        final String lines = "\"lines\":[{\"sku\":\"B\",\"quantity\":5}]";
        final JsonNode stores = stores("{" + lines + ",\"near\":\"52.1,5.0\"}");
        assertEquals(List.of("S1", "FAR", "S2"), codes(stores));
        assertEquals(11.1, stores.get(0).get("distanceKm").asDouble());
        assertTrue(stores.get(2).get("distanceKm").isNull());
        assertEquals(List.of("FAR", "S1", "S2"), codes(stores("{" + lines + ",\"near\":[52.9,5]}")));
        assertEquals(
                List.of("FAR"),
                codes(stores("{" + lines + ",\"near\":{\"latitude\":52.9,\"longitude\":5.0},\"radiusKm\":50}")));
    }

    @Test
    void shouldCountWhatIsHeldAndNeverPromised() {
        final String id = schap.reserve("S2", "B", 2);
        schap.patch("/v1/stores/S2/skus/B/policy", "{\"safetyStock\":1}");
        final JsonNode missing = stores("{\"lines\":[{\"sku\":\"B\",\"quantity\":3}],\"pickup\":false}")
                .get(0)
                .get("missing")
                .get(0);
        assertEquals(2, missing.get("available").asInt());
        schap.patch("/v1/stores/S2/skus/B/policy", "{\"safetyStock\":null}");
        schap.call("POST", "/v1/reservations/" + id + "/release", "{}", null);
    }

    @Test
    void shouldFilterAndLimit() {
        final String lines = "{\"lines\":[{\"sku\":\"B\",\"quantity\":1}]";
        assertEquals(List.of("S2"), codes(stores(lines + ",\"pickup\":false}")));
        assertEquals(List.of("FAR", "S1"), codes(stores(lines + ",\"pickup\":true}")));
        assertEquals(List.of("FAR"), codes(stores(lines + ",\"limit\":1}")));
        assertEquals(
                3,
                stores(lines + ",\"near\":null,\"radiusKm\":null,\"pickup\":null,\"limit\":null}")
                        .size());
    }

    @Test
    void shouldAddUpLinesOfOneSku() {
        final JsonNode missing = stores(
                        "{\"lines\":[{\"sku\":\"A\",\"quantity\":6},{\"sku\":\"A\",\"quantity\":5}],\"pickup\":true}")
                .get(1)
                .get("missing");
        assertEquals("[{\"sku\":\"A\",\"requested\":11,\"available\":10}]", missing.toString());
    }

    @Test
    void shouldPromiseNothingThatIsNotActive() {
        final JsonNode stores = stores("{\"lines\":[{\"sku\":\"OLD\",\"quantity\":1}]}");
        stores.forEach(store -> assertFalse(store.get("complete").asBoolean(), store::toString));
        assertFalse(codes(stores).contains("CLOSED"));
    }

    @Test
    void shouldRefuseWhatIsWrong() {
        final Map<String, String> wrong = new TreeMap<>();
        wrong.put("{}", "/lines");
        wrong.put("{\"lines\":[]}", "/lines");
        wrong.put("{\"lines\":[{\"sku\":\"A\"}]}", "/lines/0/quantity");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}", "/lines/0/quantity");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1.0}]}", "/lines/0/quantity");
        wrong.put("{\"lines\":[{\"sku\":\"\",\"quantity\":1}]}", "/lines/0/sku");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"store\":\"S1\"}]}", "/lines/0/store");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"radiusKm\":5}", "/radiusKm");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"near\":\"52\"}", "/near");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"near\":[91,5]}", "/near");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"near\":{\"latitude\":5}}", "/near/longitude");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"near\":true}", "/near");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"pickup\":\"yes\"}", "/pickup");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"limit\":1001}", "/limit");
        wrong.put("{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"more\":1}", "/more");
        wrong.put(
                "{\"lines\":[{\"sku\":\"A\",\"quantity\":600000000},{\"sku\":\"A\",\"quantity\":600000000}]}",
                "/lines/1/quantity");
        wrong.forEach((body, pointer) -> {
            final RunningGateway.Answer answer = ask(body);
            assertEquals(400, answer.status(), body);
            assertEquals(
                    pointer, answer.body().get("errors").get(0).get("pointer").asText(), body);
        });
        final RunningGateway.Answer unknown =
                ask("{\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"NO\",\"quantity\":1}]}");
        assertEquals(404, unknown.status());
        assertEquals("unknown-sku", unknown.problem());
        assertEquals("NO", unknown.text("sku"));
        assertEquals("/lines/1/sku", unknown.text("pointer"));
    }

    @Test
    void shouldAgreeWithTheReadsOfEachCellWhateverIsAsked() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            final int a = 1 + random.nextInt(12);
            final int b = 1 + random.nextInt(12);
            final JsonNode stores = stores(
                    "{\"lines\":[{\"sku\":\"A\",\"quantity\":" + a + "},{\"sku\":\"B\",\"quantity\":" + b + "}]}");
            assertEquals(3, stores.size(), "seed=" + seed);
            boolean before = true;
            for (final JsonNode store : stores) {
                final String code = store.get("store").asText();
                final boolean complete = available(code, "A") >= a && available(code, "B") >= b;
                assertEquals(complete, store.get("complete").asBoolean(), "seed=" + seed);
                assertEquals(complete, store.get("missing").isEmpty(), "seed=" + seed);
                assertTrue(before || !complete, "complete ones stand first: seed=" + seed);
                before = complete;
            }
        }
    }

    private static int available(final String store, final String sku) {
        return schap.get("/v1/stores/" + store + "/skus/" + sku + "/availability")
                .body()
                .get("available")
                .asInt();
    }
}
