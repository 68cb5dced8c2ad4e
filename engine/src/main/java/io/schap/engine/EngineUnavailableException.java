package io.schap.engine;

/** A command that a thread waits for got no answer: the engine halted or closed, or the deadline passed. */
public final class EngineUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean taken;

    EngineUnavailableException(final String message, final boolean taken) {
        super(message);
        this.taken = taken;
    }

    /**
     * Whether the engine had taken the command, so that its fate is unknown: ask again with the same key.
     *
     * @return false when nothing was applied.
     */
    public boolean isFateUnknown() {
        return taken;
    }
}
