package io.schap.benchmarks.stream;

/** SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Same seed, same numbers. */
public final class Splitter {

    private long state;

    /**
     * A sequence of numbers.
     *
     * @param seed any number.
     */
    public Splitter(final long seed) {
        state = seed;
    }

    /**
     * The next number.
     *
     * @return 64 random bits.
     */
    public long next() {
        state += 0x9e3779b97f4a7c15L;
        return mix(state);
    }

    /**
     * The next number below a bound.
     *
     * @param bound from 1.
     * @return 0 to {@code bound - 1}.
     */
    public int below(final int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }

    /**
     * The finalizer alone: spreads a number over 64 bits, no two to one.
     *
     * @param value any number.
     * @return its place.
     */
    public static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
