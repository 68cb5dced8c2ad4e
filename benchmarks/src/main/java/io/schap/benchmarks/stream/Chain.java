package io.schap.benchmarks.stream;

import io.schap.engine.command.MovementType;
import io.schap.engine.state.LedgerSettings;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A made-up chain: how many stores and SKUs it has, and which stores have which SKU. SKU {@code s} lies in {@code
 * storesPerSku} stores, evenly spaced from store {@code s % stores} on, so that a dense chain has every cell and a sparse
 * one has every n-th.
 *
 * @param stores       how many.
 * @param skus         how many.
 * @param storesPerSku how many stores have each SKU.
 * @param answersKept  remembered answers at most.
 * @param closedKept   closed reservations that are kept whole.
 */
public record Chain(int stores, int skus, int storesPerSku, int answersKept, int closedKept) {

    /** When the chain opens, in milliseconds since 1970. */
    public static final long OPENING_MS = 1_750_000_000_000L;

    /** What each cell holds at first: enough that no reservation of a measurement is ever refused. */
    public static final int OPENING_UNITS = 1_000_000;

    private static final int ROWS = 24;

    /**
     * A chain in which every store has every SKU.
     *
     * @param stores how many.
     * @param cells  how many cells.
     * @return the chain, with 10 M answers remembered.
     */
    public static Chain dense(final int stores, final int cells) {
        return new Chain(stores, cells / stores, stores, 10_000_000, 1_000_000);
    }

    /**
     * How many cells it has.
     *
     * @return stores of all SKUs together.
     */
    public int cells() {
        return skus * storesPerSku;
    }

    /**
     * The SKU of a cell.
     *
     * @param cell 0 to {@code cells() - 1}.
     * @return its index.
     */
    public int skuOf(final int cell) {
        return cell / storesPerSku;
    }

    /**
     * The store of a cell.
     *
     * @param cell 0 to {@code cells() - 1}.
     * @return its index.
     */
    public int storeOf(final int cell) {
        final int sku = cell / storesPerSku;
        final int nth = cell - sku * storesPerSku;
        final int store = sku % stores + nth * (stores / storesPerSku);
        return store < stores ? store : store - stores;
    }

    /**
     * The commands that make stores, SKUs and the sales channel, in front of everything else.
     *
     * @param sink takes them.
     */
    public void writeMasterData(final CommandSink sink) {
        final LedgerSettings defaults = LedgerSettings.DEFAULTS;
        final LedgerSettings settings = new LedgerSettings(
                defaults.maxStores(),
                defaults.maxSkus(),
                defaults.maxChannels(),
                defaults.maxLiveReservations(),
                closedKept,
                defaults.defaultHoldSeconds(),
                defaults.defaultLowStockThreshold(),
                answersKept,
                defaults.answersKeptBytes(),
                defaults.answersKeptMs());
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);
        final CommandWriter writer = new CommandWriter(false);
        sink.take(OPENING_MS, buffer, 0, writer.genesis(buffer, 0, settings));
        sink.take(OPENING_MS, buffer, 0, writer.putChannel(buffer, 0, "web"));
        for (int i = 0; i < stores; i++) {
            sink.take(OPENING_MS, buffer, 0, writer.putStore(buffer, 0, "s" + i));
        }
        for (int i = 0; i < skus; i++) {
            sink.take(OPENING_MS, buffer, 0, writer.putSku(buffer, 0, "sku-" + i));
        }
    }

    /**
     * The commands that fill every cell, by store within a SKU, 24 rows each, without keys.
     *
     * @param sink takes them.
     */
    public void writeOpeningStock(final CommandSink sink) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);
        final CommandWriter writer = new CommandWriter(false);
        final int count = cells();
        for (int cell = 0; cell < count; cell += ROWS) {
            final int rows = Math.min(ROWS, count - cell);
            writer.beginMovements(buffer, 0, rows);
            for (int i = cell; i < cell + rows; i++) {
                writer.row(MovementType.COUNT.ordinal(), storeOf(i), skuOf(i), OPENING_UNITS);
            }
            sink.take(OPENING_MS, buffer, 0, writer.endMovements());
        }
    }
}
