package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Everything that can be read of a ledger, as plain values to be compared whole.
 *
 * @param clock        sequence, time and logic version.
 * @param settings     those in force, null before genesis.
 * @param reservations how many are live, and the like.
 * @param channels     names of sales channels, by index.
 * @param stores       rows, by index.
 * @param skus         rows, by index.
 * @param storeCodes   indexes of stores, by code.
 * @param skuCodes     indexes of SKUs, by code.
 * @param gtins        SKUs that have a GTIN, by GTIN.
 * @param policies     own policies of stores, by index, see {@link io.schap.engine.state.Policies}.
 * @param cells        the cells that changed at least once.
 * @param kept         live reservations and closed ones that are kept whole.
 * @param evicted      closing states of those that are not.
 */
public record LedgerState(
        Clock clock,
        LedgerSettings settings,
        Reservations reservations,
        List<String> channels,
        List<StoreRow> stores,
        List<SkuRow> skus,
        SortedMap<String, Integer> storeCodes,
        SortedMap<String, Integer> skuCodes,
        Map<Long, Integer> gtins,
        List<Long> policies,
        SortedMap<CellAt, Cell> cells,
        SortedMap<Long, Reservation> kept,
        SortedMap<Long, ReservationStatus> evicted) {

    /** Where the ledger stands. */
    public record Clock(long sequence, long timeMs, int logicVersion) {}

    /** How many reservations are live, the earliest deadline of them, and the highest number issued. */
    public record Reservations(int live, long nextDeadlineMs, long last) {}

    /** Where a cell is; ordered by SKU, then store. */
    public record CellAt(int store, int sku) implements Comparable<CellAt> {
        @Override
        public int compareTo(final CellAt other) {
            return sku != other.sku ? Integer.compare(sku, other.sku) : Integer.compare(store, other.store);
        }
    }

    /** A cell: units, the policy in force, its own policy and its version. */
    public record Cell(
            int onHand,
            int reserved,
            int available,
            int safetyStock,
            int lowStockThreshold,
            long ownPolicy,
            int version) {

        /** What an untouched cell looks like under the policy in force. */
        public static Cell untouched(final int safetyStock, final int lowStockThreshold) {
            return new Cell(0, 0, 0, safetyStock, lowStockThreshold, 0, 0);
        }
    }

    /** A reservation that is kept whole. */
    public record Reservation(
            ReservationStatus state,
            int channel,
            Answer.Times times,
            List<Answer.Line> lines,
            String owner,
            String reference,
            String paymentReference) {}

    /** The cell, or null when it never changed. */
    public Cell cell(final int store, final int sku) {
        return cells.get(new CellAt(store, sku));
    }

    /** The reservation, or null when it is not kept whole. */
    public Reservation reservation(final long number) {
        return kept.get(number);
    }
}
