package io.schap.engine.command;

/** Bits of the mask of a {@code PutSku} command: the fields that it sets. What is not set keeps its value. */
public final class SkuFields {

    /** Sets the name. A SKU made without one is named by its code. */
    public static final int NAME = 1;

    /** Sets whether the SKU takes requests and is listed (default true). */
    public static final int ACTIVE = 2;

    /** Replaces the GTINs. */
    public static final int GTINS = 4;

    /** Sets the price; an empty one clears it. */
    public static final int PRICE = 8;

    /** All fields, as a PUT sets them. */
    public static final int ALL = 15;

    private SkuFields() {}
}
