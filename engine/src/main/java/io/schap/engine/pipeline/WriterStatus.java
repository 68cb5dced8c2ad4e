package io.schap.engine.pipeline;

import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusFile;
import io.schap.engine.status.StatusHistogram;

/** What the writer writes to the status file: a little for each batch, the rest when {@link #UPDATE_MS} have passed. */
final class WriterStatus {

    private static final long UPDATE_MS = 100;

    private final StatusFile file;
    private final Stages stages;
    private final EffectTally tally;
    private long updatedMs;

    WriterStatus(final StatusFile file, final Stages stages, final EffectTally tally) {
        this.file = file;
        this.stages = stages;
        this.tally = tally;
        file.set(StatusCounter.RING_SLOTS, stages.ring().slots());
        file.set(StatusCounter.LAST_SEQUENCE, stages.ledger().lastSequence());
        file.set(StatusCounter.LAST_TIME_MS, stages.ledger().lastTimeMs());
    }

    void state(final EngineState state) {
        file.set(StatusCounter.STATE, state.ordinal());
        if (state == EngineState.STORAGE_FULL) {
            file.add(StatusCounter.STORAGE_FULL_EPISODES, 1);
        }
    }

    void answered(final int code) {
        file.countAnswer(code);
    }

    void ticked() {
        file.add(StatusCounter.TICKS, 1);
    }

    void gathered(final int ringFill, final long gatherNs) {
        file.set(StatusCounter.RING_FILL, ringFill);
        file.record(StatusHistogram.RING_FILL, ringFill);
        file.record(StatusHistogram.GATHER_NS, gatherNs);
    }

    void journaled(final int bytes, final long appendNs, final long forceNs, final boolean forced) {
        file.add(StatusCounter.BATCH_BYTES, bytes);
        file.record(StatusHistogram.BATCH_BYTES, bytes);
        file.record(StatusHistogram.APPEND_NS, appendNs);
        if (forced) {
            file.add(StatusCounter.FORCES, 1);
            file.record(StatusHistogram.FORCE_NS, forceNs);
        }
    }

    void applied(final int commands, final long timeMs, final long applyNs) {
        file.add(StatusCounter.BATCHES, 1);
        file.add(StatusCounter.COMMANDS, commands);
        file.record(StatusHistogram.BATCH_COMMANDS, commands);
        file.record(StatusHistogram.APPLY_NS, applyNs);
        file.set(StatusCounter.LAST_SEQUENCE, stages.ledger().lastSequence());
        file.set(StatusCounter.LAST_TIME_MS, timeMs);
    }

    void answeredAll(final int creditFill, final int wakeUps, final long answerNs, final long batchNs) {
        file.record(StatusHistogram.CREDIT_FILL_PER_MILLE, creditFill);
        file.add(StatusCounter.WAKE_UPS, wakeUps);
        file.record(StatusHistogram.ANSWER_NS, answerNs);
        file.record(StatusHistogram.BATCH_NS, batchNs);
    }

    /** What need not be exact at every batch. */
    void update(final BatchClock clock, final long timeMs) {
        final long nowMs = clock.wallMs();
        if (nowMs - updatedMs < UPDATE_MS && nowMs >= updatedMs) {
            return;
        }
        updateNow(clock, timeMs);
    }

    void updateNow(final BatchClock clock, final long timeMs) {
        updatedMs = clock.wallMs();
        file.set(StatusCounter.LIVE_RESERVATIONS, stages.ledger().liveReservations());
        file.set(StatusCounter.EXPIRATIONS, tally.expirations());
        file.set(StatusCounter.ANSWERS_FORGOTTEN, tally.answersForgotten());
        file.set(StatusCounter.ANSWERS_FORGOTTEN_EARLY, stages.ledger().answersForgottenEarly());
        file.set(StatusCounter.REFUSED_RING_FULL, stages.ring().refused());
        file.set(StatusCounter.REFUSED_NO_CREDIT, stages.answers().refusedNoCredit());
        stages.answers().takeStock();
        file.set(StatusCounter.PORTS, stages.answers().openPorts());
        file.set(StatusCounter.CREDITS, stages.answers().credits());
        file.set(StatusCounter.CREDITS_USED, stages.answers().creditsUsed());
        file.set(StatusCounter.WAKE_UPS_FAILED, stages.answers().failedWakeUps());
        file.set(StatusCounter.CLOCK_JUMPS, clock.jumps());
        file.set(StatusCounter.CLOCK_LAG_MS, updatedMs - timeMs);
        file.set(StatusCounter.UPDATED_MS, updatedMs);
    }

    void fault(final Throwable fault, final long timeMs) {
        file.fault(fault, timeMs);
    }
}
