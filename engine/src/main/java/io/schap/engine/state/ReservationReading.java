package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;

/** A reservation at one moment; filled by a view, reused by its reader. Texts are UTF-8. */
public final class ReservationReading {

    long number;
    int state;
    int channel;
    long createdAtMs;
    long deadlineMs;
    long changedSequence;
    int lineCount;
    final long[] lines = new long[3 * Limits.MAX_LINES];
    final byte[] texts = new byte[3 * 256];
    final int[] textLengths = new int[3];

    /** An empty reading. */
    public ReservationReading() {}

    /**
     * The reservation's number.
     *
     * @return from 1.
     */
    public long number() {
        return number;
    }

    /**
     * Where it stands.
     *
     * @return its state.
     */
    public ReservationStatus status() {
        return ReservationStatus.of(state);
    }

    /**
     * The sales channel that made it.
     *
     * @return its index.
     */
    public int channel() {
        return channel;
    }

    /**
     * When it was made.
     *
     * @return milliseconds since 1970.
     */
    public long createdAtMs() {
        return createdAtMs;
    }

    /**
     * When it expires, or would have.
     *
     * @return milliseconds since 1970, 0 for never.
     */
    public long deadlineMs() {
        return deadlineMs;
    }

    /**
     * The sequence of its last change.
     *
     * @return a sequence.
     */
    public long changedSequence() {
        return changedSequence;
    }

    /**
     * How many lines it has.
     *
     * @return 1 to 100.
     */
    public int lineCount() {
        return lineCount;
    }

    /**
     * The store of a line.
     *
     * @param line from 0.
     * @return the store's index.
     */
    public int store(final int line) {
        return ReservationLines.store(lines[3 * line]);
    }

    /**
     * The SKU of a line.
     *
     * @param line from 0.
     * @return the SKU's index.
     */
    public int sku(final int line) {
        return ReservationLines.sku(lines[3 * line]);
    }

    /**
     * What the line asked for.
     *
     * @param line from 0.
     * @return units.
     */
    public int requested(final int line) {
        return ReservationLines.high(lines[3 * line + 1]);
    }

    /**
     * What the line was granted.
     *
     * @param line from 0.
     * @return units.
     */
    public int quantity(final int line) {
        return ReservationLines.low(lines[3 * line + 1]);
    }

    /**
     * What of the line was handed over.
     *
     * @param line from 0.
     * @return units.
     */
    public int fulfilled(final int line) {
        return ReservationLines.high(lines[3 * line + 2]);
    }

    /**
     * What of the line was released.
     *
     * @param line from 0.
     * @return units.
     */
    public int released(final int line) {
        return ReservationLines.low(lines[3 * line + 2]);
    }

    /**
     * The owner's code.
     *
     * @return the text, empty for none.
     */
    public String owner() {
        return text(0);
    }

    /**
     * The caller's reference.
     *
     * @return the text, empty for none.
     */
    public String reference() {
        return text(1);
    }

    /**
     * The payment's reference.
     *
     * @return the text, empty for none.
     */
    public String paymentReference() {
        return text(2);
    }

    private String text(final int which) {
        int offset = 0;
        for (int i = 0; i < which; i++) {
            offset += textLengths[i];
        }
        return new String(texts, offset, textLengths[which], java.nio.charset.StandardCharsets.UTF_8);
    }
}
