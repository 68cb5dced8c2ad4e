package io.schap.engine.command;

/**
 * When a stock fact happened, as a command holds it: milliseconds since 1970, negative before that, and 0 when it was not
 * given. So the one millisecond whose number is 0 has another, which no time has.
 */
public final class OccurredAt {

    /** The time was not given. */
    public static final long NOT_GIVEN = 0;

    private static final long START_OF_1970 = Long.MIN_VALUE;

    private OccurredAt() {}

    /**
     * What a command holds of a time that was given.
     *
     * @param timeMs milliseconds since 1970.
     * @return never {@link #NOT_GIVEN}.
     */
    public static long given(final long timeMs) {
        return timeMs == 0 ? START_OF_1970 : timeMs;
    }

    /**
     * The time that was given.
     *
     * @param held what a command holds, not {@link #NOT_GIVEN}.
     * @return milliseconds since 1970.
     */
    public static long timeMs(final long held) {
        return held == START_OF_1970 ? 0 : held;
    }
}
