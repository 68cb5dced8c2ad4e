package io.schap.engine.state;

import io.schap.engine.command.Limits;

/**
 * Limits and defaults that {@code apply} depends on. They are journaled: with the genesis command, and with each
 * configure command after it.
 *
 * @param maxStores                most stores, 1 to 65,535.
 * @param maxSkus                  most SKUs, from 1.
 * @param maxChannels              most sales channels, 1 to 256.
 * @param maxLiveReservations      most live reservations, from 1.
 * @param closedReservationsKept   closed reservations that stay readable, from 1.
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

    /** Most bytes of remembered answers that can be asked for: what a reference of 32 bits to 8-byte words can reach. */
    public static final long MAX_ANSWERS_KEPT_BYTES = 16L << 30;

    /** Longest time that answers can be kept, in milliseconds: 30 days. */
    public static final long MAX_ANSWERS_KEPT_MS = 30L * 24 * 3_600_000;

    /** Most closed or live reservations that can be asked for. */
    public static final int MAX_RESERVATIONS = 100_000_000;

    /**
     * What is wrong with these settings.
     *
     * @return a sentence that names the setting, its value and its bounds; null where all are within them.
     */
    public String fault() {
        String fault = outside("maxStores", maxStores, 1, CellTable.MAX_STORES);
        fault = fault != null ? fault : outside("maxSkus", maxSkus, 1, Integer.MAX_VALUE);
        fault = fault != null ? fault : outside("maxChannels", maxChannels, 1, MasterData.MAX_CHANNELS);
        fault = fault != null ? fault : outside("maxLiveReservations", maxLiveReservations, 1, MAX_RESERVATIONS);
        fault = fault != null ? fault : outside("closedReservationsKept", closedReservationsKept, 1, MAX_RESERVATIONS);
        fault = fault != null
                ? fault
                : outside("defaultHoldSeconds", defaultHoldSeconds, Limits.MIN_HOLD_SECONDS, Limits.MAX_HOLD_SECONDS);
        fault = fault != null
                ? fault
                : outside("defaultLowStockThreshold", defaultLowStockThreshold, 0, Limits.MAX_QUANTITY);
        fault = fault != null ? fault : outside("answersKept", answersKept, 1, Integer.MAX_VALUE);
        fault = fault != null
                ? fault
                : outside("answersKeptBytes", answersKeptBytes, Limits.MAX_ANSWER_BYTES, MAX_ANSWERS_KEPT_BYTES);
        return fault != null ? fault : outside("answersKeptMs", answersKeptMs, 0, MAX_ANSWERS_KEPT_MS);
    }

    private static String outside(final String name, final long value, final long least, final long most) {
        return value >= least && value <= most ? null : name + " is " + value + "; it may be " + least + " to " + most;
    }
}
