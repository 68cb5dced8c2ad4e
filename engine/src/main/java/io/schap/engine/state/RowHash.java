package io.schap.engine.state;

/**
 * Hashes of logical rows, and their wrapping sum, the state hash: what two ledgers agree on when they hold the same rows,
 * wherever those lie in memory. A change subtracts the row before and adds the row after; a row at its default is no row.
 *
 * <p>Each hash chains the 64-bit finalizer of David Stafford ("Better Bit Mixing", mix 13, 2011) over kind, key and values.
 */
final class RowHash {

    static final long CELL = 0x9e3779b97f4a7c15L;
    static final long STORE = 0xc2b2ae3d27d4eb4fL;
    static final long SKU = 0x165667b19e3779f9L;
    static final long CHANNEL = 0xd6e8feb86659fd93L;
    static final long STORE_POLICY = 0xa0761d6478bd642fL;
    static final long RESERVATION = 0xe7037ed1a0b428dbL;
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

    static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** The start of a row's hash. */
    static long key(final long kind, final long key) {
        return mix(kind ^ mix(key + kind));
    }

    /** One more value of a row. */
    static long value(final long hash, final long value) {
        return mix(hash * 3 + value);
    }

    static long cell(final int sku, final int store, final long counters, final int version, final long policy) {
        if ((counters | version | policy) == 0) {
            return 0;
        }
        final long key = key(CELL, (long) sku << 32 | store);
        return mix(mix(key + counters) ^ (version + 1L) * 0x9fb21c651e98df25L ^ policy * 0xd1342543de82ef95L);
    }

    static long text(final long hash, final String text) {
        long result = value(hash, text.length());
        for (int i = 0; i < text.length(); i++) {
            result = value(result, text.charAt(i));
        }
        return result;
    }
}
