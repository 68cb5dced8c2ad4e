package io.schap.engine.state;

/**
 * The counters of a cell in one word, so that one load reads both.
 *
 * <pre>
 *  63                    32 31                     0
 * +------------------------+------------------------+
 * |   onHand (signed)      |   reserved             |   units
 * +------------------------+------------------------+
 * </pre>
 */
public final class Counters {

    private Counters() {}

    /**
     * The word of two counters.
     *
     * @param onHand   units on hand, -1,000,000,000 to 1,000,000,000.
     * @param reserved units reserved, 0 to 1,000,000,000.
     * @return the word.
     */
    public static long of(final int onHand, final int reserved) {
        return (long) onHand << 32 | reserved & 0xffff_ffffL;
    }

    /**
     * Units on hand.
     *
     * @param counters a word.
     * @return units, below 0 when a till sold what the books did not have.
     */
    public static int onHand(final long counters) {
        return (int) (counters >> 32);
    }

    /**
     * Units reserved.
     *
     * @param counters a word.
     * @return units.
     */
    public static int reserved(final long counters) {
        return (int) counters;
    }

    /**
     * What a reservation can take.
     *
     * @param counters    a word.
     * @param safetyStock units never promised.
     * @return {@code max(0, onHand - reserved - safetyStock)}, units.
     */
    public static int available(final long counters, final int safetyStock) {
        final long left = (counters >> 32) - (int) counters - safetyStock;
        return left > 0 ? (int) left : 0;
    }
}
