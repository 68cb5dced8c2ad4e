package io.schap.gateway.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How long something took: a histogram whose bounds double. One thread writes, any reads.
 *
 * <pre>
 *  bucket    0            1            …   24            25
 *  up to     2^10 - 1 ns  2^11 - 1 ns  …   2^34 - 1 ns   no bound
 * </pre>
 */
final class Durations {

    static final int FIRST_BITS = 10;
    static final int LAST_BITS = 34;
    static final int COUNT = LAST_BITS - FIRST_BITS + 2;

    private static final VarHandle BUCKETS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The buckets, and behind them the sum. */
    private final long[] buckets = new long[COUNT + 1];

    /** Counts one, on the writing thread. */
    void record(final long durationNs) {
        final int bits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, durationNs));
        final int bucket = Math.min(COUNT - 1, Math.max(0, bits - FIRST_BITS));
        BUCKETS.setOpaque(buckets, bucket, buckets[bucket] + 1);
        BUCKETS.setOpaque(buckets, COUNT, buckets[COUNT] + Math.max(0, durationNs));
    }

    /** Adds what was counted to another's; any thread. */
    void addTo(final long[] counts) {
        for (int i = 0; i <= COUNT; i++) {
            counts[i] += (long) BUCKETS.getOpaque(buckets, i);
        }
    }

    /** The largest duration of a bucket in seconds, infinity for the last. */
    static double boundSeconds(final int bucket) {
        return bucket == COUNT - 1 ? Double.POSITIVE_INFINITY : ((1L << bucket + FIRST_BITS) - 1) / 1e9;
    }
}
