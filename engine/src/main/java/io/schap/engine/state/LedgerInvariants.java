package io.schap.engine.state;

import io.schap.engine.command.ReservationStatus;
import java.util.HashMap;
import java.util.Map;

/** Checks a whole ledger against what must always hold between two commands. For tests and for verifying a journal. */
public final class LedgerInvariants {

    private final LedgerState state;
    private final ReservationTable reservations;
    private final Map<Long, Long> reserved = new HashMap<>();
    private long hash;

    private LedgerInvariants(final StockLedger ledger) {
        state = ledger.state();
        reservations = state.reservations;
    }

    /**
     * Checks that the reserved units of each cell are the sum of its live lines, that each live reservation with a deadline
     * is found by the expiry order and no other, that lists, indexes and counts agree, and that the hash equals one made
     * anew from all rows.
     *
     * @param ledger between two commands, on the writer's thread.
     * @throws AssertionError that names what is broken.
     */
    public static void check(final StockLedger ledger) {
        final LedgerInvariants check = new LedgerInvariants(ledger);
        check.master();
        check.reservations();
        check.cells();
        check.deadlines();
        check.answers();
        require(check.hash == check.state.hash.sum(), "hash of all rows", check.state.hash.sum(), check.hash);
    }

    private void master() {
        final MasterData master = state.master;
        for (int i = 0; i < master.storeCount(); i++) {
            final StoreRow row = master.store(i);
            require(master.storeCodes().find(row.code()) == i, "store found by its code", row.code(), i);
            hash += MasterData.storeHash(row) + MasterData.storePolicyHash(i, master.storePolicy(i));
        }
        long gtins = 0;
        for (int i = 0; i < master.skuCount(); i++) {
            final SkuRow row = master.sku(i);
            require(master.skuCodes().find(row.code()) == i, "SKU found by its code", row.code(), i);
            for (final Long gtin : row.gtins()) {
                require(master.skuByGtin(gtin) == i, "SKU found by its GTIN", gtin, i);
            }
            gtins += row.gtins().size();
            hash += MasterData.skuHash(row);
        }
        require(gtins == master.gtinCount(), "GTINs", gtins, master.gtinCount());
        for (int i = 0; i < master.channelCount(); i++) {
            hash += MasterData.channelHash(i, master.channelName(i));
        }
    }

    private void reservations() {
        long live = 0;
        long withDeadline = 0;
        long closed = 0;
        for (int slot = 0; slot < reservations.slotCount(); slot++) {
            final int stateNow = reservations.state(slot);
            if (stateNow == ReservationStatus.NONE.ordinal()) {
                continue;
            }
            final long number = reservations.number(slot);
            require(reservations.slotOf(number) == slot, "reservation found by its number", number, slot);
            final long[] page = reservations.page(slot);
            final int base = reservations.base(slot);
            hash += ReservationTable.identityHash(page, base) + ReservationTable.statusHash(page, base);
            lines(slot, number);
            if (reservations.isLive(slot)) {
                live++;
                final int place = reservations.heapPlace(slot);
                if (reservations.deadlineMs(slot) == 0) {
                    require(place == DeadlineHeap.NOWHERE, "no deadline, no place in the order", number, place);
                } else {
                    withDeadline++;
                    require(reservations.deadlines().slotAt(place) == slot, "deadline in the order", number, place);
                }
            } else {
                closed++;
            }
        }
        require(live == reservations.liveCount(), "live reservations", live, reservations.liveCount());
        require(
                closed == reservations.closed().size(),
                "closed reservations",
                closed,
                reservations.closed().size());
        require(
                withDeadline == reservations.deadlines().size(),
                "deadlines",
                withDeadline,
                reservations.deadlines().size());
        closedList();
        for (long number = 1; number <= reservations.lastNumber(); number++) {
            final int gone = reservations.numbers().closedState(number);
            require(gone == 0 == (reservations.slotOf(number) >= 0), "kept or evicted", number, gone);
            if (gone != 0) {
                hash += ReservationTable.evictedHash(number, gone + ReservationStatus.CONFIRMED.ordinal());
            }
        }
    }

