package io.schap.gateway.net;

import java.util.concurrent.TimeUnit;

/**
 * Where a connection stands with the request that it is at.
 *
 * <pre>
 *   HEAD ──► BODY ───────► ANSWER ──► HEAD        collected whole, then handed over
 *     │                      ▲
 *     ├────► STREAM ─────────┤                    handed over piece by piece
 *     │         │ answered early
 *     └────► DISCARD ────────┴──► HEAD            nobody wants the rest of the body
 *   any ──► CLOSING                               the last answer is on its way
 * </pre>
 */
enum Stage {
    /** Waits for a request. */
    HEAD(NetLimits.IDLE_SECONDS, NetLimits.IDLE_SECONDS),
    /** Collects a body. */
    BODY(NetLimits.BODY_SECONDS, NetLimits.BODY_PAUSE_SECONDS),
    /** Hands over a body as it comes. */
    STREAM(NetLimits.STREAM_SECONDS, NetLimits.BODY_PAUSE_SECONDS),
    /** Throws away the rest of a body. */
    DISCARD(NetLimits.BODY_SECONDS, NetLimits.BODY_PAUSE_SECONDS),
    /** The whole request was handed over; waits for its answer. */
    ANSWER(NetLimits.ANSWER_SECONDS, NetLimits.ANSWER_SECONDS),
    /** The whole of a streamed request was handed over; waits for its answer. */
    STREAM_ANSWER(NetLimits.STREAM_ANSWER_SECONDS, NetLimits.STREAM_ANSWER_SECONDS),
    /** Waits for the last answer to be read. */
    CLOSING(NetLimits.LINGER_SECONDS, NetLimits.LINGER_SECONDS);

    private final long mostNs;
    private final long mostSilentNs;

    Stage(final int mostSeconds, final int mostSilentSeconds) {
        mostNs = TimeUnit.SECONDS.toNanos(mostSeconds);
        mostSilentNs = TimeUnit.SECONDS.toNanos(mostSilentSeconds);
    }

    /** Whether a request was handed over whole and has no answer yet. */
    boolean isWaiting() {
        return this == ANSWER || this == STREAM_ANSWER;
    }

    /**
     * Whether a connection has been here for too long.
     *
     * @param inStageNs since it came here, in nanoseconds.
     * @param silentNs  since its last byte came, in nanoseconds.
     * @return true if so.
     */
    boolean isLate(final long inStageNs, final long silentNs) {
        return this == HEAD
                ? Math.min(inStageNs, silentNs) > mostNs
                : inStageNs > mostNs || silentNs > mostSilentNs && inStageNs > mostSilentNs;
    }
}
