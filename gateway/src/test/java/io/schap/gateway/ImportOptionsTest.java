package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dry runs, absent cells and files that are older than the stock, through a socket. */
@Timeout(120)
final class ImportOptionsTest {

    private RunningGateway schap;

    @BeforeEach
    void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
    }

    private RunningGateway.Answer send(final String target, final String csv, final String key) {
        return schap.call("POST", "/v1/imports/" + target, csv, key, "Content-Type", "text/csv");
    }

    private JsonNode ok(final String target, final String csv) {
        final RunningGateway.Answer answer = send(target, csv, RunningGateway.newKey());
        assertEquals(200, answer.status(), answer::toString);
        return answer.body();
    }

    /** Nothing is written, so no key is needed. */
    private JsonNode rehearsed(final String target, final String csv) {
        final long before = schap.engine().view().sequence();
        final RunningGateway.Answer answer =
                send(target + (target.contains("?") ? "&" : "?") + "dryRun=true", csv, null);
        assertEquals(200, answer.status(), answer::toString);
        assertEquals(before, schap.engine().view().sequence(), "a dry run wrote something");
        assertEquals(before, answer.body().get("sequence").asLong());
        assertTrue(answer.body().get("dryRun").asBoolean());
        return answer.body();
    }

    private static void assertCounts(
            final JsonNode body,
            final int accepted,
            final int rejected,
            final int change,
            final int up,
            final int down) {
        assertEquals(
                List.of(accepted, rejected, change, up, down),
                List.of(
                        body.get("accepted").asInt(),
                        body.get("rejected").asInt(),
                        body.get("wouldChange").asInt(),
                        body.get("unitsUp").asInt(),
                        body.get("unitsDown").asInt()),
                body::toString);
    }

    private int onHand(final String store, final String sku) {
        return schap.get("/v1/stores/" + store + "/skus/" + sku + "/stock")
                .body()
                .get("onHand")
                .asInt();
    }

    private static String code(final JsonNode body, final int error) {
        return body.get("errors").get(error).get("error").get("code").asText();
    }

    /** A time that lies behind everything that was answered, and not behind what is asked from now on. */
    private static String now() {
        final long before = System.currentTimeMillis();
        while (System.currentTimeMillis() <= before + 1) {
            LockSupport.parkNanos(100_000);
        }
        return Instant.ofEpochMilli(System.currentTimeMillis()).toString();
    }

    @Test
    void shouldSayWhatAStockFileWouldChange() {
        final JsonNode body =
                rehearsed("stock", "store,sku,on_hand\nS1,A,12\nS1,B,5\nS2,B,1\nS1,A,9\nS1,NO,1\nS1,A,x\nS2,A,3\n");
        assertCounts(body, 5, 2, 4, 2 + 3, 4 + 3);
        assertEquals("unknown-sku", code(body, 0));
        assertEquals("invalid-request", code(body, 1));
        assertEquals(10, onHand("S1", "A"));
        assertEquals(0, body.get("created").asInt());
    }

    @Test
    void shouldSayWhatADryRunWouldMake() {
        final String csv = "store,sku,on_hand\nNEW,A,1\nNEW,N1,2\nS1,N1,3\nNEW,N1,2\n";
        assertCounts(rehearsed("stock", csv), 0, 4, 0, 0, 0);
        final JsonNode body = rehearsed("stock?create=true", csv);
        assertCounts(body, 4, 0, 3, 6, 0);
        assertEquals(2, body.get("created").asInt());
        assertEquals(404, schap.get("/v1/stores/NEW").status());
        assertEquals(2, ok("stock?create=true", csv).get("created").asInt());
    }

    @Test
    void shouldSayWhatMovementsWouldChange() {
        final String id = schap.reserve("S1", "A", 2);
        final String head = "type,store,sku,quantity,reservation,expected_on_hand\n";
        final JsonNode body = rehearsed(
                "movements",
                head + "receipt,S1,A,3,,\nsale,S1,A,4,,\nadjustment,S1,B,0,,\ncount,S1,B,7,,5\ncount,S1,B,8,,5\n"
                        + "sale,S1,A,2," + id + ",\nsale,S1,A,1,none,\nreceipt,S1,A,1000000000,,\n");
        assertCounts(body, 5, 3, 4, 3 + 2, 4 + 2);
        assertEquals("count-conflict", code(body, 0));
        assertEquals("unknown-reservation", code(body, 1));
        assertEquals("quantity-out-of-range", code(body, 2));
        schap.call("POST", "/v1/reservations/" + id + "/fulfil", "{}", null);
        assertCounts(rehearsed("movements", head + "sale,S1,A,2," + id + ",\n"), 1, 0, 0, 0, 0);
        assertCounts(rehearsed("movements", head + "sale,S1,A,3," + id + ",\n"), 1, 0, 1, 0, 1);
    }

    @Test
    void shouldSayWhatMasterDataWouldChange() {
        final JsonNode stores = rehearsed(
                "stores",
                "store,name,latitude,longitude\nS1,One,52,5\nS2,Deux,,\nS3,Three,1,2\nS3,Three,1,2\nS4,x,y,1\n");
        assertEquals(1, stores.get("created").asInt());
        assertCounts(stores, 4, 1, 3, 0, 0);
        final JsonNode products = rehearsed(
                "products", "sku,name,price,gtin\nA,Apple,1.95,4006381333931\nB,Bean,2,\nC,Cat,,4006381333931\n");
        assertCounts(products, 2, 1, 1, 0, 0);
        final JsonNode policies = rehearsed("policies", "store,sku,safety_stock\nS1,,3\nS1,A,\nS2,B,0\nNO,,1\n");
        assertCounts(policies, 3, 1, 2, 0, 0);
        assertEquals("Two", schap.get("/v1/stores/S2").text("name"));
    }

    @Test
    void shouldListNoMoreErrorsThanAsked() {
        final String csv = "store,sku,on_hand\n" + "S1,A,x\n".repeat(150);
        assertEquals(100, ok("stock", csv).get("errors").size());
        assertEquals(0, ok("stock?maxErrors=0", csv).get("errors").size());
        assertEquals(150, ok("stock?maxErrors=10000", csv).get("errors").size());
        assertEquals(150, rehearsed("stock?maxErrors=7", csv).get("rejected").asInt());
        assertEquals(7, rehearsed("stock?maxErrors=7", csv).get("errors").size());
        for (final String wrong : new String[] {"-1", "10001", "x"}) {
            assertEquals(
                    400,
                    send("stock?maxErrors=" + wrong, csv, RunningGateway.newKey())
                            .status());
        }
    }

    @Test
    void shouldZeroTheCellsThatTheFileDoesNotName() {
        schap.put("/v1/skus/C", "{\"name\":\"Cat\"}");
        schap.count("S1", "C", -4);
        final JsonNode dry = rehearsed("stock?absent=zero", "store,sku,on_hand\nS1,A,11\n");
        assertCounts(dry, 1, 0, 3, 1 + 4, 5);
        assertEquals(2, dry.get("absent").get("zeroed").asInt());
        final JsonNode body = ok("stock?absent=zero", "store,sku,on_hand\nS1,A,11\n");
        assertEquals(1, body.get("rows").asInt());
        assertEquals(1, body.get("accepted").asInt());
        assertEquals(2, body.get("absent").get("zeroed").asInt());
        assertEquals(11, onHand("S1", "A"));
        assertEquals(0, onHand("S1", "B"));
        assertEquals(0, onHand("S1", "C"));
        assertEquals(5, onHand("S2", "B"));
        assertNull(ok("stock", "store,sku,on_hand\nS1,A,11\n").get("absent"));
    }

    @Test
    void shouldTakeARejectedRowForOneThatNamesItsCell() {
        final JsonNode body = ok("stock?absent=zero", "store,sku,on_hand\nS1,A,1.000\nS1,NEVER,1\n");
        assertEquals(1, body.get("absent").get("zeroed").asInt());
        assertEquals(10, onHand("S1", "A"));
        assertEquals(0, onHand("S1", "B"));
    }

    @Test
    void shouldLeaveAbsentCellsAloneWhereARowMightBeOfAnyOfThem() {
        schap.count("S2", "A", 3);
        final JsonNode store = ok("stock?absent=zero", "store,sku,on_hand\nS1,,4\nS1,A,1\nS2,B,2\n")
                .get("absent");
        assertEquals(1, store.get("zeroed").asInt(), store::toString);
        assertEquals(2, store.get("unclearLine").asInt());
        assertEquals("[\"S1\"]", store.get("storesLeft").toString());
        assertEquals(5, onHand("S1", "B"));
        assertEquals(0, onHand("S2", "A"));
        final JsonNode all =
                ok("stock?absent=zero", "store,sku,on_hand\nS2,A,1\nS1,A,1,1\n").get("absent");
        assertEquals(0, all.get("zeroed").asInt(), all::toString);
        assertEquals("[\"S2\"]", all.get("storesLeft").toString());
        assertEquals(2, onHand("S2", "B"));
    }

    @Test
    void shouldLeaveACellThatMovedSinceTheFileWasTaken() {
        final String takenAt = now();
        final String csv = "store,sku,on_hand\nS1,A,8\nS1,B,4\nS2,B,3\n";
        schap.post(
                "/v1/stock/movements",
                "{\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":3}]}");
        schap.reserve("S1", "B", 1);
        final JsonNode dry = rehearsed("stock?takenAt=" + takenAt, csv);
        assertCounts(dry, 2, 1, 2, 0, 3);
        assertEquals("moved-since", code(dry, 0));
        final RunningGateway.Answer answer = send("stock?takenAt=" + takenAt, csv, "night");
        final JsonNode body = answer.body();
        assertEquals(2, body.get("accepted").asInt(), answer::toString);
        assertEquals(1, body.get("rejectedByCode").get("moved-since").asInt());
        assertEquals("moved-since", code(body, 0));
        assertEquals(412, body.get("errors").get(0).get("error").get("status").asInt());
        assertEquals(2, body.get("errors").get(0).get("line").asInt());
        assertEquals(7, onHand("S1", "A"));
        assertEquals(4, onHand("S1", "B"));
        assertEquals(3, onHand("S2", "B"));
        final RunningGateway.Answer again = send("stock?takenAt=" + takenAt, csv, "night");
        assertEquals(body, again.body());
        assertEquals("true", again.header("Idempotent-Replayed"));
    }

    @Test
    void shouldTakeAHandOverForAMovementAndNoReservation() {
        final String id = schap.reserve("S1", "A", 2);
        final String takenAt = now();
        assertEquals(
                1,
                ok("stock?takenAt=" + takenAt, "store,sku,on_hand\nS1,A,10\n")
                        .get("accepted")
                        .asInt());
        schap.call("POST", "/v1/reservations/" + id + "/fulfil", "{}", null);
        assertEquals(
                0,
                ok("stock?takenAt=" + takenAt, "store,sku,on_hand\nS1,A,9\n")
                        .get("accepted")
                        .asInt());
        assertEquals(8, onHand("S1", "A"));
    }

    @Test
    void shouldKnowAfterARestartWhatMoved() {
        final String before = now();
        schap.count("S1", "A", 6);
        final String after = now();
        schap.restart();
        final String csv = "store,sku,on_hand\nS1,A,1\n";
        assertEquals("moved-since", code(ok("stock?takenAt=" + before, csv), 0));
        assertEquals(1, ok("stock?takenAt=" + after, csv).get("accepted").asInt());
        assertEquals(1, onHand("S1", "A"));
    }

    @Test
    void shouldKeepTheFirstOfTwoRowsOfOneCellInAFileThatHasATime() {
        final JsonNode body = ok("stock?takenAt=" + now(), "store,sku,on_hand\nS1,A,3\nS1,B,5\nS1,A,4\nS1,B,5\n");
        assertEquals(3, body.get("accepted").asInt(), body::toString);
        assertEquals(4, body.get("errors").get(0).get("line").asInt());
        assertEquals(3, onHand("S1", "A"));
    }

    @Test
    void shouldLeaveAnAbsentCellThatMovedSince() {
        schap.count("S1", "B", 5);
        final String takenAt = now();
        schap.count("S1", "B", 6);
        final JsonNode body = ok("stock?absent=zero&takenAt=" + takenAt, "store,sku,on_hand\nS1,A,1\n");
        assertEquals(0, body.get("absent").get("zeroed").asInt());
        assertEquals(1, body.get("absent").get("left").asInt());
        assertEquals("moved-since", code(body, 0));
        assertEquals("B", body.get("errors").get(0).get("sku").asText());
        assertEquals(0, body.get("rejected").asInt());
        assertEquals(6, onHand("S1", "B"));
    }

    @Test
    void shouldMakeNewCellsOfAFileThatHasATime() {
        final JsonNode body = ok("stock?create=true&takenAt=" + now(), "store,sku,on_hand\nNEW,N,3\nNEW,A,2\nS2,A,1\n");
        assertEquals(3, body.get("accepted").asInt(), body::toString);
        assertEquals(3, onHand("NEW", "N"));
    }

    @Test
    void shouldRefuseOptionsThatAreNone() {
        final String csv = "store,sku,on_hand\nS1,A,1\n";
        for (final String target : new String[] {
            "stock?absent=one",
            "stock?absent=",
            "movements?absent=zero",
            "stores?takenAt=2026-01-01T00:00:00Z",
            "stock?takenAt=yesterday",
            "stock?takenAt=2999-01-01T00:00:00Z",
            "stock?takenAt=2026-01-01T00:00:00",
            "stock?dryRun=yes",
            "stock?dryrun=true",
            "stock?dryRun=true&dryRun=true"
        }) {
            final RunningGateway.Answer answer = send(target, csv, RunningGateway.newKey());
            assertEquals(400, answer.status(), target);
            final String name = target.replaceAll(".*\\?|[&=].*", "");
            assertEquals(
                    "?" + name,
                    answer.body().get("errors").get(0).get("pointer").asText(),
                    target);
        }
        assertEquals(
                "idempotency-key-missing", send("stock?dryRun=false", csv, null).problem());
        assertEquals(10, onHand("S1", "A"));
        assertFalse(ok("stock?takenAt=2020-01-01T00:00:00+01:00", csv)
                .get("accepted")
                .asBoolean());
    }
}
