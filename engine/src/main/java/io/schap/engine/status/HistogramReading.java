package io.schap.engine.status;

/** A histogram at one moment, as {@link StatusReader} found it. Immutable. */
public final class HistogramReading {

    private final String label;
    private final long sum;
    private final long max;
    private final long[] buckets;
    private final long count;

    HistogramReading(final String label, final long sum, final long max, final long[] buckets) {
        this.label = label;
        this.sum = sum;
        this.max = max;
        this.buckets = buckets;
        long all = 0;
        for (final long inBucket : buckets) {
            all += inBucket;
        }
        count = all;
    }

    /**
     * The name in the file.
     *
     * @return lower case with dots, the unit last.
     */
    public String label() {
        return label;
    }

    /**
     * Values counted.
     *
     * @return how many.
     */
    public long count() {
        return count;
    }

    /**
     * The mean of all values.
     *
     * @return 0 without values.
     */
    public double mean() {
        return count == 0 ? 0 : (double) sum / count;
    }

    /**
     * The sum of all values.
     *
     * @return 0 without values.
     */
    public long sum() {
        return sum;
    }

    /**
     * How many values do not exceed a bound. Exact for a bound of a power of two less one, at which buckets end; for others
     * those of the bucket that the bound lies in are left out.
     *
     * @param bound from 0.
     * @return up to {@link #count}.
     */
    public long countUpTo(final long bound) {
        long upTo = 0;
        for (int i = 0; i < buckets.length - 1 && HistogramBuckets.highestOf(i) <= bound; i++) {
            upTo += buckets[i];
        }
        return upTo;
    }

    /**
     * The largest value, exactly.
     *
     * @return 0 without values.
     */
    public long max() {
        return max;
    }

    /**
     * The value that so many per cent of all values do not exceed; at most 1/32 too large.
     *
     * @param percentile above 0, up to 100.
     * @return 0 without values.
     */
    public long percentile(final double percentile) {
        final long wanted = Math.max(1, (long) Math.ceil(count * percentile / 100));
        long seen = 0;
        for (int i = 0; i < buckets.length; i++) {
            seen += buckets[i];
            if (seen >= wanted) {
                return Math.min(HistogramBuckets.highestOf(i), max);
            }
        }
        return max;
    }
}
