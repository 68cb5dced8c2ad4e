package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The counters of every SKU in every store that has, or had, it. The cells of one SKU lie together, by store, in one run:
 *
 * <pre>
 *  long[] run of a SKU
 * +---------------+----------------------+----------------------------------------+-------+
 * | words : cells | directory, W words   | cell 0 | cell 1 | …                    | spare |
 * +---------------+----------------------+----------------------------------------+-------+
 *  directory word w, for stores 48w to 48w+47     a cell, 16 bytes
 *  63        48 47                        0       63                            0
 * +------------+---------------------------+     +-------------------------------+
 * | cells      | bit per store: has a cell |     | counters (see Counters)       |
 * | before w   |                           |     | policy reference : version    |
 * +------------+---------------------------+     +-------------------------------+
 * </pre>
 *
 * <p>So a cell is found with the SKU's reference, one directory word and one bit count, and 50 M cells cost 16 bytes each
 * and a few per cent. A cell never moves inside its run. A new cell behind the last goes into the spare room; any other
 * makes a new run, published whole. A reader that still holds the old run reads the state at that moment, which lies
 * within its read.
 *
 * <p>One thread writes. Any thread reads through {@link #runAcquire}, {@link #find}, {@link #countersAcquire} and
 * {@link #tailAcquire}; the writer stores counters before the tail with the version, so a reader that loads the tail
 * first never pairs a version with older counters.
 */
final class CellTable {

    /** {@link #find} found no cell. */
    static final int NONE = -1;

    /** Most stores: a directory word counts cells in 16 bits. */
    static final int MAX_STORES = 65_535;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final int STORES_PER_WORD = 48;
    private static final long STORES_MASK = (1L << STORES_PER_WORD) - 1;
    /** The word with the number of directory words (high) and of cells (low). */
    private static final int COUNTS = 0;

    private static final int DIRECTORY = 1;
    private static final int CELL_WORDS = 2;

    private final RowHash hash;
    private volatile long[][][] pages = new long[4][][];
    private final LongPages policies = new LongPages(10);
    private int policyCount = 1;
    private long cellCount;

    CellTable(final RowHash hash) {
        this.hash = hash;
        policies.ensure(1);
    }

    /** How many cells exist. */
    long cellCount() {
        return cellCount;
    }

    /** The run of a SKU, or null. Any thread. */
    long[] runAcquire(final int sku) {
        final long[][][] seen = pages;
        final int page = sku >>> PAGE_SHIFT;
        return page < seen.length && seen[page] != null ? PageDirectory.getAcquire(seen[page], sku & PAGE_MASK) : null;
    }

    /** The place of a store's cell in a run that is not null, or {@link #NONE}. Any thread. */
    static int find(final long[] run, final int store) {
        final int index = store / STORES_PER_WORD;
        final int words = words(run);
        if (index >= words) {
            return NONE;
        }
        final long word = (long) WORD.getAcquire(run, DIRECTORY + index);
        final long bit = 1L << store - index * STORES_PER_WORD;
        if ((word & bit) == 0) {
            return NONE;
        }
        return DIRECTORY + words + CELL_WORDS * ((int) (word >>> STORES_PER_WORD) + Long.bitCount(word & bit - 1));
    }

    /** The next store above {@code after} that has a cell in a run, or {@link #NONE}. Any thread. */
    static int nextStore(final long[] run, final int after) {
        final int words = words(run);
        int index = (after + 1) / STORES_PER_WORD;
        long below = (1L << after + 1 - index * STORES_PER_WORD) - 1;
        for (; index < words; index++) {
            final long left = (long) WORD.getAcquire(run, DIRECTORY + index) & STORES_MASK & ~below;
            if (left != 0) {
                return index * STORES_PER_WORD + Long.numberOfTrailingZeros(left);
            }
            below = 0;
        }
        return NONE;
    }

    /** The counters of a found cell. Any thread. */
    static long countersAcquire(final long[] run, final int cell) {
        return (long) WORD.getAcquire(run, cell);
    }

    /** The version (low) and policy reference (high) of a found cell. Any thread. */
    static long tailAcquire(final long[] run, final int cell) {
        return (long) WORD.getAcquire(run, cell + 1);
    }

    /** The own policy behind a cell's tail. Any thread. */
    long policyOf(final long tail) {
        final int reference = (int) (tail >>> 32);
        return reference == 0 ? Policies.NONE : policies.getAcquire(reference);
    }

    /** The counters of a found cell. Writer only. */
    static long counters(final long[] run, final int cell) {
        return run[cell];
    }

    /** The own policy of a found cell. Writer only. */
    long policy(final long[] run, final int cell) {
        final int reference = (int) (run[cell + 1] >>> 32);
        return reference == 0 ? Policies.NONE : policies.get(reference);
    }

    /** Sets the counters of a found cell to other ones; returns the version after. Writer only. */
    int setCounters(final long[] run, final int cell, final int sku, final int store, final long after) {
        final long tail = run[cell + 1];
        final long policy = policy(run, cell);
        final int version = (int) tail;
        hash.replace(
                RowHash.cell(sku, store, run[cell], version, policy),
                RowHash.cell(sku, store, after, version + 1, policy));
        WORD.setRelease(run, cell, after);
        WORD.setRelease(run, cell + 1, tail & ~0xffff_ffffL | version + 1 & 0xffff_ffffL);
        return version + 1;
    }

    /** Sets the own policy of a found cell to another one; returns the version after. Writer only. */
    int setPolicy(final long[] run, final int cell, final int sku, final int store, final long after) {
        final long tail = run[cell + 1];
        final int version = (int) tail;
        hash.replace(
                RowHash.cell(sku, store, run[cell], version, policy(run, cell)),
                RowHash.cell(sku, store, run[cell], version + 1, after));
        int reference = (int) (tail >>> 32);
        if (reference == 0) {
            reference = policyCount++;
            policies.ensure(policyCount);
        }
        policies.setRelease(reference, after);
        WORD.setRelease(run, cell + 1, (long) reference << 32 | version + 1 & 0xffff_ffffL);
        return version + 1;
    }

    /** Makes a store's cell of a SKU that has none; {@link #runAcquire} and {@link #find} find it afterwards. Writer only. */
    void make(final int sku, final int store) {
        final long[] run = runAcquire(sku);
        final int index = store / STORES_PER_WORD;
        if (run == null) {
            final long[] first = new long[DIRECTORY + index + 1 + CELL_WORDS];
            first[COUNTS] = index + 1L << 32;
            append(first, store);
            publish(sku, first);
        } else if (index < words(run) && nextStore(run, store) == NONE && spareWords(run) >= CELL_WORDS) {
            append(run, store);
        } else {
            publish(sku, withCell(run, store));
        }
        cellCount++;
    }

    private static int words(final long[] run) {
        return (int) ((long) WORD.getOpaque(run, COUNTS) >>> 32);
    }

    private static int cells(final long[] run) {
        return (int) run[COUNTS];
    }

    private static int spareWords(final long[] run) {
        return run.length - DIRECTORY - words(run) - CELL_WORDS * cells(run);
    }

    /** Adds a cell behind the last: its counters are 0 already, and the directory word shows it. */
    private static void append(final long[] run, final int store) {
        final int index = store / STORES_PER_WORD;
        final long word = run[DIRECTORY + index];
        final long before = (word & STORES_MASK) == 0 ? (long) cells(run) << STORES_PER_WORD : word;
        WORD.setOpaque(run, COUNTS, run[COUNTS] + 1);
        WORD.setRelease(run, DIRECTORY + index, before | 1L << store - index * STORES_PER_WORD);
    }

    /** A copy of a run with one more cell, and room for a sixteenth more. */
    private static long[] withCell(final long[] run, final int store) {
        final int cells = cells(run);
        final int wordsBefore = words(run);
        final int index = store / STORES_PER_WORD;
        final int words = Math.max(wordsBefore, index + 1);
        final long[] grown = new long[DIRECTORY + words + CELL_WORDS * (cells + 1 + cells / 16)];
        grown[COUNTS] = (long) words << 32 | cells + 1;
        int place = 0;
        int counted = 0;
        for (int i = 0; i < words; i++) {
            long stores = i < wordsBefore ? run[DIRECTORY + i] & STORES_MASK : 0;
            if (i == index) {
                final long bit = 1L << store - index * STORES_PER_WORD;
                place = counted + Long.bitCount(stores & bit - 1);
                stores |= bit;
            }
            grown[DIRECTORY + i] = (long) counted << STORES_PER_WORD | stores;
            counted += Long.bitCount(stores);
        }
        final int from = DIRECTORY + wordsBefore;
        final int to = DIRECTORY + words;
        System.arraycopy(run, from, grown, to, CELL_WORDS * place);
        final int rest = CELL_WORDS * place;
        System.arraycopy(run, from + rest, grown, to + rest + CELL_WORDS, CELL_WORDS * (cells - place));
        return grown;
    }

    private void publish(final int sku, final long[] run) {
        final int page = sku >>> PAGE_SHIFT;
        long[][][] seen = pages;
        if (page >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(page + 1, seen.length * 2));
        }
        if (seen[page] == null) {
            seen[page] = new long[PAGE_MASK + 1][];
        }
        PageDirectory.setRelease(seen[page], sku & PAGE_MASK, run);
        pages = seen;
    }
}
