package io.schap.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.model.Commands;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.state.StockLedger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers on other threads see rows of one moment, and everything up to the sequence that they read first. */
final class StockViewTest {

    private static final int STORES = 100;
    private static final int SKUS = 10;
    private static final int STEPS = 60_000;

    private final StockLedger ledger = new StockLedger();
    private final StockView view = new StockView(ledger);
    private long sequence;

    @BeforeEach
    void makeChain() {
        final LedgerSettings defaults = LedgerSettings.DEFAULTS;
        apply(Commands.genesis(new LedgerSettings(
                        defaults.maxStores(),
                        defaults.maxSkus(),
                        defaults.maxChannels(),
                        defaults.maxLiveReservations(),
                        20,
                        defaults.defaultHoldSeconds(),
                        defaults.defaultLowStockThreshold(),
                        defaults.answersKept(),
                        defaults.answersKeptBytes(),
                        defaults.answersKeptMs()))
                .encode());
        apply(Commands.putChannel("web").encode());
        for (int i = 0; i < STORES; i++) {
            apply(Commands.putStore("s" + i).encode());
        }
        for (int i = 0; i < SKUS; i++) {
            apply(Commands.putSku("k" + i).encode());
        }
    }

    @Test
    void shouldReadTheSequenceThatWasPublished() {
        assertEquals(sequence, view.sequence());
        assertEquals(3, view.storeIndex("s3"));
        assertEquals(-1, view.storeIndex("s" + STORES));
        assertEquals("k9", view.sku(9).code());
        assertEquals("web", view.channelName(view.channelIndex("web")));
    }

    @Test
    void shouldGiveTheDefaultPolicyForACellThatNeverWas() {
        final CellReading cell = new CellReading();
        assertFalse(view.readCell(0, 0, cell));
        assertEquals(0, cell.onHand());
        assertEquals(2, cell.lowStockThreshold());
        assertEquals(0, view.available(0, 0));
    }

    @Test
    @Timeout(60)
    void shouldReadCellsOfOneMomentThatIncludeTheSequenceReadBefore() throws Exception {
        // Each step n books a receipt of 2 and reserves 1: on hand 2n, reserved n, and cells come into being meanwhile.
        final AtomicBoolean running = new AtomicBoolean(true);
        final long before = sequence;
        final CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            final CellReading cell = new CellReading();
            long reads = 0;
            while (running.get()) {
                final long steps = Math.max(0, (view.sequence() - before) / 2);
                view.readCell(50, 5, cell);
                final int drift = cell.onHand() - 2 * cell.reserved();
                assertTrue(drift == 0 || drift == 2, "on hand " + cell.onHand() + ", reserved " + cell.reserved());
                assertTrue(cell.reserved() >= steps, "reserved " + cell.reserved() + ", steps " + steps);
                assertTrue(cell.version() >= 2 * cell.reserved() - 1, "version " + cell.version());
                reads++;
            }
            return reads;
        });
        for (int step = 0; step < STEPS; step++) {
            apply(Commands.movements().receipt(50, 5, 2).encode());
            apply(Commands.reserve().channel(0).line(50, 5, 1).encode());
            if (step % 100 == 0 && step < STORES * 100 && step != 5_000) {
                // A cell before or behind it in the same run: the run is replaced under the reader.
                applyAs(sequence, Commands.movements().receipt(step / 100, 5, 1).encode());
            }
        }
        running.set(false);
        assertTrue(reader.get(20, TimeUnit.SECONDS) > 0);
        LedgerInvariants.check(ledger);
    }

    @Test
    @Timeout(60)
    void shouldReadReservationsOfOneMomentWhileTheirSlotsAreUsedAgain() throws Exception {
        for (int sku = 0; sku < SKUS; sku++) {
            apply(Commands.movements().receipt(1, sku, 1_000_000_000).encode());
        }
        final AtomicBoolean running = new AtomicBoolean(true);
        final CompletableFuture<Long> reader = CompletableFuture.supplyAsync(() -> {
            final ReservationReading reading = new ReservationReading();
            long found = 0;
            while (running.get()) {
                final long number = Math.max(1, view.lastReservation() - found % 30);
                if (view.readReservation(number, reading)) {
                    checkReading(number, reading);
                    found++;
                } else {
                    assertTrue(view.lastReservation() == 0 || view.evictedState(number) == ReservationStatus.RELEASED);
                }
            }
            return found;
        });
        for (int step = 1; step <= STEPS; step++) {
            final Commands.Reserve reserve = Commands.reserve().channel(0).owner("owner-" + step, step, step);
            for (int line = 0; line <= step % SKUS; line++) {
                reserve.line(1, line, 1 + step % 1_000);
            }
            apply(reserve.encode());
            apply(Commands.release(step).encode());
        }
        running.set(false);
        assertTrue(reader.get(20, TimeUnit.SECONDS) > 0);
        LedgerInvariants.check(ledger);
    }

    /** Everything in a reservation follows from its number, and a release is of all lines or none. */
    private static void checkReading(final long number, final ReservationReading reading) {
        assertEquals(number, reading.number());
        assertEquals(1 + number % SKUS, reading.lineCount());
        assertEquals("owner-" + number, reading.owner());
        final int units = (int) (1 + number % 1_000);
        for (int line = 0; line < reading.lineCount(); line++) {
            assertEquals(line, reading.sku(line));
            assertEquals(units, reading.quantity(line));
            assertEquals(reading.status() == ReservationStatus.HELD ? 0 : units, reading.released(line));
        }
    }

    private void apply(final UnsafeBuffer command) {
        applyAs(++sequence, command);
        view.publish(sequence);
    }

    private void applyAs(final long as, final UnsafeBuffer command) {
        final int length = ledger.apply(as, as, command, 0, command.capacity(), EffectSink.NONE);
        assertTrue(length > 0);
        assertTrue(ledger.code().isRemembered(), ledger.code().name());
    }
}
