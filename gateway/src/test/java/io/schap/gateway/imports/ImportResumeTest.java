package io.schap.gateway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.imports.ImportDesk.Answer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are cut off, sent again, and sent again with other bytes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ImportResumeTest {

    private static final int STORES = 3;
    private static final int SKUS = 40;
    private static final int ROWS = 900;

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private ImportDesk desk;

    @BeforeEach
    void launch() throws Exception {
        System.out.println("ImportResumeTest seed=" + seed);
        desk = new ImportDesk(directory);
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    @Test
    void shouldGoOnWhereAnUploadOfMovementsWasCutOff() throws Exception {
        master();
        final byte[] csv = movements().getBytes(UTF_8);
        final Answer whole = desk.post("movements", "whole", csv);
        final int once = total();
        assertNotEquals(0, once);
        for (int round = 1; round <= 12; round++) {
            final String key = "round-" + round;
            for (int cuts = random.nextInt(3); cuts >= 0; cuts--) {
                cutOff("movements", key, csv);
            }
            assertEquals(counts(whole), counts(desk.post("movements", key, csv)), () -> "seed=" + seed);
            assertEquals((round + 1) * once, total(), () -> "seed=" + seed);
            final Answer again = desk.post("movements", key, csv);
            assertTrue(again.replayed());
            assertEquals(counts(whole), counts(again));
            assertEquals((round + 1) * once, total());
        }
    }

    @Test
    void shouldCountWhatACutUploadHadMade() throws Exception {
        final byte[] csv = movements().getBytes(UTF_8);
        for (int round = 0; round < 6; round++) {
            final String prefix = "r" + round + "-";
            final byte[] own =
                    new String(csv, UTF_8).replace(",S", "," + prefix + "S").getBytes(UTF_8);
            cutOff("movements?create=true", prefix, own);
            final Answer answer = desk.post("movements?create=true", prefix, own);
            assertEquals(STORES + (round == 0 ? SKUS : 0), answer.count("created"), () -> "seed=" + seed);
            assertEquals(0, map(answer).path("unknown-store").asInt());
        }
    }

    @Test
    void shouldGoOnWhereMasterDataWasCutOff() throws Exception {
        final StringBuilder stores = new StringBuilder("store,name,latitude,longitude\n");
        final StringBuilder policies = new StringBuilder("store,safety_stock\n");
        for (int i = 0; i < 300; i++) {
            stores.append("S").append(i).append(",Shop ").append(i).append(i % 7 == 0 ? ",x,1\n" : ",1.5,2.5\n");
            policies.append("S")
                    .append(i)
                    .append(',')
                    .append(i % 5 == 0 ? "-1" : i)
                    .append('\n');
        }
        final byte[] csv = stores.toString().getBytes(UTF_8);
        cutOff("stores", "k1", csv);
        final Answer answer = desk.post("stores", "k1", csv);
        assertEquals(300 - 43, answer.count("created"));
        assertEquals(43, answer.count("rejected"));
        final byte[] rules = policies.toString().getBytes(UTF_8);
        cutOff("policies", "k2", rules);
        final Answer first = desk.post("policies", "k2", rules);
        assertEquals(43 - 9, map(first).path("unknown-store").asInt());
        desk.post("stores", "k3", new String(csv, UTF_8).replace(",x,1", ",1,1").getBytes(UTF_8));
        assertEquals(300, desk.view().storeCount());
        final Answer again = desk.post("policies", "k2", rules);
        assertTrue(again.replayed());
        assertEquals(map(first), map(again));
        assertEquals("there was no store \"S7\" when the row was taken", again.errorDetail(2));
    }

    @Test
    void shouldRefuseOtherBytesWhereAnUploadWentOn() throws Exception {
        master();
        final String csv = movements();
        final byte[] bytes = csv.getBytes(UTF_8);
        cutOff("movements", "k", Arrays.copyOf(bytes, bytes.length - 1), 0.8);
        final int before = total();
        final int lineStart = csv.indexOf('\n', csv.length() / 4) + 1;
        final String other =
                csv.substring(0, lineStart) + csv.substring(lineStart).replaceFirst("receipt,", "return,");
        final Answer answer = desk.post("movements", "k", other);
        assertEquals(422, answer.status());
        assertEquals(
                "urn:schap:problem:idempotency-key-reused",
                answer.body().path("type").asText());
        assertTrue(answer.detail().contains("from line "), answer::detail);
        assertEquals(before, total());
        assertEquals(422, desk.post("movements?maxErrors=3", "k", csv).status());
        assertEquals(
                422,
                desk.post("movements", "k", csv.replaceFirst("reason", "note")).status());
        assertEquals(
                422, desk.post("stock", "k", "store,sku,on_hand\nS1,K1,1\n").status());
        assertEquals(before, total());
        assertEquals(200, desk.post("movements", "k", csv).status());
    }

    @Test
    void shouldRefuseOtherBytesInARowThatWasRejected() throws Exception {
        master();
        final String rows = "x".repeat(3) + ",S1,K1\n";
        final String csv = "on_hand,store,sku\n" + rows.repeat(100);
        assertEquals(100, desk.post("stock", "k", csv).count("rejected"));
        final Answer repaired = desk.post("stock", "k", csv.replace("xxx", "5"));
        assertEquals(422, repaired.status());
        assertEquals(0, desk.onHand("S1", "K1"));
    }

    @Test
    void shouldRememberThatARowNamedAnUnknownCode() throws Exception {
        final Answer first = desk.post("stock", "k", "store,sku,on_hand\nS1,K1,5\n");
        assertEquals("unknown-store", first.errorCode(0));
        master();
        final Answer again = desk.post("stock", "k", "store,sku,on_hand\nS1,K1,5\n");
        assertTrue(again.replayed());
        assertEquals("unknown-store", again.errorCode(0));
        assertEquals(0, desk.onHand("S1", "K1"));
        assertFalse(desk.post("stock", "other", "store,sku,on_hand\nS1,K1,5\n").replayed());
    }

    @Test
    void shouldSayWhichRowsFoundNoRoomForTheirCodes() throws Exception {
        desk.close();
        final LedgerSettings few = new LedgerSettings(2, 3, 2, 1_000, 1_000, 900, 2, 10_000, 1L << 24, 3_600_000);
        desk = new ImportDesk(directory.resolve("few"), few);
        final Answer answer = desk.post(
                "movements?create=true",
                "k",
                "type,store,sku,quantity,channel\nsale,a,x,1,c1\nsale,b,y,1,c2\nsale,c,z,1,c1\nsale,a,w,1,c1\n"
                        + "sale,a,z,1,c3\nsale,a,z,1,c2\n");
        assertEquals(3, answer.count("accepted"));
        assertEquals(5, answer.count("created"));
        assertEquals("unknown-store", answer.errorCode(0));
        assertEquals("unknown-sku", answer.errorCode(1));
        assertEquals("invalid-request", answer.errorCode(2));
        assertEquals(6, answer.error(2).path("line").asInt());
    }

    /** Sends a random part of a file and loses the connection. */
    private void cutOff(final String target, final String key, final byte[] body) throws Exception {
        cutOff(target, key, body, random.nextDouble());
    }

    private void cutOff(final String target, final String key, final byte[] body, final double part) throws Exception {
        final ImportDesk.Upload upload = desk.begin(target, key);
        final long before = desk.view().sequence();
        upload.send(Arrays.copyOf(body, (int) (part * body.length)));
        final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(20));
        while (System.nanoTime() < deadline || part > 0.5 && desk.view().sequence() < before + 25) {
            LockSupport.parkNanos(100_000);
        }
        upload.lose();
        // What was under way is still carried out: a command behind it is answered when that is over.
        desk.post("policies", "behind-" + System.nanoTime(), "store\nnowhere\n");
    }

    private void master() throws Exception {
        desk.post("stores", "m1", "store,name\nS1,a\nS2,b\n");
        final StringBuilder skus = new StringBuilder("sku,name\n");
        for (int i = 1; i < SKUS; i++) {
            skus.append("K").append(i).append(",x\n");
        }
        desk.post("products", "m2", skus.toString());
    }

    /** Stock facts, of which some name unknown codes, some are wrong and some are long. */
    private String movements() {
        final StringBuilder csv = new StringBuilder("type,store,sku,quantity,reference,reason\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(i % 3 == 0 ? "return" : "receipt");
            csv.append(",S").append(i % STORES).append(",K").append(i % SKUS);
            csv.append(',').append(i % 11 == 0 ? "1,0" : i % 17 == 0 ? "1.0" : String.valueOf(i));
            csv.append(",").append("r".repeat(random.nextInt(120))).append(i % 50 == 0 ? ",\"a\nb\"\n" : ",\n");
        }
        return csv.toString();
    }

    private int total() {
        int total = 0;
        for (int store = 1; store < STORES; store++) {
            for (int sku = 1; sku < SKUS; sku++) {
                total += desk.onHand("S" + store, "K" + sku);
            }
        }
        return total;
    }

    private static JsonNode counts(final Answer answer) {
        assertEquals(200, answer.status(), answer::detail);
        return ((ObjectNode) answer.body()).deepCopy().without("sequence");
    }

    private static JsonNode map(final Answer answer) {
        return answer.body().path("rejectedByCode");
    }
}
