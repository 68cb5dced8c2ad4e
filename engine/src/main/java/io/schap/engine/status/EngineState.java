package io.schap.engine.status;

/** Where an engine stands. The ordinal stands in the status file: constants are only ever added at the end. */
public enum EngineState {
    /** Recovers, and takes nothing yet. */
    STARTING,
    /** Takes commands. */
    RUNNING,
    /** Reads go on; commands are answered that there is no room in the journal, until there is again. */
    STORAGE_FULL,
    /** Finishes what is in the ring, takes nothing new. */
    DRAINING,
    /** Stopped by a fault: what was not answered has an unknown fate. */
    HALTED,
    /** Ended in order. */
    CLOSED;

    private static final EngineState[] BY_ORDINAL = values();

    /**
     * The constant of an encoded state.
     *
     * @param ordinal as the status file holds it.
     * @return the constant.
     * @throws IllegalArgumentException for a number that is none.
     */
    public static EngineState of(final long ordinal) {
        if (ordinal < 0 || ordinal >= BY_ORDINAL.length) {
            throw new IllegalArgumentException("unknown engine state: ordinal=" + ordinal);
        }
        return BY_ORDINAL[(int) ordinal];
    }

    /**
     * Whether commands are taken, be it to answer that there is no room.
     *
     * @return true for {@link #RUNNING} and {@link #STORAGE_FULL}.
     */
    public boolean takesCommands() {
        return this == RUNNING || this == STORAGE_FULL;
    }
}
