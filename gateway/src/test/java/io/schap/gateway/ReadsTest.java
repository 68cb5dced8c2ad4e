package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads, through a socket and a real engine. */
@Timeout(60)
final class ReadsTest {

    private static RunningGateway schap;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
        for (int i = 0; i < 7; i++) {
            schap.put(
                    "/v1/stores/N" + i,
                    "{\"name\":\"Near " + i + "\",\"kind\":\"shop\",\"country\":\"BE\",\"latitude\":" + (51 + i / 100.0)
                            + ",\"longitude\":4}");
            schap.count("N" + i, "B", i);
        }
        schap.put("/v1/stores/GONE", "{\"name\":\"Gone\",\"kind\":\"shop\",\"active\":false}");
        schap.count("GONE", "B", 50);
        schap.put("/v1/stores/a%2Fb%20c", "{\"name\":\"Odd\",\"kind\":\"shop\"}");
        schap.put("/v1/skus/x%20y", "{\"name\":\"Spaced\"}");
        schap.put("/v1/skus/HIDDEN", "{\"name\":\"Hidden\",\"active\":false,\"gtins\":[\"96385074\"]}");
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @Test
    void shouldReadACell() {
        final RunningGateway.Answer read = schap.get("/v1/stores/S1/skus/A/availability");
        assertEquals(200, read.status());
        assertEquals("application/json", read.header("Content-Type"));
        assertEquals("no-cache", read.header("Cache-Control"));
        assertEquals("S1", read.text("store"));
        assertEquals("A", read.text("sku"));
        assertEquals(10, read.body().get("available").asInt());
        assertEquals("InStock", read.text("status"));
        assertTrue(read.body().get("sequence").asLong() > 0);
        assertTrue(read.text("asOf").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"), read::toString);
        assertFalse(Instant.parse(read.text("asOf")).isAfter(Instant.now().plusSeconds(1)));
    }

    @Test
    void shouldReadACellThatNeverHadStock() {
        final RunningGateway.Answer read = schap.get("/v1/stores/S2/skus/A/availability");
        assertEquals(0, read.body().get("available").asInt());
        assertEquals("OutOfStock", read.text("status"));
    }

    @Test
    void shouldReadCodesThatNeedEncoding() {
        final RunningGateway.Answer read = schap.get("/v1/stores/a%2Fb%20c/skus/x%20y/availability");
        assertEquals(200, read.status(), read::toString);
        assertEquals("a/b c", read.text("store"));
        assertEquals("x y", read.text("sku"));
    }

    @Test
    void shouldNameBothCodesOfAnUnknownCell() {
        final RunningGateway.Answer store = schap.get("/v1/stores/42/skus/A/availability");
        assertEquals(404, store.status());
        assertEquals("unknown-store", store.problem());
        assertEquals("42", store.text("store"));
        assertEquals("A", store.text("sku"));
        final RunningGateway.Answer sku = schap.get("/v1/stores/S1/skus/a/stock");
        assertEquals("unknown-sku", sku.problem());
        assertEquals("a", sku.text("sku"));
    }

    @Test
    void shouldReadAllQuantitiesOfACell() {
        schap.patch("/v1/stores/N6/skus/B/policy", "{\"safetyStock\":4}");
        final String id = schap.reserve("N6", "B", 1);
        final RunningGateway.Answer read = schap.get("/v1/stores/N6/skus/B/stock");
        assertEquals(6, read.body().get("onHand").asInt(), read::toString);
        assertEquals(1, read.body().get("reserved").asInt());
        assertEquals(4, read.body().get("safetyStock").asInt());
        assertEquals(1, read.body().get("available").asInt());
        assertEquals(0, read.body().get("shortfall").asInt());
        assertEquals("LimitedAvailability", read.text("status"));
        schap.call("POST", "/v1/reservations/" + id + "/release", "", null);
        schap.patch("/v1/stores/N6/skus/B/policy", "{\"safetyStock\":null}");
    }

    @Test
    void shouldListTheStoresOfASkuByCode() {
        final RunningGateway.Answer read = schap.get("/v1/skus/B/availability");
        assertEquals(List.of("N1", "N2", "N3", "N4", "N5", "N6", "S1", "S2"), names(read, "stores", "store"));
        assertEquals(8, read.body().get("storeCount").asInt());
        assertEquals(21 + 10, read.body().get("totalAvailable").asInt());
        assertTrue(read.body().get("nextCursor").isNull());
        assertTrue(read.body().at("/stores/0/distanceKm").isNull());
    }

    @Test
    void shouldListTheStoresOfASkuNearestFirst() {
        final RunningGateway.Answer read = schap.get("/v1/skus/B/availability?near=51.055,4&minQuantity=2");
        assertEquals(List.of("N5", "N6", "N4", "N3", "N2", "S1", "S2"), names(read, "stores", "store"));
        assertEquals(0.6, read.body().at("/stores/0/distanceKm").asDouble(), 1e-9);
        assertEquals(1.7, read.body().at("/stores/2/distanceKm").asDouble(), 1e-9);
        assertTrue(read.body().at("/stores/6/distanceKm").isNull());
        final RunningGateway.Answer inside = schap.get("/v1/skus/B/availability?near=51.055,4&radiusKm=2");
        assertEquals(List.of("N5", "N6", "N4"), names(inside, "stores", "store"));
        assertEquals(15, inside.body().get("totalAvailable").asInt());
    }

    @Test
    void shouldFilterTheStoresOfASku() {
        assertEquals(List.of("S2"), names(schap.get("/v1/skus/B/availability?kind=warehouse"), "stores", "store"));
        assertEquals(List.of("S2"), names(schap.get("/v1/skus/B/availability?pickup=false"), "stores", "store"));
        assertEquals(List.of("S2"), names(schap.get("/v1/skus/B/availability?country=NL"), "stores", "store"));
        assertEquals(
                List.of("N5", "N6"),
                names(schap.get("/v1/skus/B/availability?country=BE&minQuantity=5"), "stores", "store"));
        final List<String> all = names(schap.get("/v1/skus/B/availability?minQuantity=0"), "stores", "store");
        assertTrue(all.containsAll(List.of("N0", "a/b c")), all::toString);
        assertFalse(all.contains("GONE"), all::toString);
    }

    @Test
    void shouldPageThroughTheStoresOfASku() {
        for (final String query : new String[] {"?", "?near=51.0,4&", "?minQuantity=0&near=52,5&"}) {
            final List<String> whole =
                    names(schap.get("/v1/skus/B/availability" + query + "limit=1000"), "stores", "store");
            final List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                final RunningGateway.Answer page = schap.get("/v1/skus/B/availability" + query + "limit=3" + cursor);
                assertEquals(whole.size(), page.body().get("storeCount").asInt());
                paged.addAll(names(page, "stores", "store"));
                cursor = page.body().get("nextCursor").isNull() ? null : "&cursor=" + page.text("nextCursor");
            } while (cursor != null);
            assertEquals(whole, paged);
        }
    }

