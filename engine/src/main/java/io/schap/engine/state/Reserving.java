package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.ReserveDecoder;
import java.util.Arrays;

/** Makes reservations: all lines or none, or what there is. Everything is checked before anything is written. */
final class Reserving {

    private final LedgerState state;
    private final ReservationTable reservations;
    private final ReservationSteps steps;
    private final int[] stores = new int[Limits.MAX_LINES];
    private final int[] skus = new int[Limits.MAX_LINES];
    private final int[] requested = new int[Limits.MAX_LINES];
    private final int[] available = new int[Limits.MAX_LINES];
    private final long[] sorted = new long[Limits.MAX_LINES];
    private final long[] hashes = new long[4];
    private final byte[] texts = new byte[3 * Limits.MAX_TEXT_BYTES + 8];
    private int count;

    Reserving(final LedgerState state, final ReservationSteps steps) {
        this.state = state;
        this.reservations = state.reservations;
        this.steps = steps;
    }

    int reserve(final ReserveDecoder command) {
        if (!decodeLines(command)) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        int superseded = ReservationTable.NONE;
        final long number = command.supersedes();
        if (number != 0) {
            superseded = steps.touch(number);
            if (superseded == ReservationTable.NONE) {
                return steps.refuseMissing(number, ReservationStatus.NONE.ordinal());
            }
            if (reservations.state(superseded) != ReservationSteps.HELD) {
                return steps.refuseClosed(superseded);
            }
        }
        for (int i = 0; i < count; i++) {
            if (!state.master.isActive(stores[i], skus[i])) {
                return state.answer.refused(
                        ResultCode.NOT_ACTIVE,
                        0,
                        ReservationStatus.NONE.ordinal(),
                        stores[i],
                        skus[i],
                        requested[i],
                        0);
            }
        }
        final int live = reservations.liveCount() - (superseded == ReservationTable.NONE ? 0 : 1);
        final int most = state.settings.maxLiveReservations();
        if (live >= most) {
            return state.answer.refused(
                    ResultCode.HOLD_LIMIT, 0, ReservationStatus.NONE.ordinal(), -1, -1, live + 1L, most);
        }
        final boolean partial = command.allowPartial() == 1;
        if (!isThereEnough(superseded, partial)) {
            return refuseShort(partial);
        }
        if (superseded != ReservationTable.NONE) {
            steps.closeAll(superseded, ReservationSteps.RELEASED);
        }
        return state.answer.reservation(ResultCode.CREATED, reservations, make(command));
    }

    /** Decodes the lines; false where the command asks what cannot be. */
    private boolean decodeLines(final ReserveDecoder command) {
        final int hold = command.holdSeconds();
        final int channel = command.envelope().channel();
        if (hold < 0
                || hold > Limits.MAX_HOLD_SECONDS
                || command.allowPartial() > 1
                || channel < 0
                || channel >= state.master.channelCount()) {
            return false;
        }
        count = 0;
        for (final ReserveDecoder.LinesDecoder line = command.lines(); line.hasNext(); ) {
            line.next();
            final int quantity = line.quantity();
            if (!state.isStore(line.store())
                    || !state.isSku(line.sku())
                    || quantity < 1
                    || quantity > Limits.MAX_QUANTITY) {
                return false;
            }
            stores[count] = line.store();
            skus[count] = line.sku();
            requested[count] = quantity;
            count++;
        }
        return count > 0 && !hasDuplicates();
    }

    private boolean hasDuplicates() {
        if (count == 1) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            sorted[i] = ReservationLines.cell(stores[i], skus[i]);
        }
        Arrays.sort(sorted, 0, count);
        for (int i = 1; i < count; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return true;
            }
        }
        return false;
    }

    /** Finds what each line can take; whether that is enough. */
    private boolean isThereEnough(final int superseded, final boolean partial) {
        boolean all = true;
        boolean any = false;
        for (int i = 0; i < count; i++) {
            available[i] = available(stores[i], skus[i], superseded);
            all &= available[i] >= requested[i];
            any |= available[i] > 0;
        }
        return partial ? any : all;
    }

    private int available(final int store, final int sku, final int superseded) {
        final long[] run = state.cells.runAcquire(sku);
        final int cell = run == null ? CellTable.NONE : CellTable.find(run, store);
        if (cell == CellTable.NONE) {
            return 0;
        }
        long counters = CellTable.counters(run, cell);
        if (superseded != ReservationTable.NONE) {
            final int line = steps.lineOf(superseded, store, sku);
            if (line >= 0) {
                counters = Counters.of(
                        Counters.onHand(counters), Counters.reserved(counters) - steps.left(superseded, line));
            }
        }
        return Counters.available(counters, state.safetyStock(run, cell, store));
    }

    private int refuseShort(final boolean partial) {
        int shortLines = 0;
        for (int i = 0; i < count; i++) {
            shortLines += partial || available[i] < requested[i] ? 1 : 0;
        }
        state.answer.beginShortStock(shortLines);
        for (int i = 0; i < count; i++) {
            if (partial || available[i] < requested[i]) {
                state.answer.shortfall(stores[i], skus[i], requested[i], available[i]);
            }
        }
        return state.answer.endShortStock();
    }

    private int make(final ReserveDecoder command) {
        hashes[0] = command.ownerHi();
        hashes[1] = command.ownerLo();
        hashes[2] = command.referenceHi();
        hashes[3] = command.referenceLo();
        final int slot = reservations.make(
                count, command.envelope().channel(), command.envelope().actor(), state.timeMs, hashes);
        final long number = reservations.number(slot);
        for (int i = 0; i < count; i++) {
            final int granted = Math.min(requested[i], available[i]);
            if (granted > 0) {
                take(stores[i], skus[i], granted);
            }
            final long quantities = ReservationLines.pair(requested[i], granted);
            reservations.setLine(slot, i, ReservationLines.cell(stores[i], skus[i]), quantities);
            state.effects.lineChanged(number, i, quantities, 0, 0);
        }
        final int owner = command.ownerLength();
        command.getOwner(texts, 0, owner);
        final int reference = command.referenceLength();
        command.getReference(texts, owner, reference);
        reservations.setTexts(slot, texts, owner | reference << 8);
        final int hold = command.holdSeconds();
        final int seconds = hold == 0 ? state.settings.defaultHoldSeconds() : hold;
        steps.close(slot, ReservationSteps.HELD, state.timeMs + seconds * 1_000L);
        return slot;
    }

    private void take(final int store, final int sku, final int units) {
        final long[] run = state.cells.runAcquire(sku);
        final int cell = CellTable.find(run, store);
        final long counters = CellTable.counters(run, cell);
        final int reserved = Counters.reserved(counters) + units;
        assert Counters.onHand(counters) - (long) reserved >= state.safetyStock(run, cell, store)
                : "a request took what is not there: store=" + store + ", sku=" + sku + ", units=" + units;
        state.changeCounters(run, cell, store, sku, Counters.of(Counters.onHand(counters), reserved));
    }
}
