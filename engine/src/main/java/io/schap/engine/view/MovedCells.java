package io.schap.engine.view;

import io.schap.engine.state.Counters;
import io.schap.engine.state.EffectSink;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Which cells had their units on hand changed lately, and when by the journal's clock. It lies beside the ledger: a circle
 * of movements, fed by effects as they are applied or replayed, which changes no state and no hash. Reservations move
 * nothing here, since they leave the units on hand as they are.
 *
 * <pre>
 *   movement n lies in slot n mod capacity            count      movements that may be read
 *   { time in ms, store : 32 | sku : 32 }             claimed    count, or one more while that one is written
 *                                                     lost       time of the latest movement that was overwritten
 * </pre>
 *
 * <p>One thread writes; any thread reads. Who wants to know whether a cell has moved up to a reading of it reads the cell
 * first, then {@link #applying}, waits until that sequence is published, and then reads the movements: whatever the
 * reading showed is among them.
 */
public final class MovedCells implements EffectSink {

    /** Takes movements. */
    @FunctionalInterface
    public interface Reader {

        /**
         * The units on hand of a cell changed.
         *
         * @param timeMs by the journal's clock, in milliseconds since 1970.
         * @param store  the store's index.
         * @param sku    the SKU's index.
         */
        void moved(long timeMs, int store, int sku);
    }

    /** {@link #read} came too late: movements were overwritten before they were read. */
    public static final long LOST = -1;

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private final LongSupplier timeMs;
    private final int capacity;
    private final long[][] pages;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong lostMs = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong applying = new AtomicLong();

    /**
     * An empty circle, whose memory is taken in pages of 64 KB as movements come.
     *
     * @param movements how many are remembered, a power of two, at least 4,096.
     * @param timeMs    the time of what is being applied, in milliseconds since 1970; asked by the writing thread.
     */
    public MovedCells(final int movements, final LongSupplier timeMs) {
        if (Integer.bitCount(movements) != 1 || movements <= PAGE_MASK) {
            throw new IllegalArgumentException("not a power of two from 4096 up: movements=" + movements);
        }
        this.timeMs = timeMs;
        capacity = movements;
        pages = new long[movements >>> PAGE_SHIFT][];
    }

    @Override
    public void cellChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {
        if (Counters.onHand(before) == Counters.onHand(after)) {
            return;
        }
        final long number = count.getPlain();
        final int slot = (int) number & capacity - 1;
        long[] page = pages[slot >>> PAGE_SHIFT];
        if (page == null) {
            page = new long[2 << PAGE_SHIFT];
            pages[slot >>> PAGE_SHIFT] = page;
        }
        final int place = (slot & PAGE_MASK) << 1;
        if (number >= capacity) {
            lostMs.setOpaque(page[place]);
        }
        claimed.setOpaque(number + 1);
        VarHandle.storeStoreFence(); // with the loadLoadFence in read: who reads the new words sees the claim
        page[place] = timeMs.getAsLong();
        page[place + 1] = (long) store << 32 | sku;
        count.setRelease(number + 1);
    }

    /**
     * Says up to where effects may show in the ledger before they are published; writer only, before it applies a batch.
     *
     * @param lastSequence of the batch.
     */
    public void applying(final long lastSequence) {
        applying.setRelease(lastSequence);
    }

    /**
     * Nothing behind this sequence shows in what was read before this call.
     *
     * @return the last sequence of the batch that is being applied, or was applied last.
     */
    public long applying() {
        return applying.getAcquire();
    }

    /**
     * Whether every movement from a time on is still remembered.
     *
     * @param sinceMs in milliseconds since 1970.
     * @return false when some may have been overwritten.
     */
    public boolean remembers(final long sinceMs) {
        return sinceMs > lostMs.getOpaque();
    }

    /**
     * The number of the oldest movement that can be read.
     *
     * @return from 0; it may be overwritten by the time that it is read.
     */
    public long oldest() {
        return Math.max(0, count.getAcquire() - capacity);
    }

    /**
     * Reads movements in their order.
     *
     * @param from   number of the first.
     * @param reader takes each.
     * @return the number to go on from, or {@link #LOST}.
     */
    public long read(final long from, final Reader reader) {
        final long end = count.getAcquire();
        for (long number = from; number < end; number++) {
            final int slot = (int) number & capacity - 1;
            final long[] page = pages[slot >>> PAGE_SHIFT];
            final int place = (slot & PAGE_MASK) << 1;
            final long movedMs = page[place];
            final long cell = page[place + 1];
            VarHandle.loadLoadFence(); // with the storeStoreFence in cellChanged
            if (claimed.getOpaque() - number > capacity) {
                return LOST;
            }
            reader.moved(movedMs, (int) (cell >>> 32), (int) cell);
        }
        return end;
    }
}
