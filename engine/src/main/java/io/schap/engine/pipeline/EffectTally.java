package io.schap.engine.pipeline;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.EffectSink;

/** Counts effects that the status shows. */
final class EffectTally implements EffectSink {

    private static final int EXPIRED = ReservationStatus.EXPIRED.ordinal();

    private long expirations;
    private long answersForgotten;

    @Override
    public void reservationChanged(
            final long number,
            final int stateBefore,
            final int stateAfter,
            final long deadlineBefore,
            final long deadlineAfter) {
        if (stateAfter == EXPIRED && stateBefore != EXPIRED) {
            expirations++;
        }
    }

    @Override
    public void answerForgotten(final long keyHi, final long keyLo, final long sequence) {
        answersForgotten++;
    }

    long expirations() {
        return expirations;
    }

    long answersForgotten() {
        return answersForgotten;
    }
}