    @Test
    void shouldReadAListOfCellsInOrder() {
        final RunningGateway.Answer read = schap.post(
                "/v1/availability",
                "{\"items\":[{\"store\":\"S2\",\"sku\":\"B\"},{\"store\":\"S1\",\"sku\":\"A\"},"
                        + "{\"sku\":\"A\",\"store\":\"NOPE\"},{\"store\":\"S1\",\"sku\":\"nope\"},"
                        + "{\"store\":\"S2\",\"sku\":\"B\"}]}");
        assertEquals(200, read.status(), read::toString);
        final JsonNode items = read.body().get("items");
        assertEquals(5, items.size());
        assertEquals("S2", items.at("/0/store").asText());
        assertEquals(10, items.at("/1/available").asInt());
        assertEquals("unknown-store", items.at("/2/error/code").asText());
        assertEquals(404, items.at("/2/error/status").asInt());
        assertEquals("unknown-sku", items.at("/3/error/code").asText());
        assertEquals(items.get(0), items.get(4));
    }

    @Test
    void shouldReadPairsOfAQuery() {
        final RunningGateway.Answer pairs = schap.get("/v1/availability?store=S1&sku=A&store=S2&sku=B");
        assertEquals(10, pairs.body().at("/items/0/available").asInt(), pairs::toString);
        assertEquals("S2", pairs.body().at("/items/1/store").asText());
        final RunningGateway.Answer one = schap.get("/v1/availability?store=S1&sku=A&sku=B");
        assertEquals("S1", one.body().at("/items/1/store").asText());
        assertEquals(
                400,
                schap.get("/v1/availability?store=S1&store=S2&store=S1&sku=A&sku=B")
                        .status());
    }

