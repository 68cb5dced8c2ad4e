package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wrong input of every kind gets its status and problem. */
@Timeout(60)
final class ProblemsTest {

    private static RunningGateway schap;
    private static String held;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
        held = schap.reserve("S1", "A", 1);
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // bodies of a reservation: the pointer of the first fault | the body
                "                    | ",
                "                    | not json",
                "                    | []",
                "                    | {\"channel\":\"web\"} {}",
                "                    | {\"channel\":\"web\",}",
                "/channel            | {\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/channel            | {\"channel\":null,\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/channel            | {\"channel\":\"Web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/channel            | {\"channel\":7,\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/channel            | {\"channel\":\"web\",\"channel\":\"app\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/lines              | {\"channel\":\"web\",\"store\":\"S1\"}",
                "/lines              | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[]}",
                "/lines              | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":{}}",
                "/lines/0            | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[7]}",
                "/lines/0/store      | {\"channel\":\"web\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/lines/0/sku        | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"quantity\":1}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\"}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1.0}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1e0}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":\"1\"}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1000000001}]}",
                "/lines/0/quantity   | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":99999999999999999999}]}",
                "/lines              | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1000000000},{\"sku\":\"A\",\"quantity\":1}]}",
                "/lines/0/colour     | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"colour\":\"red\"}]}",
                "/lines/1/sku        | {\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"..\",\"quantity\":1}]}",
                "/store              | {\"channel\":\"web\",\"store\":\" S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/store              | {\"channel\":\"web\",\"store\":\"é\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/store              | {\"channel\":\"web\",\"store\":\"\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/holdSeconds        | {\"channel\":\"web\",\"store\":\"S1\",\"holdSeconds\":0,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/holdSeconds        | {\"channel\":\"web\",\"store\":\"S1\",\"holdSeconds\":14401,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/allowPartial       | {\"channel\":\"web\",\"store\":\"S1\",\"allowPartial\":1,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/supersedes         | {\"channel\":\"web\",\"store\":\"S1\",\"supersedes\":7,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/owner              | {\"channel\":\"web\",\"store\":\"S1\",\"owner\":\"\\ud800\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "/hold               | {\"channel\":\"web\",\"store\":\"S1\",\"hold\":60,\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
            })
    void shouldRefuseWrongReservations(final String pointer, final String body) {
        final RunningGateway.Answer refused = schap.post("/v1/reservations", body == null ? "" : body);
        assertInvalid(refused);
        assertEquals(
                pointer == null ? "" : pointer,
                refused.body().at("/errors/0/pointer").asText(),
                refused::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/movements              | {}",
                "/movements              | {\"movements\":[]}",
                "/movements/0/type       | {\"movements\":[{\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1}]}",
                "/movements/0/type       | {\"movements\":[{\"type\":\"Sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1}]}",
                "/movements/0/store      | {\"movements\":[{\"type\":\"sale\",\"sku\":\"A\",\"quantity\":1}]}",
                "/movements/0/sku        | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"quantity\":1}]}",
                "/movements/0/sku        | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"gtin\":\"4006381333931\",\"quantity\":1}]}",
                "/movements/0/gtin       | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"gtin\":\"4006381333932\",\"quantity\":1}]}",
                "/movements/0/quantity   | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":0}]}",
                "/movements/0/quantity   | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":-1}]}",
                "/movements/0/quantity   | {\"movements\":[{\"type\":\"count\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":-1000000001}]}",
                "/movements/0/expectedOnHand | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"expectedOnHand\":1}]}",
                "/movements/0/reservation | {\"movements\":[{\"type\":\"return\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"reservation\":\"x\"}]}",
                "/movements/0/occurredAt | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"occurredAt\":\"2026-01-01\"}]}",
                "/movements/0/occurredAt | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"occurredAt\":\"2999-01-01T00:00:00Z\"}]}",
                "/movements/0/occurredAt | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"occurredAt\":\"2026-02-30T00:00:00Z\"}]}",
                "/movements/0/color      | {\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"color\":\"red\"}]}",
            })
    void shouldRefuseWrongMovementsWhole(final String pointer, final String body) {
        final long before =
                schap.get("/v1/stores/S1/skus/A/stock").body().get("onHand").asLong();
        final RunningGateway.Answer refused = schap.post("/v1/stock/movements", body);
        assertInvalid(refused);
        assertEquals(pointer, refused.body().at("/errors/0/pointer").asText(), refused::toString);
        assertEquals(
                before,
                schap.get("/v1/stores/S1/skus/A/stock").body().get("onHand").asLong());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PUT   | /v1/stores/X       | {\"kind\":\"shop\"}                                  | /name",
                "PUT   | /v1/stores/X       | {\"name\":\"\",\"kind\":\"shop\"}                    | /name",
                "PUT   | /v1/stores/X       | {\"name\":\"X\"}                                     | /kind",
                "PUT   | /v1/stores/X       | {\"name\":\"X\",\"kind\":\"storage\"}                | /kind",
                "PUT   | /v1/stores/X       | {\"name\":\"X\",\"kind\":\"shop\",\"latitude\":1}    | /longitude",
                "PUT   | /v1/stores/X       | {\"name\":\"X\",\"kind\":\"shop\",\"latitude\":90.1,\"longitude\":0} | /latitude",
                "PUT   | /v1/stores/X       | {\"name\":\"X\",\"kind\":\"shop\",\"latitude\":0,\"longitude\":\"4\"} | /longitude",
                "PUT   | /v1/stores/X       | {\"name\":\"X\",\"kind\":\"shop\",\"pickup\":\"yes\"} | /pickup",
                "PUT   | /v1/stores/X       | {\"store\":\"X\",\"name\":\"X\",\"kind\":\"shop\"}   | /store",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"gtins\":[\"4006381333932\"]}       | /gtins/0",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"gtins\":[\"123\"]}                 | /gtins/0",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"gtins\":[4006381333931]}           | /gtins/0",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"gtins\":[\"73513537\",\"73513537\"]} | /gtins/1",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"price\":\"1,95\"}                  | /price",
                "PUT   | /v1/skus/X         | {\"name\":\"X\",\"price\":1.95}                      | /price",
                "PUT   | /v1/skus/%2E%2E    | {\"name\":\"X\"}                                     | {sku}",
                "PUT   | /v1/skus/%C3%A9    | {\"name\":\"X\"}                                     | {sku}",
                "PATCH | /v1/stores/S1/policy | {\"safetyStock\":-1}                               | /safetyStock",
                "PATCH | /v1/stores/S1/policy | {\"safetyStock\":1.5}                              | /safetyStock",
                "PATCH | /v1/stores/S1/policy | {\"safety\":1}                                     | /safety",
                "POST  | /v1/availability   | {\"items\":[]}                                       | /items",
                "POST  | /v1/availability   | {\"items\":[{\"store\":\"S1\"}]}                     | /items/0/sku",
                "POST  | /v1/availability   | {\"items\":[{\"store\":\"S1\",\"sku\":\"A\",\"n\":1}]} | /items/0/n",
            })
    void shouldRefuseWrongBodies(final String method, final String path, final String body, final String pointer) {
        final RunningGateway.Answer refused = schap.call(method, path, body, null);
        assertInvalid(refused);
        assertEquals(pointer, refused.body().at("/errors/0/pointer").asText(), refused::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "confirm | {\"pickupSeconds\":59}     | /pickupSeconds",
                "confirm | {\"holdSeconds\":60}       | /holdSeconds",
                "extend  | {}                         | ''",
                "extend  | {\"holdSeconds\":1,\"pickupSeconds\":60} | ''",
                "extend  | {\"holdSeconds\":null}     | ''",
                "extend  | {\"holdSeconds\":14401}    | /holdSeconds",
                "fulfil  | {\"lines\":[]}             | /lines",
                "fulfil  | {\"reason\":\"x\"}         | /reason",
                "release | {\"lines\":[{\"sku\":\"A\"}]} | /lines/0/quantity",
                "release | []                         | ''",
            })
    void shouldRefuseWrongSteps(final String step, final String body, final String pointer) {
        final RunningGateway.Answer refused = schap.post("/v1/reservations/" + held + "/" + step, body);
        assertInvalid(refused);
        assertEquals(pointer, refused.body().at("/errors/0/pointer").asText(), refused::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/stores/S1/skus/A/availability?x=1, ?x",
        "/v1/skus/A/availability?limit=0, ?limit",
        "/v1/skus/A/availability?limit=1001, ?limit",
        "/v1/skus/A/availability?limit=1&limit=2, ?limit",
        "/v1/skus/A/availability?radiusKm=5, ?radiusKm",
        "/v1/skus/A/availability?near=5, ?near",
        "'/v1/skus/A/availability?near=91,0', ?near",
        "'/v1/skus/A/availability?near=1,2&radiusKm=x', ?radiusKm",
        "/v1/skus/A/availability?minQuantity=-1, ?minQuantity",
        "/v1/skus/A/availability?kind=kiosk, ?kind",
        "/v1/skus/A/availability?pickup=1, ?pickup",
        "/v1/skus/A/availability?cursor=!!, ?cursor",
        "/v1/stores?cursor=AAAA, ?cursor",
        "/v1/stores/S1/stock?limit=ten, ?limit",
        "/v1/skus?gtin=12, ?gtin",
        "/v1/availability?store=S1, ?sku",
        "/v1/availability?sku=A, ?store",
        "/v1/stores/S1%ZZ, {path}",
        "/v1/stores/%FF, {path}",
        "/v1/stores/S1?x=%F, ?x",
        "/v1/reservations/x?y, ?y",
        "/healthz?x=1, ?x",
    })
    void shouldRefuseWrongTargets(final String target, final String pointer) throws Exception {
        final String answer = RawClient.ask(schap.port(), "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        final JsonNode problem = RunningGateway.JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertEquals(pointer, problem.at("/errors/0/pointer").asText(), answer);
    }

    @Test
    void shouldListSeveralFaultsAtOnce() {
        final RunningGateway.Answer refused = schap.post(
                "/v1/reservations", "{\"channel\":\"WEB\",\"lines\":[{\"sku\":\"A\",\"quantity\":0,\"x\":1}],\"y\":2}");
        assertEquals(5, refused.body().get("errors").size(), refused::toString);
        assertTrue(refused.text("detail").contains("WEB"), refused::toString);
    }

    @Test
    void shouldJudgeTheRequestBeforeCodesBeforeStock() {
        final String body = "{\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":99999},"
                + "{\"sku\":\"nope\",\"quantity\":1}]}";
        final RunningGateway.Answer unknown = schap.post("/v1/reservations", body);
        assertEquals(404, unknown.status());
        assertEquals("unknown-sku", unknown.problem());
        assertEquals("nope", unknown.text("sku"));
        assertEquals("S1", unknown.text("store"));
        assertEquals("/lines/1/sku", unknown.text("pointer"));
        assertEquals(
                400,
                schap.post("/v1/reservations", body.replace("\"quantity\":1}", "\"quantity\":0}"))
                        .status());
        final RunningGateway.Answer store = schap.post("/v1/reservations", body.replace("S1", "S9"));
        assertEquals("unknown-store", store.problem());
        assertEquals("/store", store.text("pointer"));
        final RunningGateway.Answer step =
                schap.post("/v1/reservations/" + held + "/release", "{\"lines\":[{\"sku\":\"nope\",\"quantity\":1}]}");
        assertEquals("unknown-sku", step.problem());
        assertEquals("/lines/0/sku", step.text("pointer"));
        final RunningGateway.Answer superseded = schap.post(
                "/v1/reservations",
                RunningGateway.reservation("S1", "A", 1).replace("{\"ch", "{\"supersedes\":\"x\",\"ch"));
        assertEquals("unknown-reservation", superseded.problem());
        assertEquals("/supersedes", superseded.text("pointer"));
    }

    @Test
    void shouldNeedAKeyWhereItWrites() {
        final String lines = "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}";
        final String[][] calls = {
            {"/v1/reservations", RunningGateway.reservation("S1", "A", 1)},
            {
                "/v1/stock/movements",
                "{\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1}]}"
            },
            {"/v1/reservations/" + held + "/fulfil", lines},
            {"/v1/reservations/" + held + "/release", lines},
        };
        for (final String[] call : calls) {
            final RunningGateway.Answer refused = schap.call("POST", call[0], call[1], null);
            assertEquals(400, refused.status(), call[0]);
            assertEquals("idempotency-key-missing", refused.problem());
        }
        final String body = RunningGateway.reservation("S1", "A", 1);
        assertInvalid(schap.call("POST", "/v1/reservations", body, "k".repeat(129)));
        assertEquals(
                201,
                schap.call("POST", "/v1/reservations", body, "k".repeat(128)).status());
    }

    @Test
    void shouldTakeJsonOnly() {
        final String body = RunningGateway.reservation("S1", "A", 1);
        for (final String type :
                new String[] {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16"}) {
            final RunningGateway.Answer refused =
                    schap.call("POST", "/v1/reservations", body, RunningGateway.newKey(), "Content-Type", type);
            assertEquals(415, refused.status(), type);
            assertEquals("unsupported-media-type", refused.problem());
        }
        assertEquals(
                415,
                schap.call("POST", "/v1/reservations", body, "k-gz", "Content-Encoding", "gzip")
                        .status());
        assertEquals(
                201,
                schap.call(
                                "POST",
                                "/v1/reservations",
                                body,
                                "k-cs",
                                "Content-Type",
                                "Application/JSON; charset=\"UTF-8\"")
                        .status());
    }

    @Test
    void shouldSayWhatIsNotHere() {
        assertEquals("not-found", schap.get("/v1/nothing").problem());
        assertEquals("not-found", schap.get("/").problem());
        assertEquals("not-found", schap.get("/v1/stores/").problem());
        final RunningGateway.Answer wrong = schap.call("DELETE", "/v1/stores/S1", null, null);
        assertEquals(405, wrong.status());
        assertEquals("method-not-allowed", wrong.problem());
        assertEquals("GET, HEAD, PUT, OPTIONS", wrong.header("Allow"));
        final RunningGateway.Answer options = schap.call("OPTIONS", "/v1/reservations", null, null);
        assertEquals(204, options.status());
        assertEquals("POST, OPTIONS", options.header("Allow"));
    }

    @Test
    void shouldRefuseBodiesThatAreTooLarge() throws Exception {
        final String padding = " ".repeat(4 << 20);
        final RunningGateway.Answer large =
                schap.post("/v1/availability", "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}" + padding);
        assertEquals(413, large.status());
        assertEquals("too-large", large.problem());
        final String fits = "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}";
        assertEquals(
                200,
                schap.post("/v1/availability", fits + padding.substring(fits.length()))
                        .status());
        final StringBuilder chunked = new StringBuilder("POST /v1/availability HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 65; i++) {
            chunked.append("10000\r\n").append(" ".repeat(65_536)).append("\r\n");
        }
        final String answer =
                RawClient.ask(schap.port(), chunked.append("0\r\n\r\n").toString());
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }

    @Test
    void shouldAnswerToLoopbackHostsOnly() throws Exception {
        for (final String host : new String[] {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]", "[::1]:80"}) {
            final String answer = RawClient.ask(schap.port(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), host);
        }
        for (final String host :
                new String[] {"example.com", "localhost.example.com", "127.0.0.2", "", "localhost:x"}) {
            final String answer = RawClient.ask(schap.port(), "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 403 "), host + ": " + answer);
            assertTrue(answer.contains("urn:schap:problem:forbidden"), answer);
        }
    }

    private static void assertInvalid(final RunningGateway.Answer refused) {
        assertEquals(400, refused.status(), refused::toString);
        assertEquals("urn:schap:problem:invalid-request", refused.text("type"));
        assertEquals("application/problem+json", refused.header("Content-Type"));
        assertEquals(400, refused.body().get("status").asInt());
        assertFalse(refused.text("title").isEmpty());
        assertFalse(refused.text("detail").isEmpty());
        assertTrue(refused.body().get("errors").size() >= 1);
    }
}
