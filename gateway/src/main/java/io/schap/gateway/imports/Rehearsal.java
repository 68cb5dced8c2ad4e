package io.schap.gateway.imports;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.view.StockView;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * A dry run: each row is held against the books as they stand and against the rows before it, and nothing is written. It
 * says what the file would do if it were sent now and nothing else happened meanwhile. What is remembered of the rows before
 * is the units of cells that would be others than they are, up to {@link ImportLimits#MAX_REHEARSED_CELLS} of them; further
 * ones are held against the books alone.
 */
final class Rehearsal {

    private static final long UNTOUCHED = Long.MIN_VALUE;

    private final StockView view;
    private final ImportOptions options;
    private final ImportTally tally;
    private final TakenAt takenAt;
    private final KeyedHash hash;
    private final MasterDataComparison masterData;
    private final Long2LongHashMap units = new Long2LongHashMap(UNTOUCHED);
    private final LongHashSet made = new LongHashSet();
    private final CellReading cell = new CellReading();
    private final ReservationReading reservation = new ReservationReading();
    private String note = "";

    /**
     * A dry run that begins.
     *
     * @param view    what rows are held against.
     * @param options of the import.
     * @param tally   takes what would become of each row.
     * @param takenAt knows which cells have moved; null where that does not matter.
     */
    Rehearsal(final StockView view, final ImportOptions options, final ImportTally tally, final TakenAt takenAt) {
        this.view = view;
        this.options = options;
        this.tally = tally;
        this.takenAt = takenAt;
        hash = view.newTextHash();
        masterData = new MasterDataComparison(view);
        if (takenAt != null) {
            takenAt.catchUp();
        }
    }

    /** Takes the next row. */
    void take(final Part.Row row) {
        note = "";
        tally.add(row, row.flaw() == null ? result(row.content()) : null, note);
    }

    /** Takes the cells that the file does not name. */
    void takeAbsent(final AbsentCells absent) {
        for (Part part = absent.next(); part != null; part = absent.next()) {
            for (final Part.Row row : part.rows()) {
                tally.addAbsent(row.content(), result(row.content()));
            }
        }
    }

    /** Stores and SKUs that would be made because rows name them. */
    long created() {
        return made.size();
    }

    private ResultCode result(final RowContent content) {
        if (content instanceof final RowContent.Movement fact) {
            final ResultCode unknown = find(content);
            return unknown == ResultCode.OK ? fact(fact) : unknown;
        }
        if (content instanceof final RowContent.Policy policy) {
            final ResultCode unknown = find(content);
            if (unknown == ResultCode.OK && masterData.changes(policy)) {
                tally.wouldChange(0);
            }
            return unknown;
        }
        return masterData(content);
    }

    private ResultCode masterData(final RowContent content) {
        if (content instanceof final RowContent.Product product) {
            note = masterData.takenGtin(product);
            if (!note.isEmpty()) {
                return ResultCode.GTIN_TAKEN;
            }
        }
        final boolean known = content instanceof RowContent.Store
                ? view.storeIndex(content.store()) >= 0
                : view.skuIndex(content.sku()) >= 0;
        if (!known) {
            make(content instanceof RowContent.Store ? "store" : "sku", content.store(), content.sku());
        }
        if (!known || masterData.changes(content)) {
            tally.wouldChange(0);
        }
        return ResultCode.OK;
    }

    /** Whether the codes of a row are known, or would be made. */
    private ResultCode find(final RowContent content) {
        if (view.storeIndex(content.store()) < 0) {
            if (!options.create()) {
                return ResultCode.UNKNOWN_STORE;
            }
            make("store", content.store(), null);
        }
        if (content.sku() != null && view.skuIndex(content.sku()) < 0) {
            if (!options.create()) {
                return ResultCode.UNKNOWN_SKU;
            }
            make("sku", null, content.sku());
        }
        return ResultCode.OK;
    }

    private void make(final String kind, final String store, final String sku) {
        if (made.size() < ImportLimits.MAX_REHEARSED_CELLS) {
            made.add(hashOf(kind, store == null ? sku : store));
        }
    }

    private ResultCode fact(final RowContent.Movement fact) {
        final long key = key(fact);
        final boolean touched = units.containsKey(key);
        final long before = touched ? units.get(key) : onHand(fact);
        if (takenAt != null && (touched || takenAt.hasMoved(fact))
                || fact.expectedOnHand() != null && fact.expectedOnHand() != before) {
            return ResultCode.COUNT_CONFLICT;
        }
        final long difference = switch (fact.type()) {
            case RECEIPT, RETURN, ADJUSTMENT -> fact.quantity();
            case COUNT -> fact.quantity() - before;
            case SALE -> fact.reservation() == 0 ? -fact.quantity() : saleOfReserved(fact);
        };
        if (fact.type() == MovementType.SALE && difference > 0) {
            return ResultCode.UNKNOWN_RESERVATION;
        }
        final long after = before + difference;
        if (Math.abs(after) > Limits.MAX_QUANTITY) {
            return ResultCode.QUANTITY_OUT_OF_RANGE;
        }
        if (difference != 0) {
            tally.wouldChange(difference);
            if (touched || units.size() < ImportLimits.MAX_REHEARSED_CELLS) {
                units.put(key, after);
            }
        }
        return ResultCode.OK;
    }

    private long onHand(final RowContent.Movement fact) {
        final int store = view.storeIndex(fact.store());
        final int sku = view.skuIndex(fact.sku());
        if (store < 0 || sku < 0) {
            return 0;
        }
        view.readCell(store, sku, cell);
        return cell.onHand();
    }

    /** The change of a sale that names a reservation: what was handed over before takes nothing; 1 when there is none. */
    private int saleOfReserved(final RowContent.Movement fact) {
        final long number = fact.reservation();
        if (number < 0 || !view.readReservation(number, reservation)) {
            final ReservationStatus closed = view.evictedState(number);
            if (number < 0 || closed == ReservationStatus.NONE) {
                return 1;
            }
            return closed == ReservationStatus.FULFILLED ? 0 : -fact.quantity();
        }
        for (int i = 0; i < reservation.lineCount(); i++) {
            if (view.store(reservation.store(i)).code().equals(fact.store())
                    && view.sku(reservation.sku(i)).code().equals(fact.sku())) {
                final boolean live = reservation.status() == ReservationStatus.HELD
                        || reservation.status() == ReservationStatus.CONFIRMED;
                final int left = reservation.quantity(i) - reservation.fulfilled(i) - reservation.released(i);
                final int handedOver = live ? Math.min(fact.quantity(), left) : 0;
                return Math.min(fact.quantity() - handedOver, reservation.fulfilled(i)) - fact.quantity();
            }
        }
        return -fact.quantity();
    }

    private long key(final RowContent.Movement fact) {
        final int store = view.storeIndex(fact.store());
        final int sku = view.skuIndex(fact.sku());
        return store >= 0 && sku >= 0 ? (long) store << 32 | sku : hashOf(fact.store(), fact.sku()) | Long.MIN_VALUE;
    }

    private long hashOf(final String first, final String second) {
        final byte[] bytes = (first + '\0' + second).getBytes(StandardCharsets.UTF_8);
        hash.hash(bytes, 0, bytes.length);
        return hash.hi();
    }
}
