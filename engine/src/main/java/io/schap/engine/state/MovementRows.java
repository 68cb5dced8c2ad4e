package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MovementsDecoder;

/** Stock facts. Each row stands for itself; a fact is refused only for an unknown code, a failed comparison or a bound. */
final class MovementRows {

    private final LedgerState state;
    private final ReservationTable reservations;
    private final ReservationSteps steps;
    private long[] run;
    private int cell;

    MovementRows(final LedgerState state, final ReservationSteps steps) {
        this.state = state;
        this.reservations = state.reservations;
        this.steps = steps;
    }

    int apply(final MovementsDecoder command) {
        MovementsDecoder.RowsDecoder row = command.rows();
        final int count = row.count();
        boolean isWellFormed = count > 0;
        while (isWellFormed && row.hasNext()) {
            row.next();
            isWellFormed = isWellFormed(row);
            skipTexts(row);
        }
        if (!isWellFormed) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        command.sbeRewind();
        row = command.rows();
        state.answer.beginMovements(count);
        while (row.hasNext()) {
            row.next();
            applyRow(row);
            skipTexts(row);
        }
        return state.answer.endMovements();
    }

    private static void skipTexts(final MovementsDecoder.RowsDecoder row) {
        row.skipOwner();
        row.skipReference();
        row.skipReason();
        row.skipPaymentReference();
    }

    private boolean isWellFormed(final MovementsDecoder.RowsDecoder row) {
        final MovementType type = MovementType.of(row.movement());
        final int quantity = row.quantity();
        if (type == null || quantity > Limits.MAX_QUANTITY || quantity < -Limits.MAX_QUANTITY) {
            return false;
        }
        final boolean isSigned = type == MovementType.ADJUSTMENT || type == MovementType.COUNT;
        return (isSigned || quantity >= 1)
                && (row.expected() == 0 || row.expected() == 1 && type == MovementType.COUNT)
                && (row.reservation() == 0 || type == MovementType.SALE)
                && row.channel() >= -1
                && row.channel() < state.master.channelCount()
                && (row.store() == -1 || state.isStore(row.store()))
                && (row.sku() == -1 || state.isSku(row.sku()));
    }

    private void applyRow(final MovementsDecoder.RowsDecoder row) {
        final int store = row.store();
        final int sku = row.sku();
        if (store < 0 || sku < 0) {
            final ResultCode why = store < 0 ? ResultCode.UNKNOWN_STORE : ResultCode.UNKNOWN_SKU;
            state.answer.movement(why, store, sku, 0, Policies.NONE);
            return;
        }
        find(store, sku);
        final MovementType type = MovementType.of(row.movement());
        final ResultCode code = switch (type) {
            case RECEIPT, RETURN -> change(store, sku, row.quantity());
            case ADJUSTMENT -> change(store, sku, row.quantity());
            case COUNT -> count(row, store, sku);
            case SALE -> row.reservation() == 0 ? change(store, sku, -row.quantity()) : saleOfReserved(row, store, sku);
        };
        final long counters = cell == CellTable.NONE ? 0 : CellTable.counters(run, cell);
        final long own = cell == CellTable.NONE ? Policies.NONE : state.cells.policy(run, cell);
        state.answer.movement(code, store, sku, counters, state.policyInForce(own, store));
    }

    private void find(final int store, final int sku) {
        run = state.cells.runAcquire(sku);
        cell = run == null ? CellTable.NONE : CellTable.find(run, store);
    }

    private ResultCode change(final int store, final int sku, final int difference) {
        return change(store, sku, difference, 0);
    }

    /** Changes what is on hand, and takes units out of what is reserved. */
    private ResultCode change(final int store, final int sku, final int difference, final int settled) {
        final long before = cell == CellTable.NONE ? 0 : CellTable.counters(run, cell);
        final long onHand = (long) Counters.onHand(before) + difference;
        if (onHand > Limits.MAX_QUANTITY || onHand < -Limits.MAX_QUANTITY) {
            return ResultCode.QUANTITY_OUT_OF_RANGE;
        }
        if (difference != 0 || settled != 0) {
            if (cell == CellTable.NONE) {
                state.cells.make(sku, store);
                find(store, sku);
            }
            final int reserved = Counters.reserved(before) - settled;
            state.changeCounters(run, cell, store, sku, Counters.of((int) onHand, reserved));
        }
        return ResultCode.OK;
    }

    private ResultCode count(final MovementsDecoder.RowsDecoder row, final int store, final int sku) {
        final int onHand = cell == CellTable.NONE ? 0 : Counters.onHand(CellTable.counters(run, cell));
        if (row.expected() == 1 && row.expectedOnHand() != onHand) {
            return ResultCode.COUNT_CONFLICT;
        }
        return change(store, sku, row.quantity() - onHand);
    }

    /**
     * A till reports a sale that may be the hand-over of a reservation. Units still reserved are handed over; units that
     * were handed over before are the same goods, told twice, and take nothing; what is left is an ordinary sale.
     */
    private ResultCode saleOfReserved(final MovementsDecoder.RowsDecoder row, final int store, final int sku) {
        final long number = row.reservation();
        final int slot = steps.touch(number);
        final int quantity = row.quantity();
        if (slot == ReservationTable.NONE) {
            final int closed = steps.closedState(number);
            if (closed == ReservationStatus.NONE.ordinal()) {
                return ResultCode.UNKNOWN_RESERVATION;
            }
            return change(store, sku, closed == ReservationSteps.FULFILLED ? 0 : -quantity);
        }
        final int line = steps.lineOf(slot, store, sku);
        if (line < 0) {
            return change(store, sku, -quantity);
        }
        final int handedOver = reservations.isLive(slot) ? Math.min(quantity, steps.left(slot, line)) : 0;
        final long closed = reservations.linePage(slot, line)[reservations.linePlace(slot, line) + 2];
        final int toldBefore = Math.min(quantity - handedOver, ReservationLines.high(closed));
        final ResultCode code = change(store, sku, toldBefore - quantity, handedOver);
        if (code == ResultCode.OK && handedOver > 0) {
            reservations.open(slot);
            steps.settleLine(slot, line, handedOver, ReservationSteps.FULFILLED);
            final int after = steps.left(slot) == 0 ? ReservationSteps.FULFILLED : reservations.state(slot);
            steps.close(slot, after, reservations.deadlineMs(slot));
        }
        return code;
    }
}
