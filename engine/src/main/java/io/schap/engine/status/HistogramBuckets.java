package io.schap.engine.status;

/**
 * How values fall into buckets: below 32 one a value, then 32 of one width for each doubling, so that a bucket's bounds
 * are at most 1/32 apart. Values from 2^40 (18 minutes in nanoseconds) share the last bucket.
 *
 * <pre>
 *  value     0 1 2 … 31 | 32 33 … 63 | 64 66 … 126 | 128 132 … 252 | …
 *  bucket    0 1 2 … 31 | 32 33 … 63 | 64 65 …  95 |  96  97 … 127 | …
 * </pre>
 */
final class HistogramBuckets {

    static final int SUB_BITS = 5;
    static final int SUB_COUNT = 1 << SUB_BITS;
    static final int MAX_BITS = 40;
    static final int COUNT = (MAX_BITS - SUB_BITS + 1) * SUB_COUNT;

    private HistogramBuckets() {}

    static int indexOf(final long value) {
        if (value < SUB_COUNT) {
            return (int) Math.max(0, value);
        }
        final int exponent = 63 - Long.numberOfLeadingZeros(value);
        if (exponent >= MAX_BITS) {
            return COUNT - 1;
        }
        final int sub = (int) (value >>> exponent - SUB_BITS) & SUB_COUNT - 1;
        return (exponent - SUB_BITS + 1 << SUB_BITS) + sub;
    }

    /** The largest value of a bucket; the last one's bound is that of its own width. */
    static long highestOf(final int index) {
        if (index < SUB_COUNT) {
            return index;
        }
        final int exponent = (index >>> SUB_BITS) + SUB_BITS - 1;
        final long width = 1L << exponent - SUB_BITS;
        return (SUB_COUNT + (index & SUB_COUNT - 1)) * width + width - 1;
    }
}
