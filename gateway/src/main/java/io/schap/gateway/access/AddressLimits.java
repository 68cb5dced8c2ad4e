package io.schap.gateway.access;

import java.util.Arrays;

/**
 * The buckets of many addresses in a table of fixed size. An address has four places; a new one takes that of the bucket
 * that has been full for longest, which forgets nothing. Only when all four are in use is one forgotten that is not full,
 * and its address gets a new burst: memory is bounded, whatever is sent. For any number of threads; allocates nothing.
 */
final class AddressLimits {

    private static final int PLACES = 65_536;
    private static final int WAYS = 4;
    private static final int STRIPES = 64;

    private final long[] addresses = new long[PLACES];
    private final long[] nextNs = new long[PLACES];
    private final Object[] stripes = new Object[STRIPES];
    private final long seed;
    private final long intervalNs;
    private final long toleranceNs;

    /**
     * Full buckets.
     *
     * @param rate  of each address.
     * @param seed  of the places, so that nobody can choose addresses that share them.
     * @param nowNs a {@link System#nanoTime}.
     */
    AddressLimits(final TokenBucket.Rate rate, final long seed, final long nowNs) {
        this.seed = seed;
        intervalNs = rate.intervalNs();
        toleranceNs = rate.toleranceNs();
        Arrays.fill(nextNs, nowNs);
        Arrays.setAll(stripes, i -> new Object());
    }

    /**
     * Takes a token.
     *
     * @param address as {@link Addresses#number} has it.
     * @param nowNs   a {@link System#nanoTime}.
     * @return 0 when there was one, else how long until there is, in nanoseconds.
     */
    long take(final long address, final long nowNs) {
        final int set = (int) mix(address ^ seed) & PLACES / WAYS - 1;
        synchronized (stripes[set & STRIPES - 1]) {
            final int place = placeOf(address, set * WAYS, nowNs);
            final long base = nextNs[place] - nowNs > 0 ? nextNs[place] : nowNs;
            final long waitNs = base - nowNs - toleranceNs;
            if (waitNs > 0) {
                return waitNs;
            }
            nextNs[place] = base + intervalNs;
            return 0;
        }
    }

    private int placeOf(final long address, final int first, final long nowNs) {
        int oldest = first;
        for (int place = first; place < first + WAYS; place++) {
            if (addresses[place] == address) {
                return place;
            }
            if (nextNs[place] - nextNs[oldest] < 0) {
                oldest = place;
            }
        }
        addresses[oldest] = address;
        nextNs[oldest] = nowNs;
        return oldest;
    }

    /** The finaliser of MurmurHash3 (A. Appleby), which spreads every bit over all. */
    private static long mix(final long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