    @Test
    void shouldReadTenThousandCells() {
        final StringBuilder body = new StringBuilder("{\"items\":[");
        for (int i = 0; i < 10_000; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"store\":\"S")
                    .append(1 + i % 2)
                    .append("\",\"sku\":\"B\"}");
        }
        final RunningGateway.Answer read = schap.post("/v1/availability", body + "]}");
        assertEquals(10_000, read.body().get("items").size());
        assertEquals("S2", read.body().at("/items/9999/store").asText());
        final RunningGateway.Answer more = schap.post("/v1/availability", body + ",{\"store\":\"S1\",\"sku\":\"B\"}]}");
        assertEquals(400, more.status());
    }

    @Test
    void shouldListStockOfAStoreAndOfASku() {
        final RunningGateway.Answer ofStore = schap.get("/v1/stores/S1/stock");
        assertEquals(List.of("A", "B"), names(ofStore, "items", "sku"));
        final RunningGateway.Answer page = schap.get("/v1/stores/S1/stock?limit=1");
        final RunningGateway.Answer next = schap.get("/v1/stores/S1/stock?limit=1&cursor=" + page.text("nextCursor"));
        assertEquals(List.of("B"), names(next, "items", "sku"));
        final RunningGateway.Answer ofSku = schap.get("/v1/skus/B/stock?limit=3");
        assertEquals(List.of("GONE", "N1", "N2"), names(ofSku, "items", "store"));
        final RunningGateway.Answer rest = schap.get("/v1/skus/B/stock?cursor=" + ofSku.text("nextCursor"));
        assertEquals(List.of("N3", "N4", "N5", "N6", "S1", "S2"), names(rest, "items", "store"));
        assertTrue(rest.body().get("nextCursor").isNull());
    }

    @Test
    void shouldListStoresAndSkusThatAreActive() {
        final List<String> stores = names(schap.get("/v1/stores"), "stores", "store");
        assertTrue(stores.contains("S1") && stores.contains("a/b c") && !stores.contains("GONE"), stores::toString);
        assertEquals(List.of("A", "B", "x y"), names(schap.get("/v1/skus"), "skus", "sku"));
        final RunningGateway.Answer page = schap.get("/v1/skus?limit=2");
        assertEquals(List.of("A", "B"), names(page, "skus", "sku"));
        assertEquals(List.of("x y"), names(schap.get("/v1/skus?cursor=" + page.text("nextCursor")), "skus", "sku"));
    }

    @Test
    void shouldReadOneStoreAndOneSku() {
        final RunningGateway.Answer store = schap.get("/v1/stores/S2");
        assertEquals("Two", store.text("name"));
        assertEquals("warehouse", store.text("kind"));
        assertFalse(store.body().get("pickup").asBoolean());
        assertTrue(store.body().get("latitude").isNull());
        final RunningGateway.Answer sku = schap.get("/v1/skus/A");
        assertEquals("4006381333931", sku.body().at("/gtins/0").asText());
        assertEquals("1.95", sku.text("price"));
        assertEquals(200, schap.get("/v1/skus/HIDDEN").status());
    }

    @Test
    void shouldFindASkuByItsGtin() {
        assertEquals(List.of("A"), names(schap.get("/v1/skus?gtin=4006381333931"), "skus", "sku"));
        assertEquals(List.of("A"), names(schap.get("/v1/skus?gtin=04006381333931"), "skus", "sku"));
        assertEquals(List.of(), names(schap.get("/v1/skus?gtin=73513537"), "skus", "sku"));
        assertEquals(400, schap.get("/v1/skus?gtin=4006381333932").status());
    }

    @Test
    void shouldReadPoliciesInForce() {
        final RunningGateway.Answer policy = schap.get("/v1/stores/S1/skus/A/policy");
        assertEquals(0, policy.body().get("safetyStock").asInt());
        assertEquals(2, policy.body().get("lowStockThreshold").asInt());
        assertEquals(2, policy.body().get("inherited").size());
        assertEquals(200, schap.get("/v1/stores/S1/policy").status());
    }

    @Test
    void shouldAnswerHeadWithoutABody() {
        final RunningGateway.Answer head = schap.call("HEAD", "/v1/stores/S1/skus/A/availability", null, null);
        assertEquals(200, head.status());
        assertEquals("", head.raw());
        assertTrue(Integer.parseInt(head.header("Content-Length")) > 50);
    }

    private static List<String> names(final RunningGateway.Answer answer, final String list, final String field) {
        assertEquals(200, answer.status(), answer::toString);
        final List<String> names = new ArrayList<>();
        answer.body().get(list).forEach(item -> names.add(item.get(field).asText()));
        return names;
    }
}
