package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import java.util.List;

/** A reservation; immutable. */
record NaiveReservation(
        long number,
        ReservationStatus state,
        int channel,
        Answer.Times times,
        List<Answer.Line> lines,
        byte[] owner,
        byte[] reference,
        byte[] paymentReference) {

    boolean isLive() {
        return state.isLive();
    }

    /** Live, with a deadline that the time has reached. */
    boolean isOverdue(final long nowMs) {
        return isLive() && times.deadlineMs() > 0 && times.deadlineMs() <= nowMs;
    }

    /** Units of a line that are still reserved. */
    int left(final int line) {
        final Answer.Line of = lines.get(line);
        return isLive() ? of.quantity() - of.fulfilled() - of.released() : 0;
    }

    /** Whether no unit of any line is still reserved. */
    boolean isUsedUp() {
        return lines.stream().allMatch(line -> line.quantity() == line.fulfilled() + line.released());
    }

    /** The line of a cell, or -1. */
    int lineOf(final int store, final int sku) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).store() == store && lines.get(i).sku() == sku) {
                return i;
            }
        }
        return -1;
    }

    /** How many lines have the SKU. */
    long linesOf(final int sku) {
        return lines.stream().filter(line -> line.sku() == sku).count();
    }

    NaiveReservation withState(final ReservationStatus other) {
        return new NaiveReservation(number, other, channel, times, lines, owner, reference, paymentReference);
    }

    NaiveReservation withLines(final List<Answer.Line> others) {
        return new NaiveReservation(
                number, state, channel, times, List.copyOf(others), owner, reference, paymentReference);
    }

    NaiveReservation withDeadline(final long deadlineMs) {
        return withTimes(new Answer.Times(times.createdAtMs(), deadlineMs, times.changedSequence()));
    }

    NaiveReservation changedAt(final long sequence) {
        return withTimes(new Answer.Times(times.createdAtMs(), times.deadlineMs(), sequence));
    }

    NaiveReservation withPaymentReference(final byte[] text) {
        return new NaiveReservation(number, state, channel, times, lines, owner, reference, text);
    }

    private NaiveReservation withTimes(final Answer.Times others) {
        return new NaiveReservation(number, state, channel, others, lines, owner, reference, paymentReference);
    }

    Answer.Reservation answer(final Answer.Head head) {
        return new Answer.Reservation(
                head, number, state, channel, times, lines, Answer.Texts.of(owner, reference, paymentReference));
    }
}
