package io.schap.gateway.imports;

import io.schap.engine.command.MovementType;
import java.util.List;

/** What a row says, checked as far as the row alone allows; codes are not looked up yet. */
sealed interface RowContent {

    /** The store that the row names, or null. */
    String store();

    /** The SKU that the row names, or null. */
    String sku();

    /**
     * A stock fact.
     *
     * @param type           of the movement.
     * @param store          its code.
     * @param sku            its code.
     * @param quantity       in units, as {@code type} takes it.
     * @param expectedOnHand for a count, the units that must be there before; null for any.
     * @param reservation    number of the reservation; 0 none, -1 an id that never was.
     * @param occurredAtMs   when it happened, as a command holds it: see {@link io.schap.engine.command.OccurredAt}.
     * @param texts          what people wrote.
     */
    record Movement(
            MovementType type,
            String store,
            String sku,
            int quantity,
            Integer expectedOnHand,
            long reservation,
            long occurredAtMs,
            Texts texts)
            implements RowContent {}

    /**
     * Texts of a stock fact; an empty array for none.
     *
     * @param channel   name of the sales channel, or null.
     * @param owner     UTF-8.
     * @param reference UTF-8.
     * @param reason    UTF-8.
     */
    record Texts(String channel, byte[] owner, byte[] reference, byte[] reason) {

        /** No texts at all. */
        static final Texts NONE = new Texts(null, new byte[0], new byte[0], new byte[0]);

        /** Bytes of them in a command, without their lengths. */
        int bytes() {
            return owner.length + reference.length + reason.length;
        }
    }

    /**
     * A store.
     *
     * @param store     its code.
     * @param mask      of the fields that the file has, as {@code StoreFields} has them.
     * @param name      of the store.
     * @param warehouse whether its kind is warehouse.
     * @param pickup    whether goods can be picked up there.
     * @param country   of the store, or empty.
     * @param location  degrees of latitude and longitude, or null for none.
     */
    record Store(
            String store, int mask, String name, boolean warehouse, boolean pickup, String country, double[] location)
            implements RowContent {

        @Override
        public String sku() {
            return null;
        }
    }

    /**
     * A SKU.
     *
     * @param sku   its code.
     * @param mask  of the fields that the file has, as {@code SkuFields} has them.
     * @param name  of the SKU.
     * @param price a decimal number, or empty.
     * @param gtins of the SKU.
     */
    record Product(String sku, int mask, String name, String price, List<Long> gtins) implements RowContent {

        @Override
        public String store() {
            return null;
        }
    }

    /**
     * A policy of a cell, or of a store.
     *
     * @param store        its code.
     * @param sku          its code, or null for the store's own.
     * @param safetyStock  what to do with it.
     * @param lowThreshold what to do with the low stock threshold.
     */
    record Policy(String store, String sku, Setting safetyStock, Setting lowThreshold) implements RowContent {}

    /**
     * What to do with one value of a policy.
     *
     * @param action as {@code PolicyAction} has it.
     * @param units  the value, where it is set.
     */
    record Setting(int action, int units) {}
}
