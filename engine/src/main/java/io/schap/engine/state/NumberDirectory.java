package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * From a reservation's number to the slot of its record, and for those that are no longer kept, to the state in which they
 * closed. Pages of 256 slots are given back when all their reservations are gone, and used again; the closing states stay
 * for ever, two bits a reservation, so that a number that was issued is never unknown.
 *
 * <p>One thread writes; any thread reads. A reader may find the slot of another reservation when a page is used again
 * under it: it must compare the number in the record.
 */
final class NumberDirectory {

    /** No record is kept under the number. */
    static final int NONE = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int PAGE_SHIFT = 8;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int CHUNK_SHIFT = 12;
    private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;
    /** The word behind a page's slots counts them. */
    private static final int COUNT = PAGE_MASK + 1;

    private static final int STATES_PER_WORD_SHIFT = 5;

    private volatile int[][][] chunks = new int[4][][];
    private int[][] spare = new int[16][];
    private int spareCount;
    private final LongPages closedStates = new LongPages(12);

    /** The slot of a number's record, or {@link #NONE}. Any thread. */
    int slot(final long number) {
        final int[][][] seen = chunks;
        final long chunk = number >>> PAGE_SHIFT + CHUNK_SHIFT;
        if (number < 0 || chunk >= seen.length || seen[(int) chunk] == null) {
            return NONE;
        }
        final int[] page = PageDirectory.getAcquire(seen[(int) chunk], (int) (number >>> PAGE_SHIFT) & CHUNK_MASK);
        return page == null ? NONE : (int) SLOT.getAcquire(page, (int) number & PAGE_MASK) - 1;
    }

    /** Remembers a new number's slot. Writer only. */
    void put(final long number, final int slot) {
        final int chunk = (int) (number >>> PAGE_SHIFT + CHUNK_SHIFT);
        int[][][] seen = chunks;
        if (chunk >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(chunk + 1, seen.length * 2));
        }
        if (seen[chunk] == null) {
            seen[chunk] = new int[CHUNK_MASK + 1][];
            chunks = seen;
        }
        final int at = (int) (number >>> PAGE_SHIFT) & CHUNK_MASK;
        int[] page = seen[chunk][at];
        if (page == null) {
            page = spareCount > 0 ? spare[--spareCount] : new int[COUNT + 1];
            PageDirectory.setRelease(seen[chunk], at, page);
        }
        page[COUNT]++;
        SLOT.setRelease(page, (int) number & PAGE_MASK, slot + 1);
    }

    /** Forgets a number's slot and keeps the state in which it closed, 1 to 3. Writer only. */
    void evict(final long number, final int closedState) {
        final int[][] chunk = chunks[(int) (number >>> PAGE_SHIFT + CHUNK_SHIFT)];
        final int at = (int) (number >>> PAGE_SHIFT) & CHUNK_MASK;
        final int[] page = chunk[at];
        final long word = number >>> STATES_PER_WORD_SHIFT;
        closedStates.ensure(word + 1);
        closedStates.setRelease(word, closedStates.get(word) | (long) closedState << 2 * (number & 31));
        SLOT.setRelease(page, (int) number & PAGE_MASK, 0);
        if (--page[COUNT] == 0) {
            PageDirectory.setRelease(chunk, at, null);
            keep(page);
        }
    }

    /** The state in which an evicted number closed, 1 to 3; 0 for all others. Any thread. */
    int closedState(final long number) {
        return (int) (closedStates.getAcquire(number >>> STATES_PER_WORD_SHIFT) >>> 2 * (number & 31)) & 3;
    }

    private void keep(final int[] page) {
        if (spareCount == spare.length) {
            spare = Arrays.copyOf(spare, spareCount * 2);
        }
        spare[spareCount++] = page;
    }
}
