package io.schap.gateway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.state.CellReading;
import io.schap.engine.state.Policies;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import io.schap.gateway.imports.ImportDesk.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ImportServiceTest {

    @TempDir
    private Path directory;

    private ImportDesk desk;

    @BeforeEach
    void launch() throws Exception {
        desk = new ImportDesk(directory);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void shouldMakeStoresAndKeepWhatAnAbsentColumnSays() throws Exception {
        final Answer first = desk.post(
                "stores",
                "k1",
                "store,name,kind,pickup,country,latitude,longitude\n"
                        + "0001,Amsterdam,shop,yes,NL,52.37,4.89\n0002,Depot,warehouse,false,NL,,\n");
        assertEquals(200, first.status());
        assertEquals(2, first.count("accepted"));
        assertEquals(2, first.count("created"));
        assertEquals(0, first.count("rejected"));
        assertTrue(first.count("sequence") > 0);
        assertEquals(
                new StoreRow(0, "0001", "Amsterdam", false, true, true, true, 52.37, 4.89, "NL"),
                desk.view().store(0));
        final Answer second = desk.post("stores", "k2", "filiaal;naam;country\n0001;;\n0002;Depot Zuid;BE\n");
        assertEquals(0, second.count("created"));
        assertEquals(2, second.count("accepted"));
        assertEquals(
                new StoreRow(0, "0001", "0001", false, true, true, true, 52.37, 4.89, ""),
                desk.view().store(0));
        assertEquals(
                new StoreRow(1, "0002", "Depot Zuid", true, false, true, false, 0, 0, "BE"),
                desk.view().store(1));
    }

    @Test
    void shouldMakeProductsWithPricesAndGtins() throws Exception {
        final Answer answer = desk.post(
                "products",
                "k1",
                "artikelnummer;omschrijving;prijs;ean\nA1;Kan;12,95;4006381333931|96385074\nA2;\"Kop; groot\";;\n"
                        + "A3;Bord;1,00;4006381333931\nA4;Mes;1,00;4006381333932\n");
        assertEquals(2, answer.count("accepted"));
        assertEquals(2, answer.count("rejected"));
        assertEquals(
                new SkuRow(0, "A1", "Kan", true, List.of(4006381333931L, 96385074L), "12.95"),
                desk.view().sku(0));
        assertEquals("Kop; groot", desk.view().sku(1).name());
        assertEquals(4, answer.error(0).path("line").asInt());
        assertTrue(answer.errorDetail(0).contains("4006381333931 of SKU \"A1\""), answer::toString);
        assertEquals(5, answer.error(1).path("line").asInt());
        desk.post("products", "k2", "sku,name,price\nA1,Kan,\n");
        assertEquals(
                new SkuRow(0, "A1", "Kan", true, List.of(4006381333931L, 96385074L), ""),
                desk.view().sku(0));
    }

    @Test
    void shouldCountStockAndRejectOnlyTheRowsThatAreWrong() throws Exception {
        master();
        final Answer answer = desk.post(
                "stock",
                "k1",
                "Winkel,SKU,Aantal,kleur\n"
                        + "0042,A1,5,rood\n"
                        + "42,A1,5,rood\n"
                        + "0042,a1,5,rood\n"
                        + "0042,ZZ,5,rood\n"
                        + "0042,A2,1.000,rood\n"
                        + "0042,A2,\"1,0\",rood\n"
                        + "0042,A2,5\n"
                        + "0042,A2,\"7\"x,rood\n"
                        + "0042,A2,2000000000,rood\n"
                        + "X,A2,1,rood\n"
                        + "0042,A2,-3,rood\n"
                        + "0042,A2,-3,rood\n");
        assertEquals(200, answer.status());
        assertEquals(12, answer.count("rows"));
        assertEquals(3, answer.count("accepted"));
        assertEquals(9, answer.count("rejected"));
        assertEquals(
                Map.of(
                        "unknown-store", 2,
                        "unknown-sku", 2,
                        "invalid-request", 4,
                        "quantity-out-of-range", 1),
                map(answer));
        assertEquals(
                "[\"store\",\"sku\",\"on_hand\"]", answer.body().path("columns").toString());
        assertEquals("[\"kleur\"]", answer.body().path("ignoredColumns").toString());
        assertEquals("unknown-store", answer.errorCode(0));
        assertEquals("\"42\": \"0042\" exists", answer.errorDetail(0));
        assertEquals(404, answer.error(0).path("error").path("status").asInt());
        assertEquals("\"a1\": \"A1\" exists", answer.errorDetail(1));
        assertEquals("there is no SKU \"ZZ\"", answer.errorDetail(2));
        assertEquals("on_hand holds \"1.000\"", answer.errorDetail(3).substring(0, 21));
        assertEquals(
                List.of(3, 4, 5, 6, 7, 8, 9, 10, 11),
                answer.body().findValues("line").stream()
                        .map(line -> line.asInt())
                        .toList());
        assertEquals(5, desk.onHand("0042", "A1"));
        assertEquals(-3, desk.onHand("0042", "A2"));
    }

    @Test
    void shouldRejectOnlyTheRowWhoseBytesAreNotOfTheCharset() throws Exception {
        master();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("store,sku,on_hand,note\n0042,A1,5,caf".getBytes(UTF_8));
        bytes.write(0xe9);
        bytes.writeBytes("\n0042,A2,6,café\n".getBytes(UTF_8));
        final Answer answer = desk.post("stock", "k1", bytes.toByteArray());
        assertEquals(1, answer.count("accepted"));
        assertEquals(Map.of("bad-encoding", 1), map(answer));
        assertTrue(answer.errorDetail(0).contains("0xe9"), answer::toString);
        assertEquals(6, desk.onHand("0042", "A2"));
        final Answer declared = desk.post(
                "stock",
                Map.of("Idempotency-Key", "k2", "Content-Type", "text/csv; charset=windows-1252"),
                "store,sku,on_hand,note\n0042,A1,9,café €".getBytes(Charset.forName("windows-1252")));
        assertEquals(1, declared.count("accepted"));
        final Answer utf16 = desk.post(
                "stock",
                Map.of("Idempotency-Key", "k3", "Content-Type", "text/csv; charset=\"utf-16\""),
                "\ufeffstore\tsku\ton_hand\r\n0042\tA1\t11\r\n".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(1, utf16.count("accepted"));
        assertEquals(11, desk.onHand("0042", "A1"));
    }

    @Test
    void shouldSetAndClearPoliciesOfStoresAndCells() throws Exception {
        master();
        final Answer answer = desk.post(
                "policies",
                "k1",
                "store,sku,safety_stock,low_stock_threshold\n0042,,3,5\n0042,A1,1,\n0042,A2,,9\n42,,1,1\n0042,A9,1,1\n"
                        + "0042,A1,-1,1\n");
        assertEquals(3, answer.count("accepted"));
        assertEquals(Map.of("unknown-store", 1, "unknown-sku", 1, "invalid-request", 1), map(answer));
        final int store = desk.view().storeIndex("0042");
        final int sku = desk.view().skuIndex("A1");
        assertEquals(3, Policies.safetyStock(desk.view().storePolicy(store)));
        assertEquals(1, Policies.safetyStock(desk.view().cellPolicy(store, sku)));
        assertFalse(Policies.isLowStockThresholdSet(desk.view().cellPolicy(store, sku)));
        desk.post("policies", "k2", "store,safety_stock\n0042,\n");
        assertFalse(Policies.isSafetyStockSet(desk.view().storePolicy(store)));
        assertEquals(5, Policies.lowStockThreshold(desk.view().storePolicy(store)));
    }

    @Test
    void shouldRecordMovementsOfEveryType() throws Exception {
        master();
        final Answer answer = desk.post(
                "movements",
                "k1",
                "type,store,sku,quantity,channel,reference,reason,owner,reservation,expected_on_hand,occurred_at\n"
                        + "receipt,0042,A1,100,,po-1,,,,,2026-01-31T09:30:00+01:00\n"
                        + "Sale,0042,A1,7,pos,bon-1,,klant-1,,,\n"
                        + "return,0042,A1,2,web,,\"te klein, ruim\",,,,\n"
                        + "adjustment,0042,A1,-5,,,,,,,\n"
                        + "count,0042,A1,80,,,,,,91,\n"
                        + "count,0042,A1,88,,,,,,90,\n"
                        + "sale,0042,A1,1,,,,,nonsense,,\n"
                        + "sale,0042,A1,0,,,,,,,\n"
                        + "sale,0042,A1,1,POS!,,,,,,\n"
                        + "gift,0042,A1,1,,,,,,,\n"
                        + "sale,0042,A1,1,,,,,,,2999-01-01T00:00:00Z\n"
                        + "adjustment,0042,A1,1000000000,,,,,,,\n"
                        + "receipt,0042,A1,1,,,,,,4,\n");
        assertEquals(5, answer.count("accepted"));
        assertEquals(
                Map.of(
                        "count-conflict", 1,
                        "unknown-reservation", 1,
                        "invalid-request", 5,
                        "quantity-out-of-range", 1),
                map(answer));
        assertEquals(88, desk.onHand("0042", "A1"));
        assertTrue(desk.view().channelIndex("pos") >= 0);
        assertTrue(desk.view().channelIndex("web") >= 0);
    }

    @Test
    void shouldMakeUnknownStoresAndSkusWhenAskedTo() throws Exception {
        final StringBuilder csv = new StringBuilder("store,sku,on_hand\n");
        for (int i = 0; i < 300; i++) {
            csv.append("S")
                    .append(i % 3)
                    .append(",K")
                    .append(i % 70)
                    .append(',')
                    .append(i)
                    .append('\n');
        }
        csv.append("S0,bad\tcode,1\n");
        final Answer answer = desk.post("stock?create=true", "k1", csv.toString());
        assertEquals(73, answer.count("created"));
        assertEquals(300, answer.count("accepted"));
        assertEquals(1, answer.count("rejected"));
        assertEquals("K5", desk.view().sku(desk.view().skuIndex("K5")).name());
        final Answer again = desk.post("stock?create=true", "k1", csv.toString());
        assertTrue(again.replayed());
        assertEquals(answer.body(), again.body());
        assertEquals(0, desk.post("stock?create=true", "k2", csv.toString()).count("created"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stock?dryRun=maybe",
                "stock?absent=none",
                "stock?takenAt=2026-01-31",
                "stock?creat=true",
                "stock?create=yes",
                "stock?create=true&create=true",
                "stock?maxErrors=10001",
                "stock?maxErrors=-1"
            })
    void shouldRefuseParametersThatAreNoneOrHoldWhatTheyMayNot(final String target) throws Exception {
        master();
        final Answer answer = desk.post(target, "k1", "store,sku,on_hand\n0042,A1,5\n");
        assertEquals(400, answer.status());
        assertEquals(
                "urn:schap:problem:invalid-request", answer.body().path("type").asText());
        assertEquals(0, desk.onHand("0042", "A1"));
    }

    @Test
    void shouldRefuseHeadsThatItCannotRead() throws Exception {
        final byte[] csv = "store,sku,on_hand\n".getBytes(UTF_8);
        assertEquals(404, desk.post("prices", "k", csv).status());
        assertEquals(400, desk.post("stock", Map.of(), csv).status());
        assertEquals(
                "urn:schap:problem:idempotency-key-missing",
                desk.post("stock", Map.of(), csv).body().path("type").asText());
        assertEquals(
                400,
                desk.post("stock", Map.of("Idempotency-Key", "k".repeat(129)), csv)
                        .status());
        assertEquals(
                415,
                desk.post("stock", head("Content-Type", "application/json"), csv)
                        .status());
        assertEquals(
                415,
                desk.post("stock", head("Content-Type", "text/csv; charset=ebcdic"), csv)
                        .status());
        assertEquals(
                415, desk.post("stock", head("Content-Encoding", "br"), csv).status());
        assertEquals(
                400, desk.post("stock", head("Content-Encoding", "gzip"), csv).status());
        assertEquals(400, desk.post("stock", "k", new byte[0]).status());
        assertEquals(
                400,
                desk.post("stock", "k", "store,sku\n0042,A1\n".getBytes(UTF_8)).status());
        assertEquals(400, desk.post("stock", "k", ImportDesk.gzip(csv)).status());
        assertEquals(200, desk.post("stock", "k", csv).status());
        assertEquals(
                200,
                desk.post("stock", head("Content-Type", "application/x-www-form-urlencoded"), csv)
                        .status());
    }

    @Test
    void shouldListNoMoreErrorsThanAskedForAndCountThemAll() throws Exception {
        master();
        final String csv = "store,sku,on_hand\n" + "0042,A1,x\n".repeat(250);
        assertEquals(100, desk.post("stock", "k1", csv).body().path("errors").size());
        final Answer none = desk.post("stock?maxErrors=0", "k2", csv);
        assertEquals(0, none.body().path("errors").size());
        assertEquals(250, none.count("rejected"));
        assertEquals(Map.of("invalid-request", 250), map(none));
        assertEquals(
                250,
                desk.post("stock?maxErrors=10000", "k3", csv)
                        .body()
                        .path("errors")
                        .size());
    }

    @Test
    void shouldReadGzipOfSeveralMembers() throws Exception {
        master();
        final ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(ImportDesk.gzip("store,sku,on_hand\n0042,A1,5\n00".getBytes(UTF_8)));
        members.writeBytes(ImportDesk.gzip("42,A2,6\n".getBytes(UTF_8)));
        final Answer answer = desk.begin("stock", head("Content-Encoding", "gzip"))
                .send(new ByteArrayInputStream(members.toByteArray()), 1)
                .end();
        assertEquals(2, answer.count("accepted"));
        assertEquals(6, desk.onHand("0042", "A2"));
        final byte[] whole = ImportDesk.gzip("store,sku,on_hand\n0042,A1,7\n".getBytes(UTF_8));
        final Answer broken = desk.begin("stock", head("Content-Encoding", "gzip"))
                .send(Arrays.copyOf(whole, whole.length - 12))
                .end();
        assertEquals(400, broken.status());
        assertEquals(5, desk.onHand("0042", "A1"));
    }

    @Test
    void shouldAnswerAFileWithoutRows() throws Exception {
        final Answer answer = desk.post("stock", "k", "store,sku,on_hand\n\n\n");
        assertEquals(200, answer.status());
        assertEquals(0, answer.count("rows"));
        assertEquals(desk.view().sequence(), answer.count("sequence"));
        assertFalse(answer.replayed());
    }

    @Test
    void shouldSayAReadCellIsWhatTheFileSays() throws Exception {
        master();
        desk.post("stock", "k", "store,sku,on_hand\n0042,A1,5\n0042,A1,8\n");
        final CellReading cell = new CellReading();
        assertTrue(desk.view().readCell(0, 0, cell));
        assertEquals(8, cell.onHand());
    }

    private void master() throws Exception {
        desk.post("stores", "m1", "store,name\n0042,Utrecht\n");
        desk.post("products", "m2", "sku,name\nA1,Kan\nA2,Kop\n");
    }

    private static Map<String, String> head(final String name, final String value) {
        return Map.of("Idempotency-Key", "head-" + value, name, value);
    }

    private static Map<String, Integer> map(final Answer answer) {
        final Map<String, Integer> counts = new HashMap<>();
        answer.body()
                .path("rejectedByCode")
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }
}
