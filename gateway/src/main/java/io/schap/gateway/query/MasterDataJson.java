package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import java.io.IOException;
import java.util.List;

/** Stores and SKUs, as answers show them. */
public final class MasterDataJson {

    private static final long[] GTIN_BOUNDS = {100_000_000L, 1_000_000_000_000L, 10_000_000_000_000L};
    private static final int[] GTIN_DIGITS = {8, 12, 13};
    private static final int LONGEST_GTIN = 14;

    private MasterDataJson() {}

    /**
     * The kind of a store.
     *
     * @param store any.
     * @return {@code shop} or {@code warehouse}.
     */
    static String kind(final StoreRow store) {
        return store.warehouse() ? "warehouse" : "shop";
    }

    /**
     * Writes a store.
     *
     * @param json  inside an object.
     * @param store what to write; its index is not looked at.
     * @throws IOException never: what is written lies in memory.
     */
    public static void store(final JsonGenerator json, final StoreRow store) throws IOException {
        json.writeStringField("store", store.code());
        json.writeStringField("name", store.name());
        json.writeStringField("kind", kind(store));
        json.writeBooleanField("pickup", store.pickup());
        json.writeBooleanField("active", store.active());
        if (store.located()) {
            json.writeNumberField("latitude", store.latitude());
            json.writeNumberField("longitude", store.longitude());
        } else {
            json.writeNullField("latitude");
            json.writeNullField("longitude");
        }
        json.writeStringField("country", orNull(store.country()));
    }

    /**
     * Writes a SKU.
     *
     * @param json inside an object.
     * @param sku  what to write; its index is not looked at.
     * @throws IOException never: what is written lies in memory.
     */
    public static void sku(final JsonGenerator json, final SkuRow sku) throws IOException {
        json.writeStringField("sku", sku.code());
        json.writeStringField("name", sku.name());
        json.writeBooleanField("active", sku.active());
        gtins(json, sku.gtins());
        json.writeStringField("price", orNull(sku.price()));
    }

    private static void gtins(final JsonGenerator json, final List<Long> gtins) throws IOException {
        json.writeArrayFieldStart("gtins");
        for (final long gtin : gtins) {
            json.writeString(gtin(gtin));
        }
        json.writeEndArray();
    }

    /**
     * A GTIN in its shortest form: leading zeros only make one of 12 digits into one of 13 or 14.
     *
     * @param gtin as a number.
     * @return 8, 12, 13 or 14 digits.
     */
    private static String gtin(final long gtin) {
        int digits = LONGEST_GTIN;
        for (int i = GTIN_BOUNDS.length - 1; i >= 0; i--) {
            if (gtin < GTIN_BOUNDS[i]) {
                digits = GTIN_DIGITS[i];
            }
        }
        final String text = Long.toString(gtin);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }
}
