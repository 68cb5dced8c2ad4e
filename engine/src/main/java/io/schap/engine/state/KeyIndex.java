package io.schap.engine.state;

/**
 * From a hash of 64 bits to references of 32 bits that the caller tells apart: 4,096 segments of open addressing, each
 * replaced by one of twice the size when it fills up, so that no single insert rehashes more than a 4,096th. An entry holds
 * 31 bits of the hash beside the reference, so that a look-up which finds nothing touches one cache line and no rows.
 * Deletion moves later entries back (Knuth, TAOCP 3, 6.4, algorithm R), so there are no tombstones.
 *
 * <pre>
 *  63 62                     32 31                     0
 * +--+-------------------------+------------------------+
 * | 1| tag: hash bits          | reference              |    0: empty
 * +--+-------------------------+------------------------+
 * </pre>
 *
 * <p>Writer only.
 */
final class KeyIndex {

    private static final int SEGMENT_BITS = 12;
    private static final int FIRST_SLOTS = 8;
    private static final int PLACE_BITS = 64 - SEGMENT_BITS;
    private static final long TAG = 0xffff_ffffL << 32;
    private static final long USED = 1L << 63;

    private final long[][] segments = new long[1 << SEGMENT_BITS][];
    private final int[] sizes = new int[1 << SEGMENT_BITS];

    /** Whether the key behind a reference is the one that is looked for. */
    interface KeyTest {
        boolean isKeyAt(int reference);
    }

    /** The reference under a hash that the test accepts, as an unsigned 32-bit number, or -1. */
    long find(final long hash, final KeyTest test) {
        final long[] segment = segments[(int) (hash >>> PLACE_BITS)];
        if (segment == null) {
            return -1;
        }
        final long tag = tagOf(hash);
        final int mask = segment.length - 1;
        int slot = (int) hash & mask;
        for (long entry = segment[slot]; entry != 0; entry = segment[slot]) {
            if ((entry & TAG) == tag && test.isKeyAt((int) entry)) {
                return entry & 0xffff_ffffL;
            }
            slot = slot + 1 & mask;
        }
        return -1;
    }

    /** Adds a reference under a hash. */
    void add(final long hash, final int reference) {
        final int which = (int) (hash >>> PLACE_BITS);
        long[] segment = segments[which];
        if (segment == null) {
            segment = new long[FIRST_SLOTS];
            segments[which] = segment;
        } else if (sizes[which] * 3 >= segment.length * 2) {
            segment = grown(segment);
            segments[which] = segment;
        }
        sizes[which]++;
        place(segment, tagOf(hash) | reference & 0xffff_ffffL);
    }

    /** Removes a reference that was added under a hash. */
    void remove(final long hash, final int reference) {
        final int which = (int) (hash >>> PLACE_BITS);
        final long[] segment = segments[which];
        final int mask = segment.length - 1;
        final long wanted = tagOf(hash) | reference & 0xffff_ffffL;
        int hole = (int) hash & mask;
        while (segment[hole] != wanted) {
            if (segment[hole] == 0) {
                throw new IllegalStateException("no such reference: hash=" + hash + ", reference=" + reference);
            }
            hole = hole + 1 & mask;
        }
        sizes[which]--;
        int slot = hole;
        while (true) {
            slot = slot + 1 & mask;
            final long entry = segment[slot];
            if (entry == 0) {
                break;
            }
            final int home = homeOf(entry) & mask;
            if ((slot - home & mask) >= (slot - hole & mask)) {
                segment[hole] = entry;
                hole = slot;
            }
        }
        segment[hole] = 0;
    }

    /** How many references there are. */
    long size() {
        long size = 0;
        for (final int segmentSize : sizes) {
            size += segmentSize;
        }
        return size;
    }

    private static long[] grown(final long[] segment) {
        final long[] larger = new long[segment.length * 2];
        for (final long entry : segment) {
            if (entry != 0) {
                place(larger, entry);
            }
        }
        return larger;
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
