package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.ConfirmDecoder;
import io.schap.engine.command.sbe.ExtendDecoder;
import io.schap.engine.command.sbe.TickDecoder;

/**
 * What happens to a reservation after it was made: confirm, extend, expiry, and the settling of its units, on which
 * fulfil, release, supersession and sales against a reservation stand.
 */
final class ReservationSteps {

    static final int HELD = ReservationStatus.HELD.ordinal();
    static final int CONFIRMED = ReservationStatus.CONFIRMED.ordinal();
    static final int FULFILLED = ReservationStatus.FULFILLED.ordinal();
    static final int RELEASED = ReservationStatus.RELEASED.ordinal();
    static final int EXPIRED = ReservationStatus.EXPIRED.ordinal();

    private final LedgerState state;
    private final ReservationTable reservations;
    private final byte[] texts = new byte[3 * Limits.MAX_TEXT_BYTES + 8];

    ReservationSteps(final LedgerState state) {
        this.state = state;
        this.reservations = state.reservations;
    }

    /** The slot of a number, its reservation expired first where its deadline has passed; or {@link ReservationTable#NONE}. */
    int touch(final long number) {
        final int slot = reservations.slotOf(number);
        if (slot != ReservationTable.NONE && reservations.isLive(slot)) {
            final long deadlineMs = reservations.deadlineMs(slot);
            if (deadlineMs != 0 && deadlineMs <= state.timeMs) {
                closeAll(slot, EXPIRED);
            }
        }
        return slot;
    }

    /** The answer to a step on a number without a record: never issued, or closed and no longer kept. */
    int refuseMissing(final long number, final int stateThatHolds) {
        final int closed = closedState(number);
        if (closed == ReservationStatus.NONE.ordinal()) {
            return state.answer.refused(ResultCode.UNKNOWN_RESERVATION, number, closed);
        }
        return closed == stateThatHolds
                ? state.answer.done(-1, false, 0)
                : state.answer.refused(ResultCode.RESERVATION_CLOSED, number, closed);
    }

    /** The state in which an evicted reservation closed, or that of NONE where the number was never issued. */
    int closedState(final long number) {
        final int closed = number < 1 || number > reservations.lastNumber()
                ? 0
                : reservations.numbers().closedState(number);
        return closed == 0 ? ReservationStatus.NONE.ordinal() : closed + CONFIRMED;
    }

    int refuseClosed(final int slot) {
        return state.answer.refused(ResultCode.RESERVATION_CLOSED, reservations.number(slot), reservations.state(slot));
    }

    int confirm(final ConfirmDecoder command) {
        final int seconds = command.pickupSeconds();
        if (seconds != 0 && (seconds < Limits.MIN_PICKUP_SECONDS || seconds > Limits.MAX_PICKUP_SECONDS)) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        final int slot = touch(command.reservation());
        if (slot == ReservationTable.NONE) {
            return refuseMissing(command.reservation(), ReservationStatus.NONE.ordinal());
        }
        if (reservations.state(slot) == HELD) {
            reservations.open(slot);
            final int length = command.paymentReferenceLength();
            if (length > 0) {
                final int before = reservations.texts(slot, texts);
                final int at = (before & 0xff) + (before >>> 8 & 0xff);
                command.getPaymentReference(texts, at, length);
                reservations.setTexts(slot, texts, before & 0xffff | length << 16);
            }
            reservations.setPayment(slot, command.paymentHi() ^ Long.rotateLeft(command.paymentLo(), 32));
            close(slot, CONFIRMED, seconds == 0 ? 0 : state.timeMs + seconds * 1_000L);
        } else if (reservations.state(slot) != CONFIRMED) {
            return refuseClosed(slot);
        }
        return state.answer.reservation(ResultCode.OK, reservations, slot);
    }

    int extend(final ExtendDecoder command) {
        final boolean ofPickup = command.ofPickup() == 1;
        final int seconds = command.seconds();
        final int least = ofPickup ? Limits.MIN_PICKUP_SECONDS : Limits.MIN_HOLD_SECONDS;
        final int most = ofPickup ? Limits.MAX_PICKUP_SECONDS : Limits.MAX_HOLD_SECONDS;
        if (command.ofPickup() > 1 || seconds < least || seconds > most) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        final int slot = touch(command.reservation());
        if (slot == ReservationTable.NONE) {
            return refuseMissing(command.reservation(), ReservationStatus.NONE.ordinal());
        }
        if (!reservations.isLive(slot)) {
            return refuseClosed(slot);
        }
        final int now = reservations.state(slot);
        if (now != (ofPickup ? CONFIRMED : HELD)) {
            return state.answer.refused(ResultCode.WRONG_DEADLINE_KIND, reservations.number(slot), now);
        }
        final long deadlineMs = state.timeMs + seconds * 1_000L;
        if (deadlineMs != reservations.deadlineMs(slot)) {
            reservations.open(slot);
            close(slot, now, deadlineMs);
        }
        return state.answer.reservation(ResultCode.OK, reservations, slot);
    }

