package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.schap.gateway.http.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference that the server serves is the truth: every operation of it is called on a real server, with every status
 * that can be brought about, and every answer is held to it.
 */
@Timeout(120)
final class OpenApiTest {

    /** Statuses that need keys, a rate limit, a start ({@link OpenApiRefusalsTest}), a full disk or a fault of ours. */
    private static final Set<String> NOT_PROVOKED_HERE = Set.of("401", "403", "429", "500", "503", "507");

    /** Problems that stand in the place of a result, or in a webhook's and a feed's answers only. */
    private static final Set<ProblemCode> NEVER_A_WHOLE_ANSWER = Set.of(
            ProblemCode.QUANTITY_OUT_OF_RANGE,
            ProblemCode.BAD_ENCODING,
            ProblemCode.COUNT_CONFLICT,
            ProblemCode.MOVED_SINCE);

    private static final String JSON_TYPE = "application/json";

    private static RunningGateway schap;
    private static OpenApiDocument document;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
        document = OpenApiDocument.parse(schap.get("/openapi.yaml").raw());
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @Test
    void shouldDescribeEveryRouteAndNoOther() {
        assertEquals(new TreeSet<>(schap.gateway().routeNames()), document.operations());
    }

    @Test
    void shouldNameEveryProblem() {
        final Set<String> named = new TreeSet<>();
        document.root()
                .at("/components/schemas/Problem/properties/type/enum")
                .forEach(type -> named.add(type.asText().replace("urn:schap:problem:", "")));
        final Set<String> known = Stream.of(ProblemCode.values())
                .filter(code -> !NEVER_A_WHOLE_ANSWER.contains(code))
                .map(ProblemCode::code)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, named);
    }

    @Test
    void shouldGiveExamplesThatAreTrue() {
        assertEquals(List.of(), document.exampleDifferences());
    }

    @Test
    void shouldAnswerEveryOperationAsDocumented() {
        final Calls calls = new Calls();
        calls.reads();
        calls.reservations();
        calls.facts();
        calls.masterData();
        calls.imports();
        calls.operations();
        assertEquals(List.of(), calls.differences);
        final Map<String, Set<String>> missing = new TreeMap<>();
        for (final String operation : document.operations()) {
            final TreeSet<String> statuses = document.statuses(operation);
            statuses.removeAll(NOT_PROVOKED_HERE);
            statuses.removeAll(calls.seen.getOrDefault(operation, Set.of()));
            if (!statuses.isEmpty()) {
                missing.put(operation, statuses);
            }
        }
        assertEquals(Map.of(), missing, "documented statuses that were never seen");
    }

    @Test
    void shouldDocumentHowWrongMethodsAndPathsAreAnswered() {
        final JsonNode responses = document.root().at("/components/responses");
        final RunningGateway.Answer wrongMethod = schap.call("DELETE", "/v1/stores/S1", null, null);
        assertEquals(405, wrongMethod.status());
        assertEquals(List.of(), document.responseDifferences(responses.get("MethodNotAllowed"), wrongMethod));
        final RunningGateway.Answer nowhere = schap.get("/v2");
        assertEquals(404, nowhere.status());
        assertEquals(List.of(), document.responseDifferences(responses.get("NotFound"), nowhere));
    }

    @Test
    void shouldNoticeAnswersThatDiffer() {
        final RunningGateway.Answer cell = schap.get("/v1/stores/S1/skus/A/stock");
        assertEquals(List.of(), document.differences("GET /v1/stores/{store}/skus/{sku}/stock", cell));
        assertFalse(document.differences("GET /v1/stores/{store}/policy", cell).isEmpty());
        assertFalse(document.differences("GET /healthz", schap.get("/nowhere")).isEmpty());
    }

    /** Calls, and notes what was seen and where it differs. */
    private static final class Calls {

        private static final String CELL = "/v1/stores/{store}/skus/{sku}";

        private final List<String> differences = new java.util.ArrayList<>();
        private final Map<String, Set<String>> seen = new TreeMap<>();

        private RunningGateway.Answer call(
                final int status,
                final String operation,
                final String path,
                final String body,
                final String key,
                final String... headers) {
            final String method = operation.substring(0, operation.indexOf(' '));
            final RunningGateway.Answer answer = schap.call(method, path, body, key, headers);
            seen.computeIfAbsent(operation, made -> new TreeSet<>()).add(Integer.toString(answer.status()));
            if (answer.status() != status) {
                differences.add(operation + ' ' + path + ": expected " + status + ", was " + answer);
            }
            document.differences(operation, answer)
                    .forEach(fault -> differences.add(operation + ' ' + path + ": " + fault + " in " + answer));
            return answer;
        }

        private RunningGateway.Answer read(final int status, final String pattern, final String path) {
            return call(status, "GET " + pattern, path, null, null);
        }

        private void wrongBodies(final String operation, final String path, final boolean needsKey) {
            final String key = needsKey ? RunningGateway.newKey() : null;
            call(400, operation, path, "{\"colour\":1}", key);
            call(413, operation, path, " ".repeat((4 << 20) + 1), key);
            call(415, operation, path, "{}", key, "Content-Type", "text/plain");
        }

        private void reused(final String operation, final String path, final String one, final String other) {
            final String key = RunningGateway.newKey();
            schap.call(operation.substring(0, operation.indexOf(' ')), path, one, key);
            call(422, operation, path, other, key);
        }

        void reads() {
            final RunningGateway.Answer cell = read(200, CELL + "/availability", "/v1/stores/S1/skus/A/availability");
            call(
                    304,
                    "GET " + CELL + "/availability",
                    "/v1/stores/S1/skus/A/availability",
                    null,
                    null,
                    "If-None-Match",
                    String.valueOf(cell.header("ETag")));
            for (final String what : List.of("/availability", "/stock", "/policy")) {
                read(200, CELL + what, "/v1/stores/S1/skus/A" + what);
                read(400, CELL + what, "/v1/stores/S1/skus/A" + what + "?colour=red");
                read(404, CELL + what, "/v1/stores/S9/skus/A" + what);
                read(404, CELL + what, "/v1/stores/S1/skus/Z" + what);
            }
            final String find = "/v1/skus/{sku}/availability";
            read(200, find, "/v1/skus/B/availability?near=52.1,5.1&limit=1");
            read(200, find, "/v1/skus/B/availability?minQuantity=0");
            read(400, find, "/v1/skus/B/availability?radiusKm=3");
            read(404, find, "/v1/skus/Z/availability");
            final String list = "/v1/availability";
            final String pairs = "/v1/availability?store=S1&sku=A&sku=Z";
            final RunningGateway.Answer items = read(200, list, pairs);
            call(304, "GET " + list, pairs, null, null, "If-None-Match", String.valueOf(items.header("ETag")));
            read(400, list, "/v1/availability?store=S1");
            call(
                    200,
                    "POST " + list,
                    list,
                    "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"},{\"store\":\"x\",\"sku\":\"A\"}]}",
                    null);
            wrongBodies("POST " + list, list, false);
            final String basket = "/v1/baskets/availability";
            call(
                    200,
                    "POST " + basket,
                    basket,
                    "{\"lines\":[{\"sku\":\"A\",\"quantity\":6},{\"sku\":\"B\",\"quantity\":1}],\"near\":\"52,5\"}",
                    null);
            call(404, "POST " + basket, basket, "{\"lines\":[{\"sku\":\"Z\",\"quantity\":1}]}", null);
            wrongBodies("POST " + basket, basket, false);
            for (final String pattern : List.of("/v1/stores/{store}/stock", "/v1/skus/{sku}/stock")) {
                final String known = pattern.replace("{store}", "S1").replace("{sku}", "B");
                read(200, pattern, known + "?limit=1");
                read(400, pattern, known + "?limit=0");
                read(404, pattern, pattern.replace("{store}", "S9").replace("{sku}", "Z"));
            }
        }

        void reservations() {
            final String reserve = "POST /v1/reservations";
            final String path = "/v1/reservations";
            final String body =
                    "{\"channel\":\"web\",\"owner\":\"c\",\"store\":\"S1\",\"lines\":[{\"sku\":\"A\",\"quantity\":2}]}";
            final String key = RunningGateway.newKey();
            final RunningGateway.Answer held = call(201, reserve, path, body, key);
            assertEquals("true", call(201, reserve, path, body, key).header("Idempotent-Replayed"));
            call(422, reserve, path, body.replace("2", "3"), key);
            call(400, reserve, path, body, null);
            call(404, reserve, path, body.replace("\"A\"", "\"Z\""), RunningGateway.newKey());
            call(409, reserve, path, body.replace("2", "900"), RunningGateway.newKey());
            call(413, reserve, path, " ".repeat((4 << 20) + 1), RunningGateway.newKey());
            call(415, reserve, path, body, RunningGateway.newKey(), "Content-Type", "text/plain");
            final String id = held.text("id");
            read(200, "/v1/reservations/{id}", "/v1/reservations/" + id);
            read(400, "/v1/reservations/{id}", "/v1/reservations/" + id + "?x=1");
            read(404, "/v1/reservations/{id}", "/v1/reservations/none");
            step("extend", id, "{\"holdSeconds\":60}", "{\"holdSeconds\":61}");
            step("confirm", id, "{\"paymentReference\":\"p\"}", "{\"paymentReference\":\"q\"}");
            final String part = "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}";
            call(
                    409,
                    "POST /v1/reservations/{id}/fulfil",
                    path + '/' + id + "/fulfil",
                    part.replace("1", "9"),
                    RunningGateway.newKey());
            step("fulfil", id, part, "{\"lines\":[{\"sku\":\"A\",\"quantity\":3}]}");
            step("release", id, "{\"reason\":\"r\"}", "{\"reason\":\"s\"}");
            for (final String step : List.of("confirm", "extend", "fulfil", "release")) {
                final String closed =
                        step.equals("extend") ? "{\"holdSeconds\":9}" : step.equals("confirm") ? "" : part;
                call(
                        409,
                        "POST /v1/reservations/{id}/" + step,
                        path + '/' + id + '/' + step,
                        closed,
                        RunningGateway.newKey());
            }
        }

        private void step(final String step, final String id, final String body, final String other) {
            final String operation = "POST /v1/reservations/{id}/" + step;
            final String path = "/v1/reservations/" + id + '/' + step;
            final String key = RunningGateway.newKey();
            call(200, operation, path, body, key);
            call(422, operation, path, other, key);
            call(404, operation, "/v1/reservations/none/" + step, body, RunningGateway.newKey());
            wrongBodies(operation, path, true);
        }

        void facts() {
            final String operation = "POST /v1/stock/movements";
            final String path = "/v1/stock/movements";
            final String row = "{\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1},"
                    + "{\"type\":\"count\",\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1,\"expectedOnHand\":77},"
                    + "{\"type\":\"receipt\",\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1000000000},"
                    + "{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"Z\",\"quantity\":1},"
                    + "{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"B\",\"quantity\":1,\"reservation\":\"none\"}]}";
            call(200, operation, path, row, RunningGateway.newKey());
            reused(operation, path, row, row.replace("77", "78"));
            call(400, operation, path, row, null);
            wrongBodies(operation, path, true);
        }

        void masterData() {
            read(200, "/v1/stores", "/v1/stores?limit=1");
            read(400, "/v1/stores", "/v1/stores?limit=x");
            read(200, "/v1/skus", "/v1/skus?gtin=4006381333931");
            read(400, "/v1/skus", "/v1/skus?gtin=1");
            for (final String pattern : List.of("/v1/stores/{store}", "/v1/skus/{sku}", "/v1/stores/{store}/policy")) {
                final String known = pattern.replace("{store}", "S1").replace("{sku}", "A");
                read(200, pattern, known);
                read(400, pattern, known + "?x=1");
                read(404, pattern, pattern.replace("{store}", "S9").replace("{sku}", "Z"));
            }
            put("/v1/stores/{store}", "/v1/stores/S7", "{\"name\":\"Seven\",\"kind\":\"shop\"}");
            put("/v1/skus/{sku}", "/v1/skus/Q", "{\"name\":\"Seven\",\"gtins\":[\"73513537\"],\"price\":\"1.50\"}");
            patch("/v1/stores/{store}/policy", "/v1/stores/S1/policy", "/v1/stores/S9/policy");
            patch(CELL + "/policy", "/v1/stores/S1/skus/A/policy", "/v1/stores/S1/skus/Z/policy");
        }

        private void put(final String pattern, final String path, final String body) {
            call(201, "PUT " + pattern, path, body, null);
            call(200, "PUT " + pattern, path, body, null);
            reused("PUT " + pattern, path, body, body.replace("Seven", "7"));
            wrongBodies("PUT " + pattern, path, false);
        }

        private void patch(final String pattern, final String known, final String unknown) {
            call(200, "PATCH " + pattern, known, "{\"safetyStock\":1,\"lowStockThreshold\":null}", null);
            call(404, "PATCH " + pattern, unknown, "{}", null);
            reused("PATCH " + pattern, known, "{\"safetyStock\":1}", "{\"safetyStock\":0}");
            wrongBodies("PATCH " + pattern, known, false);
        }

        void imports() {
            final String operation = "POST /v1/imports/{kind}";
            final String sheet = "store;sku;on_hand\nS1;A;20\ns1;A;3\nS1;B;x\n";
            final String stock = "/v1/imports/stock";
            final String key = RunningGateway.newKey();
            call(200, operation, stock, sheet, key, "Content-Type", "text/csv");
            call(422, operation, stock, sheet.replace("20", "21"), key, "Content-Type", "text/csv");
            call(
                    200,
                    operation,
                    "/v1/imports/stores",
                    "store,name\nS8,Eight\n",
                    RunningGateway.newKey(),
                    "Content-Type",
                    "text/csv");
            call(
                    200,
                    operation,
                    "/v1/imports/products",
                    "sku,name\nC,Corn\n",
                    RunningGateway.newKey(),
                    "Content-Type",
                    "text/csv");
            call(
                    200,
                    operation,
                    "/v1/imports/policies",
                    "store,sku,safety_stock\nS1,,0\n",
                    RunningGateway.newKey(),
                    "Content-Type",
                    "text/csv");
            call(
                    200,
                    operation,
                    "/v1/imports/movements",
                    "type,store,sku,quantity\nsale,S1,A,1\n",
                    RunningGateway.newKey(),
                    "Content-Type",
                    "text/csv");
            call(400, operation, stock, "store;sku\n", RunningGateway.newKey(), "Content-Type", "text/csv");
            call(400, operation, stock, sheet, null, "Content-Type", "text/csv");
            call(404, operation, "/v1/imports/colours", sheet, RunningGateway.newKey(), "Content-Type", "text/csv");
            call(415, operation, stock, sheet, RunningGateway.newKey(), "Content-Type", JSON_TYPE);
        }

        void operations() {
            for (final String path : List.of("/healthz", "/readyz", "/metrics", "/openapi.yaml", "/docs/")) {
                read(200, path, path);
                read(400, path, path + "?x=1");
            }
            read(308, "/docs", "/docs");
            read(400, "/docs", "/docs?x=1");
            for (final String file :
                    List.of("start.js", "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")) {
                read(200, "/docs/{file}", "/docs/" + file);
            }
            read(400, "/docs/{file}", "/docs/start.js?x=1");
            read(404, "/docs/{file}", "/docs/none.js");
            for (final String path : List.of("/openapi.yaml", "/docs/", "/docs/start.js")) {
                final String tag = schap.get(path).header("ETag");
                final String pattern = path.endsWith("start.js") ? "/docs/{file}" : path;
                call(304, "GET " + pattern, path, null, null, "If-None-Match", tag);
            }
            assertTrue(schap.get("/docs/").header("Content-Security-Policy").startsWith("default-src 'none'"));
        }
    }
}
