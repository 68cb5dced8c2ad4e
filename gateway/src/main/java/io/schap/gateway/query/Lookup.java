package io.schap.gateway.query;

import io.schap.engine.view.StockView;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Refusal;

/** From codes to indexes, or to the problem of a code that nobody has. */
public final class Lookup {

    private Lookup() {}

    /**
     * The index of a store that must be there.
     *
     * @param view  where it is looked up.
     * @param store its code.
     * @return its index.
     * @throws Refusal unknown-store.
     */
    public static int store(final StockView view, final String store) {
        final int index = view.storeIndex(store);
        if (index < 0) {
            throw unknownStore(store).refusal();
        }
        return index;
    }

    /**
     * The index of a SKU that must be there.
     *
     * @param view where it is looked up.
     * @param sku  its code.
     * @return its index.
     * @throws Refusal unknown-sku.
     */
    public static int sku(final StockView view, final String sku) {
        final int index = view.skuIndex(sku);
        if (index < 0) {
            throw unknownSku(sku).refusal();
        }
        return index;
    }

    /**
     * The indexes of a store and a SKU that must both be there.
     *
     * @param view  where they are looked up.
     * @param store the store's code.
     * @param sku   the SKU's code.
     * @return the store's index in the high and the SKU's in the low 32 bits.
     * @throws Refusal that names both, with the code of the first that is unknown.
     */
    static long cell(final StockView view, final String store, final String sku) {
        final int storeIndex = view.storeIndex(store);
        if (storeIndex < 0) {
            throw unknownStore(store).with("sku", sku).refusal();
        }
        final int skuIndex = view.skuIndex(sku);
        if (skuIndex < 0) {
            throw unknownSku(sku).with("store", store).refusal();
        }
        return (long) storeIndex << 32 | skuIndex;
    }

    /**
     * The problem of a store's code that nobody has.
     *
     * @param store its code.
     * @return a problem that names it.
     */
    public static Problem unknownStore(final String store) {
        return new Problem(ProblemCode.UNKNOWN_STORE, storeDetail(store)).with("store", store);
    }

    /**
     * The problem of a SKU's code that nobody has.
     *
     * @param sku its code.
     * @return a problem that names it.
     */
    public static Problem unknownSku(final String sku) {
        return new Problem(ProblemCode.UNKNOWN_SKU, skuDetail(sku)).with("sku", sku);
    }

    /**
     * What is said of an unknown store.
     *
     * @param store its code.
     * @return a detail.
     */
    public static String storeDetail(final String store) {
        return "store \"" + store + "\" is not known; it may be the code of a store that was put or imported";
    }

    /**
     * What is said of an unknown SKU.
     *
     * @param sku its code.
     * @return a detail.
     */
    public static String skuDetail(final String sku) {
        return "sku \"" + sku + "\" is not known; it may be the code of a SKU that was put or imported";
    }
}
