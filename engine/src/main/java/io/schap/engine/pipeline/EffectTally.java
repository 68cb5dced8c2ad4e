package io.schap.engine.pipeline;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.EffectSink;
import io.schap.engine.view.MovedCells;

/** Counts effects that the status shows, and passes on which cells changed. */
final class EffectTally implements EffectSink {

    private static final int EXPIRED = ReservationStatus.EXPIRED.ordinal();

    private final MovedCells moved;
    private long expirations;
    private long answersForgotten;

    EffectTally(final MovedCells moved) {
        this.moved = moved;
    }

    @Override
    public void cellChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {
        moved.cellChanged(store, sku, before, after, versionAfter);
    }

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
