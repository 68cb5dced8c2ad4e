package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StockLedger;
import io.schap.engine.state.StoreRow;
import io.schap.engine.view.StockView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** The real ledger behind the common door, read through its view. */
public final class RealLedger implements LedgerDoor {

    private final StockLedger ledger = new StockLedger();
    private final StockView view = new StockView(ledger);
    private final EffectLog log = new EffectLog();
    private List<Effect> effects = List.of();

    @Override
    public Answer apply(
            final long sequence, final long timeMs, final DirectBuffer command, final int offset, final int length) {
        final int answerLength = ledger.apply(sequence, timeMs, command, offset, length, log);
        view.publish(sequence);
        effects = log.drain();
        return Answer.decode(ledger.answer(), 0, answerLength);
    }

    @Override
    public List<Effect> effects() {
        return effects;
    }

    @Override
    public void check() {
        LedgerInvariants.check(ledger);
    }

    /** The hash over all rows. */
    public long stateHash() {
        return ledger.stateHash();
    }

    /** The ledger itself. */
    public StockLedger ledger() {
        return ledger;
    }

    @Override
    public int skuByGtin(final long gtin) {
        return view.skuByGtin(gtin);
    }

    @Override
    public LedgerState.Cell readCell(final int store, final int sku) {
        final CellReading reading = new CellReading();
        view.readCell(store, sku, reading);
        require(reading.available() == view.available(store, sku), "available", store, sku);
        require(reading.shortfall() == Math.max(0, reading.reserved() - reading.onHand()), "shortfall", store, sku);
        return new LedgerState.Cell(
                reading.onHand(),
                reading.reserved(),
                reading.available(),
                reading.safetyStock(),
                reading.lowStockThreshold(),
                view.cellPolicy(store, sku),
                reading.version());
    }

    @Override
    public LedgerState state(final long fromReservation) {
        require(view.sequence() == ledger.lastSequence(), "sequence", view.sequence(), ledger.lastSequence());
        final List<StoreRow> stores = new ArrayList<>();
        final List<Long> policies = new ArrayList<>();
        for (int i = 0; i < view.storeCount(); i++) {
            stores.add(view.store(i));
            policies.add(view.storePolicy(i));
        }
        final List<SkuRow> skus = new ArrayList<>();
        for (int i = 0; i < view.skuCount(); i++) {
            skus.add(view.sku(i));
        }
        final SortedMap<Long, LedgerState.Reservation> kept = new TreeMap<>();
        final SortedMap<Long, ReservationStatus> evicted = new TreeMap<>();
        readReservations(fromReservation, kept, evicted);
        return new LedgerState(
                new LedgerState.Clock(ledger.lastSequence(), ledger.lastTimeMs(), ledger.logicVersion()),
                ledger.settings(),
                new LedgerState.Reservations(
                        ledger.liveReservations(), ledger.nextDeadlineMs(), view.lastReservation()),
                channels(),
                stores,
                skus,
                indexes(view.storesByCode(), view::storeIndex),
                indexes(view.skusByCode(), view::skuIndex),
                gtins(skus),
                policies,
                cells(stores.size(), skus.size()),
                kept,
                evicted);
    }

    private List<String> channels() {
        final List<String> channels = new ArrayList<>();
        for (int i = 0; view.channelName(i) != null; i++) {
            require(view.channelIndex(view.channelName(i)) == i, "channel", i, view.channelName(i));
            channels.add(view.channelName(i));
        }
        return channels;
    }

    /** Finds a code's index; so the two overloads of the view can be passed by name. */
    private interface CodeIndex {
        int of(String code);
    }

    private static SortedMap<String, Integer> indexes(final Map<String, Integer> byCode, final CodeIndex index) {
        byCode.forEach((code, of) -> require(index.of(code) == of, "code", code, of));
        return new TreeMap<>(byCode);
    }

    private Map<Long, Integer> gtins(final List<SkuRow> skus) {
        final Map<Long, Integer> gtins = new HashMap<>();
        skus.forEach(sku -> sku.gtins().forEach(gtin -> gtins.put(gtin, view.skuByGtin(gtin))));
        return gtins;
    }

    private SortedMap<LedgerState.CellAt, LedgerState.Cell> cells(final int stores, final int skus) {
        final SortedMap<LedgerState.CellAt, LedgerState.Cell> cells = new TreeMap<>();
        for (int sku = 0; sku < skus; sku++) {
            int next = view.nextStoreOfSku(sku, -1);
            for (int store = 0; store < stores; store++) {
                final boolean had = view.readCell(store, sku, new CellReading());
                require(had == (store == next), "swept store", next, store);
                if (had) {
                    next = view.nextStoreOfSku(sku, store);
                    cells.put(new LedgerState.CellAt(store, sku), readCell(store, sku));
                } else {
                    final LedgerState.Cell cell = readCell(store, sku);
                    final LedgerState.Cell untouched =
                            LedgerState.Cell.untouched(cell.safetyStock(), cell.lowStockThreshold());
                    require(cell.equals(untouched), "untouched cell", store, cell);
                }
            }
            require(next == -1, "swept store", next, -1);
        }
        return cells;
    }

    private void readReservations(
            final long from,
            final SortedMap<Long, LedgerState.Reservation> kept,
            final SortedMap<Long, ReservationStatus> evicted) {
        final ReservationReading reading = new ReservationReading();
        for (long number = Math.max(1, from); number <= view.lastReservation(); number++) {
            final boolean whole = view.readReservation(number, reading);
            final ReservationStatus state = view.evictedState(number);
            require(whole == (state == ReservationStatus.NONE), "evicted", number, state);
            if (whole) {
                require(reading.number() == number, "number", reading.number(), number);
                kept.put(number, read(reading));
            } else {
                evicted.put(number, state);
            }
        }
        require(!view.readReservation(0, reading), "reservation", 0, true);
        require(!view.readReservation(view.lastReservation() + 1, reading), "reservation", "next", true);
    }

    private static LedgerState.Reservation read(final ReservationReading reading) {
        final List<Answer.Line> lines = new ArrayList<>();
        for (int i = 0; i < reading.lineCount(); i++) {
            lines.add(new Answer.Line(
                    reading.store(i),
                    reading.sku(i),
                    reading.requested(i),
                    reading.quantity(i),
                    reading.fulfilled(i),
                    reading.released(i)));
        }
        return new LedgerState.Reservation(
                reading.status(),
                reading.channel(),
                new Answer.Times(reading.createdAtMs(), reading.deadlineMs(), reading.changedSequence()),
                lines,
                reading.owner(),
                reading.reference(),
                reading.paymentReference());
    }

    private static void require(final boolean condition, final String what, final Object first, final Object second) {
        if (!condition) {
            throw new AssertionError("view broken: " + what + ": " + first + ", " + second);
        }
    }
}
