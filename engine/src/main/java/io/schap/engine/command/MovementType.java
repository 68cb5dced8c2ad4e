package io.schap.engine.command;

/** The kinds of stock facts. The ordinal stands in journaled commands: constants are only ever added at the end. */
public enum MovementType {
    /** Units came in. */
    RECEIPT,
    /** A till sold units, whatever the books say; may hand over units of a reservation. */
    SALE,
    /** Units came back. */
    RETURN,
    /** A difference, up or down. */
    ADJUSTMENT,
    /** What was counted: the new number on hand. */
    COUNT;

    private static final MovementType[] BY_ORDINAL = values();

    /**
     * The constant of an encoded type.
     *
     * @param type an ordinal.
     * @return the constant, or null for a number that is none.
     */
    public static MovementType of(final int type) {
        return type >= 0 && type < BY_ORDINAL.length ? BY_ORDINAL[type] : null;
    }
}
