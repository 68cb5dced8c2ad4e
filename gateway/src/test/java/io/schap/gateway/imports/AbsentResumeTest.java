package io.schap.gateway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schap.gateway.imports.ImportDesk.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock files with options that are cut off and sent again, and that race with tills. */
@Timeout(120)
final class AbsentResumeTest {

    private static final int STORES = 4;
    private static final int SKUS = 120;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private ImportDesk desk;

    @BeforeEach
    void launch(@TempDir final Path directory) throws Exception {
        System.out.println("AbsentResumeTest seed=" + seed);
        desk = new ImportDesk(directory);
        desk.post("stock?create=true", "opening", file(1, 10));
    }

    @AfterEach
    void close() throws Exception {
        desk.close();
    }

    /** Every n-th SKU of every store. */
    private static String file(final int every, final int units) {
        final StringBuilder csv = new StringBuilder("store,sku,on_hand\n");
        for (int store = 0; store < STORES; store++) {
            for (int sku = 0; sku < SKUS; sku += every) {
                csv.append('S')
                        .append(store)
                        .append(",K")
                        .append(sku)
                        .append(',')
                        .append(units)
                        .append('\n');
            }
        }
        return csv.toString();
    }

    private void cutOff(final String target, final String key, final byte[] csv) throws Exception {
        final ImportDesk.Upload upload = desk.begin(target, key);
        upload.send(Arrays.copyOf(csv, random.nextInt(csv.length)));
        upload.lose();
        desk.post("policies", "behind-" + System.nanoTime(), "store\nnowhere\n");
    }

    private void sell(final String store, final String sku, final int quantity) throws Exception {
        final Answer answer = desk.post(
                "movements",
                "sale-" + System.nanoTime(),
                "type,store,sku,quantity\nsale," + store + "," + sku + "," + quantity + "\n");
        assertEquals(1, answer.count("accepted"), answer::detail);
    }

    private static String counts(final Answer answer) {
        assertEquals(200, answer.status(), answer::detail);
        return ((ObjectNode) answer.body()).deepCopy().without("sequence").toString();
    }

    private static String now() {
        final long before = System.currentTimeMillis();
        while (System.currentTimeMillis() <= before + 1) {
            LockSupport.parkNanos(100_000);
        }
        return Instant.ofEpochMilli(System.currentTimeMillis()).toString();
    }

    @Test
    void shouldZeroEachCellOnceHoweverOftenTheFileIsSent() throws Exception {
        final byte[] csv = file(3, 7).getBytes(UTF_8);
        for (int round = 0; round < 5; round++) {
            desk.post("stock", "refill-" + round, file(1, 10));
            final String key = "k" + round;
            cutOff("stock?absent=zero", key, csv);
            assertEquals(
                    10, desk.onHand("S0", "K1"), () -> "a cut file says nothing of what it leaves out: seed=" + seed);
            final Answer first = desk.post("stock?absent=zero", key, csv);
            assertEquals(
                    STORES * SKUS * 2 / 3 + round,
                    first.body().path("absent").path("zeroed").asInt());
            assertEquals(0, desk.onHand("S0", "K1"));
            assertEquals(7, desk.onHand("S3", "K3"));
            sell("S0", "K1", 2);
            desk.post("stock?create=true", "new-" + round, "store,sku,on_hand\nS0,N" + round + ",5\n");
            final Answer again = desk.post("stock?absent=zero", key, csv);
            assertEquals(-2, desk.onHand("S0", "K1"), () -> "seed=" + seed);
            assertTrue(again.replayed());
            assertEquals(counts(first), counts(again));
            assertEquals(5, desk.onHand("S0", "N" + round), () -> "made after the file was taken: seed=" + seed);
        }
    }

    @Test
    void shouldCountTheSameWhenTheAnswerWasLost() throws Exception {
        final byte[] csv = file(5, 3).getBytes(UTF_8);
        final String target = "stock?absent=zero&takenAt=" + now();
        sell("S1", "K5", 1);
        sell("S1", "K6", 1);
        cutOff(target, "k", csv);
        final Answer first = desk.post(target, "k", csv);
        assertEquals(1, first.body().path("rejectedByCode").path("moved-since").asInt());
        assertEquals(1, first.body().path("absent").path("left").asInt());
        sell("S2", "K7", 1);
        sell("S2", "K10", 1);
        final Answer again = desk.post(target, "k", csv);
        assertTrue(again.replayed());
        assertEquals(counts(first), counts(again), () -> "seed=" + seed);
        assertEquals(9, desk.onHand("S1", "K5"));
        assertEquals(9, desk.onHand("S1", "K6"));
        assertEquals(-1, desk.onHand("S2", "K7"));
        assertEquals(2, desk.onHand("S2", "K10"));
    }

    @Test
    void shouldRefuseAnotherFileUnderTheKeyBeforeItZeroesAnything() throws Exception {
        final byte[] csv = file(2, 3).getBytes(UTF_8);
        desk.post("stock?absent=zero", "k", csv);
        desk.post("stock", "refill", file(1, 10));
        assertEquals(422, desk.post("stock?absent=zero", "k", file(3, 3)).status());
        assertEquals(422, desk.post("stock", "k", csv).status());
        assertEquals(
                422,
                desk.post("stock?absent=zero&takenAt=2026-01-01T00:00:00Z", "k", csv)
                        .status());
        assertEquals(10, desk.onHand("S0", "K1"));
    }

    /**
     * Tills sell while a count of the evening is sent: whatever the order turns out to be, no sale may be lost. So each cell
     * is what it was less what was sold, or what was counted (that is, what it was) less what was sold afterwards.
     */
    @Test
    void shouldLoseNoSaleThatRacesWithACount() throws Exception {
        for (int round = 0; round < 5; round++) {
            desk.post("stock", "start-" + round, file(1, 1_000));
            final String target = "stock?takenAt=" + now();
            final int[] sold = new int[STORES * SKUS];
            final AtomicBoolean over = new AtomicBoolean();
            final Thread till = new Thread(() -> sellUntil(over, sold));
            till.start();
            final Answer answer = desk.begin(target, "count-" + round)
                    .send(file(1, 1_000).getBytes(UTF_8))
                    .end();
            over.set(true);
            till.join();
            assertEquals(STORES * SKUS, answer.count("rows"));
            for (int cell = 0; cell < sold.length; cell++) {
                final String store = "S" + cell / SKUS;
                final String sku = "K" + cell % SKUS;
                assertEquals(1_000 - sold[cell], desk.onHand(store, sku), () -> store + "/" + sku + ", seed=" + seed);
            }
        }
    }

    private void sellUntil(final AtomicBoolean over, final int[] sold) {
        final Random picks = new Random(seed);
        int sent = 0;
        while (!over.get() || sent < 3) {
            final StringBuilder csv = new StringBuilder("type,store,sku,quantity\n");
            for (int i = 0; i < 24; i++) {
                final int cell = picks.nextInt(sold.length);
                sold[cell]++;
                csv.append("sale,S")
                        .append(cell / SKUS)
                        .append(",K")
                        .append(cell % SKUS)
                        .append(",1\n");
            }
            try {
                assertEquals(
                        24,
                        desk.post("movements", "till-" + System.nanoTime(), csv.toString())
                                .count("accepted"));
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            sent++;
        }
    }
}
