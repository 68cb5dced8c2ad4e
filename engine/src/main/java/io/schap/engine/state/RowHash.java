package io.schap.engine.state;

/**
 * Hashes of logical rows, and their wrapping sum, the state hash: what two ledgers agree on when they hold the same rows,
 * wherever those lie in memory. A change subtracts the row before and adds the row after; a row at its default is no row.
 *
 * <p>Rows are folded by 64 by 64 bit products whose halves are added without carry, two words a product (Wang Yi, "wyhash",
 * 2019): a few cycles a row. It finds divergence and bit rot; it is
 * no defence against somebody who chooses rows.
 */
final class RowHash {

    static final long CELL = 0x9e3779b97f4a7c15L;
    static final long STORE = 0xc2b2ae3d27d4eb4fL;
    static final long SKU = 0x165667b19e3779f9L;
    static final long CHANNEL = 0xd6e8feb86659fd93L;
    static final long STORE_POLICY = 0xa0761d6478bd642fL;
    static final long RESERVATION = 0xe7037ed1a0b428dbL;
    static final long RESERVATION_TEXTS = 0xe220a8397b1dcdafL;
    static final long RESERVATION_STATUS = 0x8ebc6af09c88c6e3L;
    static final long RESERVATION_LINE = 0x589965cc75374cc3L;
    static final long RESERVATION_EVICTED = 0x1d8e4e27c47d124fL;
    static final long ANSWER = 0xeb44accab455d165L;
    static final long SCALARS = 0x9ddfea08eb382d69L;

    private long sum;

    /** The sum over all rows. */
    long sum() {
        return sum;
    }

    void add(final long row) {
        sum += row;
    }

    void remove(final long row) {
        sum -= row;
    }

    void replace(final long before, final long after) {
        sum += after - before;
    }

    /** A bijection that spreads every bit: David Stafford, "Better Bit Mixing", 2011, mix 13. */
    static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Two words as one: the halves of their product. */
    static long fold(final long one, final long other) {
        return one * other ^ Math.multiplyHigh(one, other);
    }

    /**
     * The hash of a row of up to four words. The first two are folded first, by themselves: where a change keeps them, the
     * rows before and after share that half of the work.
     */
    static long row(final long kind, final long one, final long two, final long three, final long four) {
        return fold(
                fold(one ^ kind, two ^ 0xa0761d6478bd642fL) ^ three ^ 0xe7037ed1a0b428dbL, four ^ 0x8ebc6af09c88c6e3L);
    }

    /** The start of the hash of a longer row. */
    static long key(final long kind, final long key) {
        return fold(key ^ kind, 0x1d8e4e27c47d124fL);
    }

    /** One more value of a longer row. */
    static long value(final long hash, final long value) {
        return fold(hash ^ 0xeb44accab455d165L, value ^ 0x9ddfea08eb382d69L) + hash;
    }

    static long cell(final int sku, final int store, final long counters, final int version, final long policy) {
        return (counters | version | policy) == 0 ? 0 : row(CELL, (long) sku << 32 | store, policy, counters, version);
    }

    static long text(final long hash, final String text) {
        long result = value(hash, text.length());
        for (int i = 0; i < text.length(); i++) {
            result = value(result, text.charAt(i));
        }
        return result;
    }
}
