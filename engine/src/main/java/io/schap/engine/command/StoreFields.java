package io.schap.engine.command;

/** Bits of the mask of a {@code PutStore} command: the fields that it sets. What is not set keeps its value. */
public final class StoreFields {

    /** Sets the name. A store made without one is named by its code. */
    public static final int NAME = 1;

    /** Sets the kind: 0 shop (the default of a new store), 1 warehouse. */
    public static final int KIND = 2;

    /** Sets whether goods can be picked up there (default true). */
    public static final int PICKUP = 4;

    /** Sets whether the store takes requests and is listed (default true). */
    public static final int ACTIVE = 8;

    /** Sets latitude and longitude, or clears both when {@code located} is 0. */
    public static final int LOCATION = 16;

    /** Sets the country; an empty one clears it. */
    public static final int COUNTRY = 32;

    /** All fields, as a PUT sets them. */
    public static final int ALL = 63;

    private StoreFields() {}
}
