package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of who may ask for what, over a socket. */
@Timeout(120)
final class AccessTest {

    private static final String SHOP = "https://shop.example";
    private static final String CELL = "/v1/stores/S1/skus/A/availability";
    private static final String BEARER = "Bearer ";

    @TempDir
    private static Path directory;

    private static RunningGateway gateway;
    private static Map<String, String> keys;
    private static String everything;

    @BeforeAll
    static void start() {
        final KeyRing ring = new KeyRing(directory);
        everything = ring.all("everything");
        keys = Map.of(
                "read", ring.secret("reader", Scope.READ),
                "reserve", ring.secret("reserver", Scope.RESERVE),
                "stock", ring.secret("stocker", Scope.STOCK),
                "admin", ring.secret("admin", Scope.ADMIN),
                "publishable", ring.publishable("widget", SHOP),
                "web", ring.bound("web", List.of("web"), List.of()),
                "shop1", ring.bound("shop1", List.of(), List.of("S1")));
        gateway = RunningGateway.start(directory, context -> context).as(everything);
        gateway.withStock();
        gateway.count("S1", "A", 25);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static RunningGateway.Answer ask(
            final String key, final String method, final String path, final String body, final String... headers) {
        gateway.as(key);
        try {
            return gateway.call(method, path, body, method.equals("POST") ? RunningGateway.newKey() : null, headers);
        } finally {
            gateway.as(everything);
        }
    }

    private static RunningGateway.Answer get(final String key, final String path, final String... headers) {
        return ask(key, "GET", path, null, headers);
    }

    /**
     * A route, and who may.
     *
     * @param allowed kinds of keys that may, besides one with every scope.
     * @param status  of the answer to who may.
     */
    private record Row(String method, String path, String body, List<String> allowed, int status) {}

    private static Row row(
            final String method, final String path, final String body, final int status, final String... allowed) {
        return new Row(method, path, body, List.of(allowed), status);
    }

    static Stream<Row> routes() {
        final String movements =
                "{\"movements\":[{\"type\":\"receipt\",\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1}]}";
        final String items = "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}";
        return Stream.of(
                row("GET", CELL, null, 200, "read", "publishable"),
                row("HEAD", CELL, null, 200, "read", "publishable"),
                row("GET", "/v1/skus/A/availability", null, 200, "read", "publishable"),
                row("GET", "/v1/availability?store=S1&sku=A", null, 200, "read", "publishable"),
                row("POST", "/v1/availability", items, 200, "read", "publishable"),
                row(
                        "POST",
                        "/v1/baskets/availability",
                        "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                        200,
                        "read",
                        "publishable"),
                row("GET", "/v1/stores", null, 200, "read", "publishable"),
                row("GET", "/v1/skus", null, 200, "read"),
                row("GET", "/v1/stores/S1", null, 200, "read"),
                row("GET", "/v1/skus/A", null, 200, "read"),
                row("GET", "/v1/stores/S1/stock", null, 200, "read"),
                row("GET", "/v1/skus/A/stock", null, 200, "read"),
                row("GET", "/v1/stores/S1/skus/A/stock", null, 200, "read"),
                row("GET", "/v1/stores/S1/policy", null, 200, "read"),
                row("GET", "/v1/stores/S1/skus/A/policy", null, 200, "read"),
                row("GET", "/v1/reservations/none", null, 404, "read"),
                row("POST", "/v1/reservations", RunningGateway.reservation("S2", "B", 1), 201, "reserve"),
                row("POST", "/v1/reservations/none/confirm", "{}", 404, "reserve"),
                row("POST", "/v1/reservations/none/extend", "{\"holdSeconds\":9}", 404, "reserve"),
                row("POST", "/v1/reservations/none/fulfil", "{}", 404, "reserve"),
                row("POST", "/v1/reservations/none/release", "{}", 404, "reserve"),
                row("POST", "/v1/stock/movements", movements, 200, "stock"),
                row("PUT", "/v1/stores/S3", "{\"name\":\"Three\",\"kind\":\"shop\"}", 0, "admin"),
                row("PUT", "/v1/skus/C", "{\"name\":\"Cup\"}", 0, "admin"),
                row("PATCH", "/v1/stores/S2/policy", "{\"safetyStock\":0}", 200, "admin"),
                row("PATCH", "/v1/stores/S2/skus/B/policy", "{\"safetyStock\":0}", 200, "admin"));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldAnswerARouteToTheKeysThatMay(final Row row) {
        for (final Map.Entry<String, String> key : keys.entrySet()) {
            if (key.getKey().equals("web") || key.getKey().equals("shop1")) {
                continue;
            }
            final RunningGateway.Answer answer = ask(key.getValue(), row.method, row.path, row.body);
            if (row.allowed.contains(key.getKey())) {
                final boolean right = row.status == 0 ? answer.status() / 100 == 2 : answer.status() == row.status;
                assertTrue(right, () -> key.getKey() + ": " + answer);
            } else {
                assertEquals(403, answer.status(), () -> key.getKey() + ": " + answer);
                if (!row.method.equals("HEAD")) {
                    assertEquals("forbidden", answer.problem());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void shouldAnswerNoRouteWithoutAKeyThatIsKnown(final Row row) {
        final String revoked = "schap_sk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        for (final String key :
                new String[] {null, "", "x", revoked, revoked + "A", everything.toLowerCase(Locale.ROOT)}) {
            final RunningGateway.Answer answer = ask(key, row.method, row.path, row.body);
            assertEquals(401, answer.status(), answer::toString);
            assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer realm=\"schap\""), answer::toString);
            assertTrue(row.method.equals("HEAD") || answer.problem().equals("unauthenticated"), answer::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stores,403,201",
        "products,403,201",
        "policies,403,201",
        "stock,201,403",
        "movements,201,403",
    })
    void shouldTakeAFileByItsKind(final String kind, final int stock, final int admin) {
        final Map<String, String> files = Map.of(
                "stores", "store,name\nS1,One\n",
                "products", "sku,name\nA,Apple\n",
                "policies", "store,sku,safety_stock\nS2,B,0\n",
                "stock", "store,sku,on_hand\nS1,A,25\n",
                "movements", "type,store,sku,quantity\nreceipt,S2,B,1\n");
        for (final String name : keys.keySet()) {
            final int status = importFile(keys.get(name), kind, files.get(kind)).status();
            final int expected = switch (name) {
                case "stock" -> stock;
                case "admin" -> admin;
                case "web" -> 201;
                case "shop1" -> kind.equals("products") ? 403 : 201;
                default -> 403;
            };
            assertEquals(expected == 201 ? 200 : expected, status, name);
        }
    }

    private static RunningGateway.Answer importFile(final String key, final String target, final String text) {
        return ask(key, "POST", "/v1/imports/" + target, text, "Content-Type", "text/csv");
    }

    @Test
    void shouldMakeStoresAndSkusOfAFileForAnAdminOnly() {
        final String file = "store,sku,on_hand\nS9,Z,1\n";
        assertEquals(
                403, importFile(keys.get("stock"), "stock?create=true", file).status());
        assertEquals(
                403, importFile(keys.get("shop1"), "stock?create=true", file).status());
        final RunningGateway.Answer made = importFile(everything, "stock?create=true", file);
        assertEquals(1, made.body().get("accepted").asInt(), made::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void shouldSayWithoutAKeyThatItLives(final String path) {
        assertEquals(200, get(null, path).status());
        assertEquals(200, get("wrong", path).status());
    }

    @Test
    void shouldTellWhoHasNoKeyNothingAboutPaths() {
        assertEquals(401, get(null, "/v1/nothing").status());
        assertEquals(401, get(null, "/").status());
        assertEquals(404, get(everything, "/v1/nothing").status());
        assertEquals(405, ask(everything, "DELETE", "/v1/stores", null).status());
    }

    @Test
    void shouldAnswerUnderAnyHostOnceThereAreKeys() throws IOException {
        final String request =
                "GET " + CELL + " HTTP/1.1\r\nHost: stock.example\r\nAuthorization: bearer " + everything + "\r\n\r\n";
        assertTrue(RawClient.ask(gateway.port(), request).startsWith("HTTP/1.1 200"));
    }

    @Test
    void shouldRefuseAuthorizationThatIsNoBearerOrStandsTwice() throws IOException {
        final String head = "GET " + CELL + " HTTP/1.1\r\nHost: x\r\nAuthorization: ";
        assertTrue(RawClient.ask(gateway.port(), head + "Basic YTpi\r\n\r\n").startsWith("HTTP/1.1 401"));
        final String twice = head + BEARER + everything + "\r\nAuthorization: " + BEARER + everything + "\r\n\r\n";
        assertTrue(RawClient.ask(gateway.port(), twice).startsWith("HTTP/1.1 401"));
    }

    @Test
    void shouldTakeAPublishableKeyFromTheQueryAndNoOther() {
        assertEquals(200, get(null, CELL + "?key=" + keys.get("publishable")).status());
        assertEquals(
                200,
                get(null, "/v1/availability?store=S1&key=" + keys.get("publishable") + "&sku=A")
                        .status());
        assertEquals(401, get(null, CELL + "?key=" + keys.get("read")).status());
        assertEquals(401, get(null, CELL + "?key=").status());
        assertEquals(
                400,
                get(keys.get("read"), CELL + "?key=" + keys.get("publishable")).status());
        final String twice = "?key=" + keys.get("publishable") + "&key=" + keys.get("publishable");
        assertEquals(400, get(null, CELL + twice).status());
    }

    @Test
    void shouldCapWhatAPublishableKeyIsShown() {
        final String key = keys.get("publishable");
        final JsonNode cell = get(key, CELL).body();
        assertEquals(10, cell.get("available").asInt());
        assertTrue(cell.get("capped").asBoolean());
        assertEquals("InStock", cell.get("status").asText());
        final JsonNode stores = get(key, "/v1/skus/A/availability").body();
        assertEquals(10, stores.get("totalAvailable").asInt());
        assertTrue(stores.get("capped").asBoolean());
        assertEquals(10, stores.get("stores").get(0).get("available").asInt());
        assertTrue(stores.get("stores").get(0).get("capped").asBoolean());
        for (final String body : new String[] {
            "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}", "{\"items\":[{\"sku\":\"A\",\"store\":\"S1\"}]}"
        }) {
            final JsonNode item = ask(key, "POST", "/v1/availability", body)
                    .body()
                    .get("items")
                    .get(0);
            assertEquals(10, item.get("available").asInt());
            assertTrue(item.get("capped").asBoolean());
        }
        final JsonNode item =
                get(key, "/v1/availability?store=S1&sku=A").body().get("items").get(0);
        assertEquals(10, item.get("available").asInt());
        assertEquals(25, get(keys.get("read"), CELL).body().get("available").asInt());
        assertNull(get(keys.get("read"), CELL).body().get("capped"));
    }

    @Test
    void shouldGiveCappedAnswersTagsOfTheirOwn() {
        final String capped = get(keys.get("publishable"), CELL).header("ETag");
        final String whole = get(keys.get("read"), CELL).header("ETag");
        assertTrue(capped != null && !capped.equals(whole), capped + " " + whole);
        assertEquals(
                304, get(keys.get("publishable"), CELL, "If-None-Match", capped).status());
        assertEquals(200, get(keys.get("read"), CELL, "If-None-Match", capped).status());
    }

    @Test
    void shouldRefuseAPublishableKeyThatAsksForMoreThanItIsShown() {
        final String key = keys.get("publishable");
        assertEquals(200, get(key, "/v1/skus/A/availability?minQuantity=10").status());
        assertEquals(400, get(key, "/v1/skus/A/availability?minQuantity=11").status());
        assertEquals(
                200,
                get(keys.get("read"), "/v1/skus/A/availability?minQuantity=11").status());
        final String basket = "{\"lines\":[{\"sku\":\"A\",\"quantity\":11}]}";
        assertEquals(400, ask(key, "POST", "/v1/baskets/availability", basket).status());
        assertEquals(
                200,
                ask(keys.get("read"), "POST", "/v1/baskets/availability", basket)
                        .status());
    }

    @Test
    void shouldBindAKeyToItsChannels() {
        final String app = RunningGateway.reservation("S1", "B", 1).replace("\"web\"", "\"app\"");
        final RunningGateway.Answer refused = ask(keys.get("web"), "POST", "/v1/reservations", app);
        assertEquals("forbidden", refused.problem(), refused::toString);
        final RunningGateway.Answer made =
                ask(keys.get("web"), "POST", "/v1/reservations", RunningGateway.reservation("S1", "B", 1));
        assertEquals(201, made.status());
        final String other = ask(everything, "POST", "/v1/reservations", app).text("id");
        assertEquals(
                200,
                ask(keys.get("web"), "POST", "/v1/reservations/" + other + "/release", "{}")
                        .status());
        ask(keys.get("web"), "POST", "/v1/reservations/" + made.text("id") + "/release", "{}");
    }

    @Test
    void shouldBindRowsToTheChannelsOfTheKey() {
        final String rows = "{\"movements\":[{\"type\":\"sale\",\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1,"
                + "\"channel\":\"newchannel\"},{\"type\":\"return\",\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1,"
                + "\"channel\":\"web\"}]}";
        final JsonNode answer =
                ask(keys.get("web"), "POST", "/v1/stock/movements", rows).body();
        assertEquals(1, answer.get("accepted").asInt(), answer::toString);
        assertForbidden(answer.get("results").get(0));
        assertTrue(gateway.engine().view().channelIndex("newchannel") < 0, "the channel was made");
        final JsonNode imported = importFile(
                        keys.get("web"),
                        "movements",
                        "type,store,sku,quantity,channel\nsale,S2,B,1,newchannel\nreturn,S2,B,1,web\n")
                .body();
        assertEquals(1, imported.get("accepted").asInt(), imported::toString);
        assertForbidden(imported.get("errors").get(0));
    }

    private static void assertForbidden(final JsonNode result) {
        assertEquals("forbidden", result.path("error").path("code").asText(), result::toString);
        assertEquals(403, result.path("error").path("status").asInt());
    }

    @Test
    void shouldBindReadsToTheStoresOfTheKey() {
        final String key = keys.get("shop1");
        assertEquals(200, get(key, CELL).status());
        for (final String path : List.of(
                "/v1/stores/S2/skus/A/availability",
                "/v1/stores/S2/skus/A/stock",
                "/v1/stores/S2/stock",
                "/v1/stores/S2",
                "/v1/stores/S2/policy",
                "/v1/stores/S2/skus/B/policy",
                "/v1/stores/UNKNOWN/skus/A/availability")) {
            assertEquals("forbidden", get(key, path).problem(), path);
        }
        assertEquals(List.of("S1"), get(key, "/v1/stores").body().findValuesAsText("store"));
        final JsonNode stores =
                get(key, "/v1/skus/B/availability?minQuantity=0").body();
        assertEquals(1, stores.get("storeCount").asInt());
        assertEquals(List.of("S1"), stores.get("stores").findValuesAsText("store"));
        assertEquals(
                List.of("S1"), get(key, "/v1/skus/B/stock").body().get("items").findValuesAsText("store"));
        final String basket = "{\"lines\":[{\"sku\":\"B\",\"quantity\":1}]}";
        final JsonNode baskets =
                ask(key, "POST", "/v1/baskets/availability", basket).body();
        assertEquals(List.of("S1"), baskets.get("stores").findValuesAsText("store"));
        for (final String order : new String[] {"\"store\":\"S2\",\"sku\":\"B\"", "\"sku\":\"B\",\"store\":\"S2\""}) {
            final String items = "{\"items\":[{\"store\":\"S1\",\"sku\":\"B\"},{" + order + "}]}";
            final JsonNode answer =
                    ask(key, "POST", "/v1/availability", items).body().get("items");
            assertEquals("S1", answer.get(0).get("store").asText());
            assertForbidden(answer.get(1));
        }
        assertForbidden(
                get(key, "/v1/availability?store=S2&sku=B").body().get("items").get(0));
    }

    @Test
    void shouldBindWritesToTheStoresOfTheKey() {
        final String key = keys.get("shop1");
        assertEquals(
                "forbidden",
                ask(key, "POST", "/v1/reservations", RunningGateway.reservation("S2", "B", 1))
                        .problem());
        assertEquals(
                "forbidden",
                ask(key, "PUT", "/v1/stores/S2", "{\"name\":\"x\",\"kind\":\"shop\"}")
                        .problem());
        assertEquals(
                "forbidden", ask(key, "PUT", "/v1/skus/A", "{\"name\":\"x\"}").problem());
        assertEquals(
                "forbidden", ask(key, "PATCH", "/v1/stores/S2/policy", "{}").problem());
        final String rows = "{\"movements\":[{\"type\":\"receipt\",\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1},"
                + "{\"type\":\"receipt\",\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1}]}";
        final JsonNode answer = ask(key, "POST", "/v1/stock/movements", rows).body();
        assertEquals(1, answer.get("rejected").asInt(), answer::toString);
        assertForbidden(answer.get("results").get(0));
        final JsonNode imported =
                importFile(key, "stock", "store,sku,on_hand\nS2,B,0\nS1,A,25\n").body();
        assertEquals(1, imported.get("accepted").asInt(), imported::toString);
        assertForbidden(imported.get("errors").get(0));
        assertTrue(
                gateway.get("/v1/stores/S2/skus/B/stock").body().get("onHand").asInt() > 0);
    }

    @Test
    void shouldBindStepsToTheStoresOfTheLines() {
        final String key = keys.get("shop1");
        final String both = "{\"channel\":\"web\",\"lines\":[{\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1},"
                + "{\"store\":\"S2\",\"sku\":\"B\",\"quantity\":1}]}";
        final String id = ask(everything, "POST", "/v1/reservations", both).text("id");
        final String path = "/v1/reservations/" + id;
        assertEquals("forbidden", get(key, path).problem());
        for (final String step : List.of("confirm", "fulfil", "release")) {
            assertEquals("forbidden", ask(key, "POST", path + '/' + step, "{}").problem(), step);
        }
        assertEquals(
                "forbidden",
                ask(key, "POST", path + "/extend", "{\"holdSeconds\":60}").problem());
        final String named = "{\"lines\":[{\"sku\":\"B\",\"quantity\":1,\"store\":\"%s\"}]}";
        assertEquals(
                "forbidden",
                ask(key, "POST", path + "/fulfil", named.formatted("S2")).problem());
        assertEquals(
                200, ask(key, "POST", path + "/fulfil", named.formatted("S1")).status());
        final String supersede = RunningGateway.reservation("S1", "B", 1)
                .replace("\"channel\"", "\"supersedes\":\"" + id + "\",\"channel\"");
        assertEquals(
                "forbidden", ask(key, "POST", "/v1/reservations", supersede).problem());
        assertEquals(200, ask(everything, "POST", path + "/release", "{}").status());
    }

    @Test
    void shouldKeepTheIdempotencyKeysOfTwoKeysApart() {
        final String body = RunningGateway.reservation("S1", "B", 1);
        final List<String> ids = Stream.of(everything, keys.get("reserve"), everything)
                .map(key -> {
                    gateway.as(key);
                    final RunningGateway.Answer answer = gateway.call("POST", "/v1/reservations", body, "shared-key");
                    gateway.as(everything);
                    return answer.text("id");
                })
                .toList();
        assertEquals(ids.get(0), ids.get(2));
        assertTrue(!ids.get(0).equals(ids.get(1)), ids::toString);
        ids.stream().distinct().forEach(id -> ask(everything, "POST", "/v1/reservations/" + id + "/release", "{}"));
    }

    @Test
    void shouldKeepNoRefusalUnderAnIdempotencyKey() {
        final String body = RunningGateway.reservation("S1", "B", 1);
        gateway.as(null);
        assertEquals(
                401, gateway.call("POST", "/v1/reservations", body, "try-again").status());
        gateway.as(everything);
        final RunningGateway.Answer made = gateway.call("POST", "/v1/reservations", body, "try-again");
        assertEquals(201, made.status(), made::toString);
        ask(everything, "POST", "/v1/reservations/" + made.text("id") + "/release", "{}");
    }
}
