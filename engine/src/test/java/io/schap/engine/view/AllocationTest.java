package io.schap.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.schap.engine.command.ResultCode;
import io.schap.engine.model.CommandBuilder;
import io.schap.engine.model.Commands;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.state.StockLedger;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * No byte is allocated for a command or a read once the tables have their size. Numbers of reservations are the one thing
 * that grows for ever, by two bits each: a page of them a 131,072 reservations, which this test stays below. Few answers
 * are remembered, so that hardly a segment of the index of keys grows by bad luck of the draw. The best of five passes
 * counts: the JVM links and recompiles when it likes, on the thread that happens to run, while garbage of a command or a
 * read is there in every pass.
 */
final class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STORES = 10;
    private static final int SKUS = 100;
    private static final int COMMANDS = 100_000;
    private static final int WARM_UP = 60_000;
    private static final int PASSES = 5;
    private static final int KINDS = 10;
    private static final long START_MS = 1_750_000_000_000L;
    private static final LedgerSettings SMALL = new LedgerSettings(
            100, 1_000, 16, 10_000, 1_000, 900, 2, 500, LedgerSettings.DEFAULTS.answersKeptBytes(), 3_600_000);

    private final StockLedger ledger = new StockLedger();
    private final StockView view = new StockView(ledger);
    private final UnsafeBuffer commands = new UnsafeBuffer(new byte[(COMMANDS + WARM_UP) * 256]);
    private final int[] offsets = new int[COMMANDS + WARM_UP + 1];
    private final int[] codes = new int[ResultCode.values().length];
    private int count;
    private long sequence;
    private long reservations;

    @Test
    void shouldApplyCommandsWithoutAllocating() {
        makeChain();
        encode();
        apply(0, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            final int from = WARM_UP + pass * (COMMANDS / PASSES);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            apply(from, from + COMMANDS / PASSES);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(0, least, "bytes allocated by the commands of the best pass");
        final int rounds = (WARM_UP + COMMANDS) / KINDS;
        assertEquals(3 * rounds, codes[ResultCode.CREATED.ordinal()], "reservations, one of three a replayed answer");
        assertEquals(rounds, codes[ResultCode.INSUFFICIENT_STOCK.ordinal()]);
        assertEquals(rounds, codes[ResultCode.RESERVATION_CLOSED.ordinal()]);
        assertEquals(5 * rounds, codes[ResultCode.OK.ordinal()]);
    }

    @Test
    void shouldReadWithoutAllocating() {
        makeChain();
        final long[] numbers = new long[50];
        for (int i = 0; i < numbers.length; i++) {
            applyNow(Commands.reserve()
                    .line(i % STORES, i, 1)
                    .line((i + 1) % STORES, i, 2)
                    .hold(900));
            numbers[i] = view.lastReservation();
        }
        final byte[] storeCode = "s7".getBytes(StandardCharsets.US_ASCII);
        final byte[] skuCode = "k42".getBytes(StandardCharsets.US_ASCII);
        final CellReading cell = new CellReading();
        final ReservationReading reservation = new ReservationReading();
        long sum = read(numbers, storeCode, skuCode, cell, reservation);
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            sum += read(numbers, storeCode, skuCode, cell, reservation);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertEquals(0, least, "bytes allocated by the reads of the best pass");
        assertTrue(sum > 0);
    }

    private long read(
            final long[] numbers,
            final byte[] storeCode,
            final byte[] skuCode,
            final CellReading cell,
            final ReservationReading reservation) {
        long sum = 0;
        for (int i = 0; i < COMMANDS / PASSES; i++) {
            final int store = i % STORES;
            final int sku = i % SKUS;
            sum += view.available(store, sku);
            assertTrue(view.readCell(store, sku, cell));
            sum += cell.available();
            assertTrue(view.readReservation(numbers[i % numbers.length], reservation));
            sum += view.storeIndex(storeCode, 0, storeCode.length) + view.skuIndex(skuCode, 0, skuCode.length);
            sum += view.nextStoreOfSku(sku, -1) + view.sequence();
        }
        return sum;
    }

    private void makeChain() {
        applyNow(Commands.genesis(SMALL));
        applyNow(Commands.putChannel("web"));
        for (int store = 0; store < STORES; store++) {
            applyNow(Commands.putStore("s" + store));
        }
        for (int sku = 0; sku < SKUS; sku++) {
            applyNow(Commands.putSku("k" + sku));
            for (int store = 0; store < STORES; store++) {
                applyNow(Commands.movements().count(store, sku, 1_000_000));
            }
        }
    }

    private void applyNow(final CommandBuilder<?> command) {
        final UnsafeBuffer encoded = command.encode();
        sequence++;
        ledger.apply(sequence, START_MS, encoded, 0, encoded.capacity(), EffectSink.NONE);
        final int code = ledger.answer().getByte(8);
        assertTrue(code <= ResultCode.CREATED.ordinal(), () -> "code=" + ResultCode.of(code));
        view.publish(sequence);
    }

    /** Rounds of ten commands: two reservations (one of two lines, one that expires), steps, facts, a retry, refusals. */
    private void encode() {
        while (count < COMMANDS + WARM_UP) {
            final int store = count % STORES;
            final int sku = count / KINDS % SKUS;
            final long first = reservations + 1;
            final CommandBuilder<?> reserve = Commands.reserve()
                    .line(store, sku, 2)
                    .line((store + 1) % STORES, sku, 1)
                    .hold(900)
                    .owner("cart-81", 8, 9)
                    .reference("order-9", 10, 11);
            reservations += 2;
            final long round = count + 1L;
            add(reserve.key(round));
            add(Commands.reserve().line(store, sku, 1).hold(1).key(~round));
            add(Commands.confirm(first).pickup(3_600).payment("pay-1", 12, 13).key(round + 1));
            add(Commands.extend(first).pickup(7_200).key(round + 2));
            add(Commands.movements().receipt(store, sku, 3).sale(store, sku, 1).key(round + 3));
            add(reserve);
            add(Commands.fulfil(first).key(round + 4));
            add(Commands.release(first).key(round + 5));
            add(Commands.reserve().line(store, sku, 900_000_000).hold(60).key(round + 6));
            add(Commands.tick());
        }
    }

    private void add(final CommandBuilder<?> command) {
        final int length = command.encode(commands, offsets[count]);
        count++;
        offsets[count] = offsets[count - 1] + length;
    }

    private void apply(final int from, final int to) {
        for (int i = from; i < to; i++) {
            ledger.announce(commands, offsets[i], offsets[i + 1] - offsets[i]);
            if (i % StockLedger.LOOK_AHEAD == 0) {
                ledger.readAhead();
            }
            sequence++;
            ledger.apply(sequence, START_MS + i, commands, offsets[i], offsets[i + 1] - offsets[i], EffectSink.NONE);
            codes[ledger.answer().getByte(8)]++;
            view.publish(sequence);
        }
    }
}
