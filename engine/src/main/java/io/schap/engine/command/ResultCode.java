package io.schap.engine.command;

/**
 * What an answer, or a row of one, says of its command. The ordinal stands in the answer and, with remembered answers,
 * in checkpoints: constants are only ever added at the end.
 */
public enum ResultCode {
    /** Carried out, or already so. */
    OK(true),
    /** A reservation was made. */
    CREATED(true),
    /** A line asks more than is available. */
    INSUFFICIENT_STOCK(true),
    /** The reservation's state does not allow the step. */
    RESERVATION_CLOSED(true),
    /** A step names more than is still reserved on a line. */
    EXCEEDS_RESERVED(true),
    /** A request on a store or SKU that is not active. */
    NOT_ACTIVE(true),
    /** The bound of live reservations is reached. */
    HOLD_LIMIT(true),
    /** No reservation of that number was ever issued. */
    UNKNOWN_RESERVATION(false),
    /** The row names no known store. */
    UNKNOWN_STORE(false),
    /** The row names no known SKU. */
    UNKNOWN_SKU(false),
    /** The count expected another number on hand. */
    COUNT_CONFLICT(false),
    /** A counter would leave its bounds. */
    QUANTITY_OUT_OF_RANGE(false),
    /** The key belongs to a different request. */
    IDEMPOTENCY_KEY_REUSED(false),
    /** A bound of stores, SKUs or sales channels is reached. */
    LIMIT_REACHED(false),
    /** A GTIN belongs to another SKU. */
    GTIN_TAKEN(false),
    /** A step's line names a SKU that several lines have, and no store. */
    AMBIGUOUS_LINE(false),
    /** A hold period for a confirmed reservation, or a pickup period for a held one. */
    WRONG_DEADLINE_KIND(false),
    /** The command is not well formed, or names what cannot be. */
    MALFORMED(false),
    /** Said by the writer, never by the ledger: no room in the journal, nothing was applied. */
    STORAGE_FULL(false);

    private static final ResultCode[] BY_ORDINAL = values();

    private final boolean remembered;

    ResultCode(final boolean remembered) {
        this.remembered = remembered;
    }

    /**
     * Whether the answer to a keyed command is kept for its retries.
     *
     * @return true for everything that the ledger decided on the state of stock and reservations.
     */
    public boolean isRemembered() {
        return remembered;
    }

    /**
     * The constant of an encoded code.
     *
     * @param code an ordinal, as answers carry it.
     * @return the constant; {@link #MALFORMED} for a number that is none.
     */
    public static ResultCode of(final int code) {
        return code >= 0 && code < BY_ORDINAL.length ? BY_ORDINAL[code] : MALFORMED;
    }
}
