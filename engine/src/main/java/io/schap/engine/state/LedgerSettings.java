package io.schap.engine.state;

/**
 * Limits and defaults that {@code apply} depends on. They are journaled: with the genesis command, and with each
 * configure command after it.
 *
 * @param maxStores                most stores, 1 to 65,535.
 * @param maxSkus                  most SKUs, from 1.
 * @param maxChannels              most sales channels, 1 to 256.
 * @param maxLiveReservations      most live reservations, from 1.
 * @param closedReservationsKept   closed reservations that stay readable, from 0.
 * @param defaultHoldSeconds       the hold of a reservation that names none, in seconds.
 * @param defaultLowStockThreshold the low stock threshold of a store that has none, in units.
 * @param answersKept              most remembered answers, from 1.
 * @param answersKeptBytes         most bytes of remembered answers.
 * @param answersKeptMs            how long an answer is remembered, in milliseconds.
 */
public record LedgerSettings(
        int maxStores,
        int maxSkus,
        int maxChannels,
        int maxLiveReservations,
        int closedReservationsKept,
        int defaultHoldSeconds,
        int defaultLowStockThreshold,
        int answersKept,
        long answersKeptBytes,
        long answersKeptMs) {

    /** What a new data directory starts with. */
    public static final LedgerSettings DEFAULTS = new LedgerSettings(
            65_535, 16_000_000, 256, 10_000_000, 1_000_000, 900, 2, 10_000_000, 8L << 30, 24L * 3_600_000);
}
