package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.FulfilDecoder;
import io.schap.engine.command.sbe.ReleaseDecoder;

/** Fulfil and release, whole or by lines. Everything is checked before anything is written. */
final class HandOvers {

    private final LedgerState state;
    private final ReservationTable reservations;
    private final ReservationSteps steps;
    private final int[] stores = new int[Limits.MAX_LINES];
    private final int[] skus = new int[Limits.MAX_LINES];
    private final int[] quantities = new int[Limits.MAX_LINES];
    private final long[] asked = new long[Limits.MAX_LINES];
    private int count;

    HandOvers(final LedgerState state, final ReservationSteps steps) {
        this.state = state;
        this.reservations = state.reservations;
        this.steps = steps;
    }

    int fulfil(final FulfilDecoder command) {
        count = 0;
        for (final FulfilDecoder.LinesDecoder line = command.lines(); line.hasNext(); ) {
            line.next();
            add(line.store(), line.sku(), line.quantity());
        }
        return settle(command.reservation(), ReservationSteps.FULFILLED);
    }

    int release(final ReleaseDecoder command) {
        count = 0;
        for (final ReleaseDecoder.LinesDecoder line = command.lines(); line.hasNext(); ) {
            line.next();
            add(line.store(), line.sku(), line.quantity());
        }
        return settle(command.reservation(), ReservationSteps.RELEASED);
    }

    private void add(final int store, final int sku, final int quantity) {
        stores[count] = store;
        skus[count] = sku;
        quantities[count] = quantity;
        count++;
    }

    private int settle(final long number, final int how) {
        for (int i = 0; i < count; i++) {
            final boolean isWellFormed = quantities[i] >= 1
                    && quantities[i] <= Limits.MAX_QUANTITY
                    && state.isSku(skus[i])
                    && (stores[i] == -1 || state.isStore(stores[i]));
            if (!isWellFormed) {
                return state.answer.refused(ResultCode.MALFORMED);
            }
        }
        final int slot = steps.touch(number);
        if (slot == ReservationTable.NONE) {
            return steps.refuseMissing(number, count == 0 ? how : ReservationStatus.NONE.ordinal());
        }
        if (!reservations.isLive(slot)) {
            return count == 0 && reservations.state(slot) == how
                    ? state.answer.reservation(ResultCode.OK, reservations, slot)
                    : steps.refuseClosed(slot);
        }
        final int lines = reservations.lineCount(slot);
        final int refusal = count == 0 ? askAll(slot, lines) : askLines(slot, lines);
        if (refusal != 0) {
            return refusal;
        }
        if (how == ReservationSteps.FULFILLED) {
            for (int line = 0; line < lines; line++) {
                if (asked[line] > 0 && !mayHandOver(slot, line)) {
                    return refuseRange(slot, line);
                }
            }
        }
        carryOut(slot, lines, how);
        return state.answer.reservation(ResultCode.OK, reservations, slot);
    }

    private int askAll(final int slot, final int lines) {
        for (int line = 0; line < lines; line++) {
            asked[line] = steps.left(slot, line);
        }
        return 0;
    }

    /** Adds up what is asked of each line; the length of a refusal, or 0. */
    private int askLines(final int slot, final int lines) {
        for (int line = 0; line < lines; line++) {
            asked[line] = 0;
        }
        for (int i = 0; i < count; i++) {
            final int line = stores[i] >= 0 ? steps.lineOf(slot, stores[i], skus[i]) : onlyLineOf(slot, skus[i]);
            if (line == AMBIGUOUS) {
                return refuse(ResultCode.AMBIGUOUS_LINE, slot, i, quantities[i], 0);
            }
            if (line < 0) {
                return refuse(ResultCode.EXCEEDS_RESERVED, slot, i, quantities[i], 0);
            }
            asked[line] += quantities[i];
            final int left = steps.left(slot, line);
            if (asked[line] > left) {
                return refuse(ResultCode.EXCEEDS_RESERVED, slot, i, asked[line], left);
            }
        }
        return 0;
    }

    private static final int AMBIGUOUS = -2;

    private int onlyLineOf(final int slot, final int sku) {
        int found = -1;
        for (int line = 0; line < reservations.lineCount(slot); line++) {
            final long cell = reservations.linePage(slot, line)[reservations.linePlace(slot, line)];
            if (ReservationLines.sku(cell) == sku) {
                if (found >= 0) {
                    return AMBIGUOUS;
                }
                found = line;
            }
        }
        return found;
    }

    private boolean mayHandOver(final int slot, final int line) {
        final long cellOfLine = reservations.linePage(slot, line)[reservations.linePlace(slot, line)];
        final long[] run = state.cells.runAcquire(ReservationLines.sku(cellOfLine));
        final long counters = CellTable.counters(run, CellTable.find(run, ReservationLines.store(cellOfLine)));
        return Counters.onHand(counters) - asked[line] >= -Limits.MAX_QUANTITY;
    }

    private void carryOut(final int slot, final int lines, final int how) {
        reservations.open(slot);
        for (int line = 0; line < lines; line++) {
            if (asked[line] > 0) {
                steps.settle(slot, line, (int) asked[line], how);
            }
        }
        final int after = steps.left(slot) == 0 ? how : reservations.state(slot);
        steps.close(slot, after, reservations.deadlineMs(slot));
    }

    private int refuse(
            final ResultCode why, final int slot, final int asked, final long requested, final long possible) {
        return state.answer.refused(
                why,
                reservations.number(slot),
                reservations.state(slot),
                stores[asked],
                skus[asked],
                requested,
                possible);
    }

    private int refuseRange(final int slot, final int line) {
        final long cell = reservations.linePage(slot, line)[reservations.linePlace(slot, line)];
        return state.answer.refused(
                ResultCode.QUANTITY_OUT_OF_RANGE,
                reservations.number(slot),
                reservations.state(slot),
                ReservationLines.store(cell),
                ReservationLines.sku(cell),
                asked[line],
                0);
    }
}
