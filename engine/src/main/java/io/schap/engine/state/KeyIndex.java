package io.schap.engine.state;

import java.util.Arrays;

/**
 * From a hash of 64 bits to references of 32 bits that the caller tells apart: 4,096 segments of open addressing, each
 * replaced when it fills up, so that no single insert moves more than a 4,096th of all. An entry holds 31 bits of the hash
 * beside the reference, so that a look-up which finds nothing touches one cache line and no rows.
 *
 * <p>Nothing is ever removed: whoever owns the rows says which references are still live. A new entry takes the place of
 * the first stale one on its way, and a segment that fills up is copied without its stale ones, at twice the size where
 * more than half of it is live. So forgetting a row costs no access to the index at all.
 *
 * <pre>
 *  63 62                     32 31                     0
 * +--+-------------------------+------------------------+
 * | 1| tag: hash bits          | reference              |    0: empty
 * +--+-------------------------+------------------------+
 * </pre>
 *
 * <p>Writer only. Arrays of each size are used again, so in the steady state nothing is allocated.
 */
final class KeyIndex {

    private static final int SEGMENT_BITS = 12;
    private static final int FIRST_SLOTS = 8;
    private static final int PLACE_BITS = 64 - SEGMENT_BITS;
    private static final long TAG = 0xffff_ffffL << 32;
    private static final long USED = 1L << 63;

    private final Rows rows;
    private final long[][] segments = new long[1 << SEGMENT_BITS][];
    private final int[] used = new int[1 << SEGMENT_BITS];
    private final long[][] spares = new long[Integer.SIZE][];
    /** Where the hash of the last look-up, which found nothing, can be added. */
    private boolean missed;

    private long missedHash;
    private int missedSlot;

    /** The rows that references lead to. */
    interface Rows {
        /** Whether there is still a row behind a reference. */
        boolean isLive(int reference);

        /** Whether the key of a row that is live is the one that is looked for. */
        boolean isKeyAt(int reference);
    }

    KeyIndex(final Rows rows) {
        this.rows = rows;
    }

    /** The live reference under a hash whose key is the one that is looked for, as an unsigned 32-bit number, or -1. */
    long find(final long hash) {
        missed = false;
        final long[] segment = segments[(int) (hash >>> PLACE_BITS)];
        if (segment == null) {
            return -1;
        }
        final long tag = tagOf(hash);
        final int mask = segment.length - 1;
        int slot = (int) hash & mask;
        int stale = -1;
        for (long entry = segment[slot]; entry != 0; entry = segment[slot]) {
            if (!rows.isLive((int) entry)) {
                stale = stale < 0 ? slot : stale;
            } else if ((entry & TAG) == tag && rows.isKeyAt((int) entry)) {
                return entry & 0xffff_ffffL;
            }
            slot = slot + 1 & mask;
        }
        missed = true;
        missedHash = hash;
        missedSlot = stale < 0 ? slot : stale;
        return -1;
    }

    /** Reads the slot where a hash belongs. */
    long read(final long hash) {
        final long[] segment = segments[(int) (hash >>> PLACE_BITS)];
        return segment == null ? 0 : segment[(int) hash & segment.length - 1];
    }

    /** Adds a reference under a hash; at once where the last look-up was for it, and found nothing. */
    void add(final long hash, final int reference) {
        final int which = (int) (hash >>> PLACE_BITS);
        long[] segment = segments[which];
        int slot = -1;
        if (segment == null) {
            segment = array(FIRST_SLOTS);
            segments[which] = segment;
        } else if (used[which] * 4 >= segment.length * 3) {
            segment = renewed(which, segment);
        } else if (missed && missedHash == hash) {
            slot = missedSlot;
        }
        missed = false;
        if (slot < 0) {
            slot = freeSlot(segment, hash);
        }
        used[which] += segment[slot] == 0 ? 1 : 0;
        segment[slot] = tagOf(hash) | reference & 0xffff_ffffL;
    }

    private int freeSlot(final long[] segment, final long hash) {
        final int mask = segment.length - 1;
        int slot = (int) hash & mask;
        while (segment[slot] != 0 && rows.isLive((int) segment[slot])) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** Replaces a segment by one that holds its live entries only. */
    private long[] renewed(final int which, final long[] segment) {
        int live = 0;
        for (final long entry : segment) {
            live += entry != 0 && rows.isLive((int) entry) ? 1 : 0;
        }
        final long[] fresh = array(live * 2 > segment.length ? segment.length * 2 : segment.length);
        for (final long entry : segment) {
            if (entry != 0 && rows.isLive((int) entry)) {
                place(fresh, entry);
            }
        }
        segments[which] = fresh;
        used[which] = live;
        Arrays.fill(segment, 0);
        spares[Integer.numberOfTrailingZeros(segment.length)] = segment;
        return fresh;
    }

    private long[] array(final int length) {
        final int size = Integer.numberOfTrailingZeros(length);
        final long[] spare = spares[size];
        spares[size] = null;
        return spare != null ? spare : new long[length];
    }

    private static void place(final long[] segment, final long entry) {
        final int mask = segment.length - 1;
        int slot = homeOf(entry) & mask;
        while (segment[slot] != 0) {
            slot = slot + 1 & mask;
        }
        segment[slot] = entry;
    }

    /** The low 31 bits of the hash: also where the entry belongs, so that nothing but entries is needed to move it. */
    private static long tagOf(final long hash) {
        return hash << 32 | USED;
    }

    private static int homeOf(final long entry) {
        return (int) (entry >>> 32) & 0x7fff_ffff;
    }
}
