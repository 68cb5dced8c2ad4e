package io.schap.gateway.imports;

import io.schap.engine.view.StockView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which cells a stock file names, so that those which it does not name can be found: a bit for each SKU of each of its
 * stores, so memory follows the chain and not the file. A row that was rejected still names its cell. A row of which nobody
 * can tell which cell it is of might be any cell's: then the cells that the file leaves out are left alone, in its store
 * where at least that is clear, else in all.
 */
final class FileCells {

    private static final int MAX_LISTED = 100;

    private final StockView view;
    private final BitSet stores = new BitSet();
    private final BitSet unclearStores = new BitSet();
    private final List<BitSet> named = new ArrayList<>();
    private long unclearLine;
    private boolean allUnclear;

    FileCells(final StockView view) {
        this.view = view;
    }

    /** A row that was, or may have been, taken: its store is one of the file's. */
    void add(final RowContent content) {
        final int store = view.storeIndex(content.store());
        if (store >= 0) {
            stores.set(store);
            name(store, view.skuIndex(content.sku()));
        }
    }

    /**
     * A row that was rejected for itself.
     *
     * @param line  on which it begins.
     * @param store its code as it stands there, null when it cannot be read.
     * @param sku   its code as it stands there, null when it cannot be read.
     */
    void addRejected(final long line, final String store, final String sku) {
        if (store != null && sku != null) {
            final int index = view.storeIndex(store);
            if (index >= 0) {
                name(index, view.skuIndex(sku));
            }
            return;
        }
        unclearLine = unclearLine == 0 ? line : unclearLine;
        if (store == null) {
            allUnclear = true;
        } else if (view.storeIndex(store) >= 0) {
            unclearStores.set(view.storeIndex(store));
        }
    }

    private void name(final int store, final int sku) {
        while (named.size() <= store) {
            named.add(null);
        }
        if (named.get(store) == null) {
            named.set(store, new BitSet());
        }
        if (sku >= 0) {
            named.get(store).set(sku);
        }
    }

    /** Whether a cell is of one of the file's stores, is not named, and may be set to zero. */
    boolean isAbsent(final int store, final int sku) {
        return stores.get(store)
                && !allUnclear
                && !unclearStores.get(store)
                && !named.get(store).get(sku);
    }

    /** The first line of which it is not clear which cell it names; 0 for none. */
    long unclearLine() {
        return unclearLine;
    }

    /** Codes of the file's stores whose cells are left alone, at most a hundred of them. */
    List<String> storesLeft() {
        final List<String> codes = new ArrayList<>();
        for (int i = stores.nextSetBit(0); i >= 0 && codes.size() < MAX_LISTED; i = stores.nextSetBit(i + 1)) {
            if (allUnclear || unclearStores.get(i)) {
                codes.add(view.store(i).code());
            }
        }
        return codes;
    }
}