    int tick(final TickDecoder command) {
        final int most = command.maxExpirations();
        if (most < 1 || most > Limits.MAX_EXPIRATIONS_PER_TICK) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        int expired = 0;
        final DeadlineHeap deadlines = reservations.deadlines();
        while (expired < most && deadlines.firstDeadlineMs() <= state.timeMs) {
            closeAll(deadlines.firstSlot(), EXPIRED);
            expired++;
        }
        return state.answer.done(-1, false, expired);
    }

    /** Closes a live reservation: all units left are handed over, released or expire, as the state says. */
    void closeAll(final int slot, final int stateAfter) {
        reservations.open(slot);
        for (int line = 0; line < reservations.lineCount(slot); line++) {
            final int left = left(slot, line);
            if (left > 0) {
                settle(slot, line, left, stateAfter);
            }
        }
        close(slot, stateAfter, reservations.deadlineMs(slot));
    }

    /** Units of a line that are still reserved, while the reservation is live. */
    int left(final int slot, final int line) {
        final long[] page = reservations.linePage(slot, line);
        final int at = reservations.linePlace(slot, line);
        return ReservationLines.left(page[at + 1], page[at + 2]);
    }

    /** Units of all lines that are still reserved. */
    long left(final int slot) {
        long left = 0;
        for (int line = 0; line < reservations.lineCount(slot); line++) {
            left += left(slot, line);
        }
        return left;
    }

    /** The line of a cell, or -1. */
    int lineOf(final int slot, final int store, final int sku) {
        final long wanted = ReservationLines.cell(store, sku);
        for (int line = 0; line < reservations.lineCount(slot); line++) {
            if (reservations.linePage(slot, line)[reservations.linePlace(slot, line)] == wanted) {
                return line;
            }
        }
        return -1;
    }

    /** Takes units of a line out of what is reserved, and for a hand-over off the shelf; within open and close. */
    void settle(final int slot, final int line, final int units, final int how) {
        final long cellOfLine = reservations.linePage(slot, line)[reservations.linePlace(slot, line)];
        final int store = ReservationLines.store(cellOfLine);
        final int sku = ReservationLines.sku(cellOfLine);
        final long[] run = state.cells.runAcquire(sku);
        final int cell = CellTable.find(run, store);
        final long counters = CellTable.counters(run, cell);
        final int onHand = Counters.onHand(counters) - (how == FULFILLED ? units : 0);
        state.changeCounters(run, cell, store, sku, Counters.of(onHand, Counters.reserved(counters) - units));
        if (how != EXPIRED) {
            settleLine(slot, line, units, how);
        }
    }

    /** Records on a line what was handed over or released of it; within open and close. */
    void settleLine(final int slot, final int line, final int units, final int how) {
        final long[] page = reservations.linePage(slot, line);
        final int at = reservations.linePlace(slot, line);
        final long before = page[at + 2];
        final long after = how == FULFILLED
                ? ReservationLines.pair(ReservationLines.high(before) + units, ReservationLines.low(before))
                : ReservationLines.pair(ReservationLines.high(before), ReservationLines.low(before) + units);
        reservations.setLineClosed(slot, line, after);
        state.effects.lineChanged(reservations.number(slot), line, page[at + 1], before, after);
    }

    /** Ends a change that was begun with open: tells it, and drops closed reservations over the bound. */
    void close(final int slot, final int stateAfter, final long deadlineAfter) {
        final int stateBefore = reservations.state(slot);
        final long deadlineBefore = reservations.deadlineMs(slot);
        reservations.close(slot, stateAfter, deadlineAfter, state.sequence);
        state.effects.reservationChanged(
                reservations.number(slot), stateBefore, stateAfter, deadlineBefore, deadlineAfter);
        if (stateAfter > CONFIRMED) {
            evictClosed();
        }
    }

    /** Drops the longest closed over the bound; the one just closed is the last of at least one that stays. */
    private void evictClosed() {
        final SlotQueue closed = reservations.closed();
        for (int i = 0; i < 2 && closed.size() > state.settings.closedReservationsKept(); i++) {
            final int slot = closed.get(0);
            final long number = reservations.number(slot);
            final int closedState = reservations.state(slot);
            reservations.evictFirstClosed();
            state.effects.reservationEvicted(number, closedState);
        }
    }
}
