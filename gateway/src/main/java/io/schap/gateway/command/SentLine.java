package io.schap.gateway.command;

import io.schap.engine.view.StockView;
import io.schap.gateway.query.Lookup;

/**
 * A line of a reservation, or of a step on it, as it was sent.
 *
 * @param store        the store's code, null where a step leaves it out.
 * @param sku          the SKU's code.
 * @param quantity     units.
 * @param storePointer where the store's code stands.
 * @param skuPointer   where the SKU's code stands.
 */
record SentLine(String store, String sku, long quantity, String storePointer, String skuPointer) {

    private static final int ANY_STORE = -1;

    /** The same line with more units. */
    SentLine plus(final long more) {
        return new SentLine(store, sku, quantity + more, storePointer, skuPointer);
    }

    /**
     * The line with indexes for codes.
     *
     * @param view where they are looked up.
     * @return the line; its store is -1 where none was sent.
     * @throws io.schap.gateway.http.Refusal that names both codes, and points to the first that is unknown.
     */
    Found find(final StockView view) {
        final int storeIndex = store == null ? ANY_STORE : view.storeIndex(store);
        if (storeIndex < 0 && store != null) {
            throw Lookup.unknownStore(store)
                    .with("sku", sku)
                    .with("pointer", storePointer)
                    .refusal();
        }
        final int skuIndex = view.skuIndex(sku);
        if (skuIndex < 0) {
            final var problem = Lookup.unknownSku(sku).with("pointer", skuPointer);
            throw (store == null ? problem : problem.with("store", store)).refusal();
        }
        return new Found(storeIndex, skuIndex, (int) quantity);
    }

    /**
     * A line whose codes are known.
     *
     * @param store    the store's index, -1 for none.
     * @param sku      the SKU's index.
     * @param quantity units.
     */
    record Found(int store, int sku, int quantity) {}
}