    private void lines(final int slot, final long number) {
        long left = 0;
        for (int line = 0; line < reservations.lineCount(slot); line++) {
            final long[] page = reservations.linePage(slot, line);
            final int at = reservations.linePlace(slot, line);
            hash += ReservationTable.lineHash(page, at, number, line);
            final int leftOfLine = ReservationLines.left(page[at + 1], page[at + 2]);
            require(leftOfLine >= 0, "units left of a line", number, leftOfLine);
            left += leftOfLine;
            if (reservations.isLive(slot)) {
                reserved.merge(page[at], (long) leftOfLine, Long::sum);
            }
        }
        final boolean isSettled = reservations.state(slot) == ReservationStatus.FULFILLED.ordinal()
                || reservations.state(slot) == ReservationStatus.RELEASED.ordinal();
        require(!isSettled || left == 0, "units left of a settled reservation", number, left);
        require(!reservations.isLive(slot) || left > 0, "units left of a live reservation", number, left);
    }

    private void closedList() {
        long sequence = 0;
        for (int i = 0; i < reservations.closed().size(); i++) {
            final int slot = reservations.closed().get(i);
            require(!reservations.isLive(slot), "closed in the list of closed", reservations.number(slot), slot);
            require(
                    reservations.changedSequence(slot) >= sequence,
                    "closed in order",
                    sequence,
                    reservations.changedSequence(slot));
            sequence = reservations.changedSequence(slot);
        }
    }

    private void cells() {
        long count = 0;
        for (int sku = 0; sku < state.master.skuCount(); sku++) {
            final long[] run = state.cells.runAcquire(sku);
            if (run == null) {
                continue;
            }
            for (int store = CellTable.nextStore(run, -1);
                    store != CellTable.NONE;
                    store = CellTable.nextStore(run, store)) {
                count++;
                final int cell = CellTable.find(run, store);
                final long counters = CellTable.counters(run, cell);
                final int version = (int) CellTable.tailAcquire(run, cell);
                hash += RowHash.cell(sku, store, counters, version, state.cells.policy(run, cell));
                final Long lines = reserved.remove(ReservationLines.cell(store, sku));
                require(
                        (lines == null ? 0 : lines) == Counters.reserved(counters),
                        "reserved of sku=" + sku + ", store=" + store,
                        lines,
                        Counters.reserved(counters));
            }
        }
        require(count == state.cells.cellCount(), "cells", count, state.cells.cellCount());
        reserved.values().removeIf(units -> units == 0);
        require(reserved.isEmpty(), "reserved units without a cell", reserved, 0);
    }

    private void deadlines() {
        final DeadlineHeap deadlines = reservations.deadlines();
        for (int place = 1; place < deadlines.size(); place++) {
            final int parent = (place - 1) / DeadlineHeap.CHILDREN;
            final long above = deadlines.deadlineAt(parent);
            final long here = deadlines.deadlineAt(place);
            final boolean isInOrder = above < here
                    || above == here
                            && reservations.number(deadlines.slotAt(parent))
                                    < reservations.number(deadlines.slotAt(place));
            require(isInOrder, "order of deadlines", parent, place);
            require(
                    here == reservations.deadlineMs(deadlines.slotAt(place)),
                    "deadline in the order and in the record",
                    here,
                    reservations.deadlineMs(deadlines.slotAt(place)));
        }
    }

    private void answers() {
        final AnswerMemory answers = state.answers;
        long live = 0;
        for (long entry = answers.first(); entry != AnswerMemory.NONE; entry = answers.next(entry)) {
            if (answers.isDead(entry)) {
                hash += AnswerMemory.deadHash(answers.rowHash(entry));
            } else {
                live++;
                hash += answers.rowHash(entry);
                final long found = answers.find(answers.keyHi(entry), answers.keyLo(entry));
                require(found == entry, "answer found by its key", entry, found);
            }
        }
        require(live == answers.live(), "remembered answers", live, answers.live());
    }

    private static void require(final boolean holds, final String what, final Object one, final Object other) {
        if (!holds) {
            throw new AssertionError("broken invariant: " + what + ": one=" + one + ", other=" + other);
        }
    }
}
