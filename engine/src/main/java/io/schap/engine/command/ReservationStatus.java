package io.schap.engine.command;

/** Where a reservation stands. The ordinal stands in answers and checkpoints: constants are only ever added at the end. */
public enum ReservationStatus {
    /** Not a state: no such reservation is known. */
    NONE,
    /** Units are held until the deadline. */
    HELD,
    /** Paid for or promised; held for pickup, with or without a deadline. */
    CONFIRMED,
    /** Closed by a hand-over. */
    FULFILLED,
    /** Closed by a release. */
    RELEASED,
    /** Closed by its deadline. */
    EXPIRED;

    private static final ReservationStatus[] BY_ORDINAL = values();

    /**
     * The constant of an encoded state.
     *
     * @param state an ordinal.
     * @return the constant; {@link #NONE} for a number that is none.
     */
    public static ReservationStatus of(final int state) {
        return state >= 0 && state < BY_ORDINAL.length ? BY_ORDINAL[state] : NONE;
    }

    /**
     * Whether units are still reserved.
     *
     * @return true for {@link #HELD} and {@link #CONFIRMED}.
     */
    public boolean isLive() {
        return this == HELD || this == CONFIRMED;
    }
}
