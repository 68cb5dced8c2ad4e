package io.schap.gateway.imports;

import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.state.Policies;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import io.schap.engine.view.StockView;

/** Whether rows of stores, SKUs and policies say anything that is not so already. */
final class MasterDataComparison {

    private final StockView view;

    MasterDataComparison(final StockView view) {
        this.view = view;
    }

    /** Whether a known store or SKU would become another one than it is. */
    boolean changes(final RowContent content) {
        if (content instanceof final RowContent.Store store) {
            return changes(store, view.store(view.storeIndex(store.store())));
        }
        final RowContent.Product product = (RowContent.Product) content;
        final SkuRow row = view.sku(view.skuIndex(product.sku()));
        return has(product.mask(), SkuFields.NAME) && !row.name().equals(product.name())
                || has(product.mask(), SkuFields.PRICE) && !row.price().equals(product.price())
                || has(product.mask(), SkuFields.GTINS) && !row.gtins().equals(product.gtins());
    }

    private static boolean changes(final RowContent.Store store, final StoreRow row) {
        return has(store.mask(), StoreFields.NAME) && !row.name().equals(store.name())
                || has(store.mask(), StoreFields.KIND) && row.warehouse() != store.warehouse()
                || has(store.mask(), StoreFields.PICKUP) && row.pickup() != store.pickup()
                || has(store.mask(), StoreFields.COUNTRY) && !row.country().equals(store.country())
                || has(store.mask(), StoreFields.LOCATION) && isElsewhere(store.location(), row);
    }

    private static boolean isElsewhere(final double[] location, final StoreRow row) {
        return row.located() != (location != null)
                || location != null && (location[0] != row.latitude() || location[1] != row.longitude());
    }

    /** Whether a policy would become another one than it is; one of what is not there yet has no values. */
    boolean changes(final RowContent.Policy policy) {
        final int store = view.storeIndex(policy.store());
        final int sku = policy.sku() == null ? -1 : view.skuIndex(policy.sku());
        long own = Policies.NONE;
        if (store >= 0 && policy.sku() == null) {
            own = view.storePolicy(store);
        } else if (store >= 0 && sku >= 0) {
            own = view.cellPolicy(store, sku);
        }
        return changes(policy.safetyStock(), Policies.isSafetyStockSet(own), Policies.safetyStock(own))
                || changes(
                        policy.lowThreshold(), Policies.isLowStockThresholdSet(own), Policies.lowStockThreshold(own));
    }

    private static boolean changes(final RowContent.Setting setting, final boolean isSet, final int units) {
        return switch (setting.action()) {
            case PolicyAction.SET -> !isSet || units != setting.units();
            case PolicyAction.CLEAR -> isSet;
            default -> false;
        };
    }

    /** The GTIN of a SKU that another one has, as an error names it; empty for none. */
    String takenGtin(final RowContent.Product product) {
        for (final Long gtin : product.gtins()) {
            final int owner = view.skuByGtin(gtin);
            if (owner >= 0 && owner != view.skuIndex(product.sku())) {
                return gtin + " of SKU " + RowRejected.quote(view.sku(owner).code());
            }
        }
        return "";
    }

    private static boolean has(final int mask, final int field) {
        return (mask & field) != 0;
    }
}
