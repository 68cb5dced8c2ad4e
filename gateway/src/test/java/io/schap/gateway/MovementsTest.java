package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock facts, master data and policies, through a socket and a real engine. */
@Timeout(60)
final class MovementsTest {

    private static RunningGateway schap;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @Test
    void shouldRecordEachKindOfFact() {
        sku("KINDS");
        final RunningGateway.Answer done = movements(
                row("receipt", "S1", "KINDS", 10),
                row("sale", "S1", "KINDS", 3).replace("}", ",\"channel\":\"pos\",\"reference\":\"r-1\"}"),
                row("return", "S1", "KINDS", 1),
                row("adjustment", "S1", "KINDS", -20),
                row("count", "S1", "KINDS", 7)
                        .replace("}", ",\"expectedOnHand\":-12,\"occurredAt\":\"2026-01-01T10:00:00+02:00\"}"));
        assertEquals(200, done.status(), done::toString);
        assertEquals(5, done.body().get("accepted").asInt());
        assertEquals(0, done.body().get("rejected").asInt());
        final int[] onHand = {10, 7, 8, -12, 7};
        for (int i = 0; i < onHand.length; i++) {
            final JsonNode cell = done.body().get("results").get(i);
            assertEquals(onHand[i], cell.get("onHand").asInt());
            assertEquals(Math.max(0, onHand[i]), cell.get("available").asInt());
            assertEquals("KINDS", cell.get("sku").asText());
        }
        assertTrue(done.body().get("sequence").asLong() > 0);
        assertNull(done.header("Idempotent-Replayed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1969-12-31T23:59:59.999Z",
                "1970-01-01T00:00:00Z",
                "1931-05-01T00:00:00+00:20",
                "0000-01-01T00:00:00Z"
            })
    void shouldRecordAFactOfAnyPastTime(final String time) {
        final RunningGateway.Answer done =
                movements(row("receipt", "S1", "B", 1).replace("}", ",\"occurredAt\":\"" + time + "\"}"));
        assertEquals(200, done.status(), done::toString);
        assertEquals(1, done.body().get("accepted").asInt());
    }

    @Test
    void shouldPutErrorsInThePlaceOfResults() {
        sku("ERRORS");
        final RunningGateway.Answer done = movements(
                row("count", "S1", "ERRORS", 5),
                row("sale", "S9", "ERRORS", 1),
                row("sale", "S1", "UNKNOWN", 1),
                row("count", "S1", "ERRORS", 1).replace("}", ",\"expectedOnHand\":4}"),
                row("adjustment", "S1", "ERRORS", 1_000_000_000),
                row("sale", "S1", "ERRORS", 1).replace("}", ",\"reservation\":\"nobody\"}"),
                "{\"type\":\"sale\",\"store\":\"S1\",\"gtin\":\"73513537\",\"quantity\":1}",
                row("sale", "S1", "ERRORS", 1));
        assertEquals(200, done.status(), done::toString);
        assertEquals(2, done.body().get("accepted").asInt());
        assertEquals(6, done.body().get("rejected").asInt());
        final String[] codes = {
            null,
            "unknown-store",
            "unknown-sku",
            "count-conflict",
            "quantity-out-of-range",
            "unknown-reservation",
            "unknown-sku",
            null
        };
        final int[] statuses = {0, 404, 404, 412, 400, 404, 404, 0};
        for (int i = 0; i < codes.length; i++) {
            final JsonNode error = done.body().get("results").get(i).path("error");
            assertEquals(codes[i], error.path("code").asText(null), done::toString);
            assertEquals(statuses[i], error.path("status").asInt());
        }
        assertTrue(done.body().at("/results/3/error/detail").asText().contains("onHand is 5"), done::toString);
        assertEquals(4, done.body().at("/results/7/onHand").asInt());
    }

    @Test
    void shouldHandOverAReservationByASale() {
        schap.count("S1", "A", 100);
        final String id = schap.reserve("S1", "A", 2);
        final RunningGateway.Answer done = movements(
                "{\"type\":\"sale\",\"store\":\"S1\",\"gtin\":\"4006381333931\",\"quantity\":3,\"reservation\":\"" + id
                        + "\"}");
        assertEquals(97, done.body().at("/results/0/onHand").asInt(), done::toString);
        assertEquals("A", done.body().at("/results/0/sku").asText());
        assertEquals("FULFILLED", schap.get("/v1/reservations/" + id).text("state"));
    }

    @Test
    void shouldCutALongListAndKeepItsOrder() {
        sku("LONG");
        final StringBuilder rows = new StringBuilder();
        final String reference = "x".repeat(128);
        for (int i = 1; i <= 1_000; i++) {
            final String row = row(i % 2 == 0 ? "count" : "receipt", "S1", "LONG", i);
            rows.append(i == 1 ? "" : ",")
                    .append(i % 3 == 0 ? row.replace("}", ",\"reference\":\"" + reference + "\"}") : row);
        }
        final RunningGateway.Answer done = schap.post("/v1/stock/movements", "{\"movements\":[" + rows + "]}");
        assertEquals(200, done.status());
        assertEquals(1_000, done.body().get("accepted").asInt());
        final JsonNode results = done.body().get("results");
        for (int i = 1; i <= 1_000; i++) {
            assertEquals(
                    i % 2 == 0 ? i : i - 1 + i, results.get(i - 1).get("onHand").asInt(), "row " + i);
        }
        assertEquals(
                400,
                schap.post(
                                "/v1/stock/movements",
                                "{\"movements\":[" + rows + "," + row("count", "S1", "LONG", 1) + "]}")
                        .status());
    }

    @Test
    void shouldReplaceStoresAndSkusWhole() {
        final RunningGateway.Answer made =
                schap.put("/v1/stores/P1", "{\"name\":\"P\",\"kind\":\"shop\",\"country\":\"NL\"}");
        assertEquals(201, made.status());
        assertEquals("/v1/stores/P1", made.header("Location"));
        final RunningGateway.Answer replaced =
                schap.put("/v1/stores/P1", "{\"name\":\"Q\",\"kind\":\"warehouse\",\"latitude\":-1.5,\"longitude\":0}");
        assertEquals(200, replaced.status());
        final RunningGateway.Answer read = schap.get("/v1/stores/P1");
        assertEquals("Q", read.text("name"));
        assertTrue(read.body().get("country").isNull());
        assertEquals(-1.5, read.body().get("latitude").asDouble());
        assertEquals(
                201,
                schap.put("/v1/skus/P1", "{\"name\":\"P\",\"price\":\"0.99\",\"gtins\":[\"73513537\"]}")
                        .status());
        assertEquals(200, schap.put("/v1/skus/P1", "{\"name\":\"P\"}").status());
        assertTrue(schap.get("/v1/skus/P1").body().get("price").isNull());
        assertEquals(0, schap.get("/v1/skus?gtin=73513537").body().get("skus").size());
    }

    @Test
    void shouldKeepAGtinWithOneSku() {
        final RunningGateway.Answer taken =
                schap.put("/v1/skus/THIEF", "{\"name\":\"T\",\"gtins\":[\"4006381333931\"]}");
        assertEquals(400, taken.status());
        assertEquals("/gtins", taken.body().at("/errors/0/pointer").asText());
        assertEquals(404, schap.get("/v1/skus/THIEF").status());
    }

    @Test
    void shouldPatchPolicies() {
        sku("POLICY");
        schap.count("S1", "POLICY", 10);
        final RunningGateway.Answer store = schap.patch("/v1/stores/S1/policy", "{\"safetyStock\":3}");
        assertEquals(200, store.status(), store::toString);
        assertEquals(3, store.body().get("safetyStock").asInt());
        assertEquals(7, available("POLICY"));
        final RunningGateway.Answer cell =
                schap.patch("/v1/stores/S1/skus/POLICY/policy", "{\"safetyStock\":0,\"lowStockThreshold\":20}");
        assertEquals(20, cell.body().get("lowStockThreshold").asInt());
        assertEquals(10, available("POLICY"));
        assertEquals(
                "LimitedAvailability",
                schap.get("/v1/stores/S1/skus/POLICY/availability").text("status"));
        final RunningGateway.Answer cleared = schap.patch("/v1/stores/S1/skus/POLICY/policy", "{\"safetyStock\":null}");
        assertEquals(3, cleared.body().get("safetyStock").asInt());
        assertEquals(20, cleared.body().get("lowStockThreshold").asInt());
        assertEquals("[\"safetyStock\"]", cleared.body().get("inherited").toString());
        schap.patch("/v1/stores/S1/policy", "{\"safetyStock\":null}");
        assertEquals(10, available("POLICY"));
    }

    @Test
    void shouldRecordFactsOfInactiveSkus() {
        schap.put("/v1/skus/INACTIVE", "{\"name\":\"I\",\"active\":false}");
        final RunningGateway.Answer done = movements(row("receipt", "S1", "INACTIVE", 2));
        assertEquals(1, done.body().get("accepted").asInt());
    }

    private static void sku(final String code) {
        schap.put("/v1/skus/" + code, "{\"name\":\"" + code + "\"}");
    }

    private static int available(final String sku) {
        return schap.get("/v1/stores/S1/skus/" + sku + "/availability")
                .body()
                .get("available")
                .asInt();
    }

    private static String row(final String type, final String store, final String sku, final int quantity) {
        return "{\"type\":\"" + type + "\",\"store\":\"" + store + "\",\"sku\":\"" + sku + "\",\"quantity\":" + quantity
                + "}";
    }

    private static RunningGateway.Answer movements(final String... rows) {
        return schap.post("/v1/stock/movements", "{\"movements\":[" + String.join(",", rows) + "]}");
    }
}
