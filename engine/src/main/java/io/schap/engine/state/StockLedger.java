package io.schap.engine.state;

import org.agrona.DirectBuffer;

/** The state machine; its tables follow. */
public final class StockLedger {

    /** An empty ledger; the first command must be genesis. */
    public StockLedger() {}

    /**
     * Applies one command.
     *
     * @param sequence place of the command in the journal.
     * @param timeMs   the batch's time, never less than that of the command before.
     * @param command  where the command lies.
     * @param offset   of its first byte.
     * @param length   in bytes.
     * @param effects  is told every changed row.
     * @return the length of the answer, which lies in {@link #answer()} until the next call.
     */
    public int apply(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int offset,
            final int length,
            final EffectSink effects) {
        throw new UnsupportedOperationException();
    }

    /**
     * The last answer.
     *
     * @return the same buffer at every call.
     */
    public DirectBuffer answer() {
        throw new UnsupportedOperationException();
    }

    /**
     * The hash over all logical rows.
     *
     * @return 64 bits.
     */
    public long stateHash() {
        throw new UnsupportedOperationException();
    }

    /**
     * The last applied sequence.
     *
     * @return 0 when empty.
     */
    public long lastSequence() {
        throw new UnsupportedOperationException();
    }

    /**
     * The last applied time.
     *
     * @return milliseconds since 1970.
     */
    public long lastTimeMs() {
        throw new UnsupportedOperationException();
    }

    /**
     * The earliest deadline of a live reservation.
     *
     * @return milliseconds since 1970, {@link Long#MAX_VALUE} for none.
     */
    public long nextDeadlineMs() {
        throw new UnsupportedOperationException();
    }

    /**
     * The logic version in force.
     *
     * @return from 1.
     */
    public int logicVersion() {
        throw new UnsupportedOperationException();
    }

    /**
     * The settings in force.
     *
     * @return null before genesis.
     */
    public LedgerSettings settings() {
        throw new UnsupportedOperationException();
    }

    /**
     * Live reservations.
     *
     * @return how many.
     */
    public int liveReservations() {
        throw new UnsupportedOperationException();
    }
}
