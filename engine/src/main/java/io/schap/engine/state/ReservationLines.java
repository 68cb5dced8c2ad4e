package io.schap.engine.state;

/**
 * A line of a reservation in three words.
 *
 * <pre>
 *  63                    32 31                     0
 * +------------------------+------------------------+
 * |   sku                  |   store                |   indexes
 * |   requested            |   quantity (granted)   |   units
 * |   fulfilled            |   released             |   units
 * +------------------------+------------------------+
 * </pre>
 */
final class ReservationLines {

    /** Words of a line. */
    static final int WORDS = 3;

    private ReservationLines() {}

    static long cell(final int store, final int sku) {
        return pair(sku, store);
    }

    static int store(final long cell) {
        return low(cell);
    }

    static int sku(final long cell) {
        return high(cell);
    }

    static long pair(final int high, final int low) {
        return (long) high << 32 | low & 0xffff_ffffL;
    }

    static int high(final long pair) {
        return (int) (pair >>> 32);
    }

    static int low(final long pair) {
        return (int) pair;
    }

    /** Units of a line that are still reserved, while the reservation is live. */
    static int left(final long quantities, final long closed) {
        return low(quantities) - high(closed) - low(closed);
    }
}
