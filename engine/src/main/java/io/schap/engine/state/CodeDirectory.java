package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * From a code to its index, and back; indexes are given in order and never change. A table of 4,096 segments, each of
 * them open addressing: a segment that fills up is replaced by one of twice the size, so that no single insert rehashes
 * more than its share, whatever the total. One thread adds; any thread looks up, without a lock: a segment replaced under
 * a reader still holds all that was in it.
 */
final class CodeDirectory {

    /** The code is not known. */
    static final int UNKNOWN = -1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final int SEGMENT_BITS = 12;
    private static final int FIRST_SLOTS = 4;

    private final int[][] segments = new int[1 << SEGMENT_BITS][];
    private final int[] sizes = new int[1 << SEGMENT_BITS];
    private final RefPages<byte[]> codes = new RefPages<>();
    private volatile int count;

    /** How many codes there are; all indexes below are known. Any thread. */
    int count() {
        return count;
    }

    /** The bytes of a code; not to be changed. Any thread. */
    byte[] code(final int index) {
        return codes.get(index);
    }

    /** The index of a code, or {@link #UNKNOWN}. Any thread. */
    int find(final byte[] code, final int offset, final int length) {
        final long hash = hash(code, offset, length);
        final int[] segment = PageDirectory.getAcquire(segments, (int) (hash >>> 64 - SEGMENT_BITS));
        if (segment == null) {
            return UNKNOWN;
        }
        int slot = (int) hash & segment.length - 1;
        for (int entry = (int) SLOT.getAcquire(segment, slot);
                entry != 0;
                entry = (int) SLOT.getAcquire(segment, slot)) {
            final byte[] known = codes.get(entry - 1);
            if (Arrays.equals(known, 0, known.length, code, offset, offset + length)) {
                return entry - 1;
            }
            slot = slot + 1 & segment.length - 1;
        }
        return UNKNOWN;
    }

    /** The index of a code, or {@link #UNKNOWN}. Any thread. */
    int find(final String code) {
        final byte[] bytes = code.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    /** Gives a code that is not known the next index. Writer only. */
    int add(final byte[] code) {
        final int index = count;
        codes.set(index, code);
        insert(hash(code, 0, code.length), index + 1);
        count = index + 1;
        return index;
    }

    private void insert(final long hash, final int entry) {
        final int which = (int) (hash >>> 64 - SEGMENT_BITS);
        int[] segment = segments[which];
        if (segment == null) {
            segment = new int[FIRST_SLOTS];
            PageDirectory.setRelease(segments, which, segment);
        } else if (sizes[which] * 3 >= segment.length * 2) {
            segment = grown(segment);
            PageDirectory.setRelease(segments, which, segment);
        }
        sizes[which]++;
        place(segment, hash, entry);
    }

    private int[] grown(final int[] segment) {
        final int[] larger = new int[segment.length * 2];
        for (final int entry : segment) {
            if (entry != 0) {
                final byte[] code = codes.get(entry - 1);
                place(larger, hash(code, 0, code.length), entry);
            }
        }
        return larger;
    }

    private static void place(final int[] segment, final long hash, final int entry) {
        int slot = (int) hash & segment.length - 1;
        while (segment[slot] != 0) {
            slot = slot + 1 & segment.length - 1;
        }
        SLOT.setRelease(segment, slot, entry);
    }

    private static long hash(final byte[] code, final int offset, final int length) {
        long hash = RowHash.mix(length);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = RowHash.mix(hash ^ (long) WORD.get(code, offset + i));
        }
        long last = 0;
        for (; i < length; i++) {
            last = last << 8 | code[offset + i];
        }
        return RowHash.mix(hash ^ last);
    }
}
