package io.schap.gateway.command;

import io.schap.engine.command.MovementType;

/**
 * One stock fact, ready to be encoded but for the index of its sales channel.
 *
 * @param type           what happened.
 * @param channel        the sales channel's name, null for none.
 * @param store          the store's index, -1 for an unknown code.
 * @param sku            the SKU's index, -1 for an unknown code.
 * @param quantity       units; a delta of an adjustment, the whole of a count.
 * @param expectedOnHand what a count expects to find, null for anything.
 * @param reservation    the number of the reservation that a sale names; 0 none, -1 unknown.
 * @param occurredAtMs   when it happened, as a command holds it: see {@link io.schap.engine.command.OccurredAt}.
 * @param texts          what the caller wrote beside it.
 */
public record MovementRow(
        MovementType type,
        String channel,
        int store,
        int sku,
        int quantity,
        Integer expectedOnHand,
        long reservation,
        long occurredAtMs,
        Texts texts) {

    /** No texts at all. */
    public static final Texts NO_TEXTS = new Texts(new byte[0], new byte[0], new byte[0], new byte[0]);

    /** The same fact of no store and no sales channel, which no ledger takes. */
    MovementRow ofNoStore() {
        return new MovementRow(type, null, -1, sku, quantity, expectedOnHand, reservation, occurredAtMs, texts);
    }

    /**
     * The caller's texts, each up to 128 bytes of UTF-8, empty for none.
     *
     * @param owner            a code of the caller's.
     * @param reference        of the caller.
     * @param reason           why.
     * @param paymentReference of the payment.
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes are encoded once and compared by nobody
    public record Texts(byte[] owner, byte[] reference, byte[] reason, byte[] paymentReference) {

        int bytes() {
            return owner.length + reference.length + reason.length + paymentReference.length;
        }
    }
}
