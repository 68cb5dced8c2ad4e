package io.schap.engine.command;

/** The bounds of commands and answers. What apply depends on beyond these stands in the journaled settings. */
public final class Limits {

    /** Largest encoded command, in bytes: the size of a ring slot. 100 reservation lines fit. */
    public static final int MAX_COMMAND_BYTES = 2_048;

    /** Largest encoded answer, in bytes: 100 reservation lines with their texts fit. */
    public static final int MAX_ANSWER_BYTES = 4_096;

    /** Most lines of one reservation, or of one step on it. */
    public static final int MAX_LINES = 100;

    /** Most rows of one movements command. A list or an import is cut into several. */
    public static final int MAX_ROWS_PER_COMMAND = 24;

    /** A movements command takes no further row once it would be longer than this, in bytes. */
    public static final int MAX_MOVEMENTS_BYTES = 1_900;

    /** Largest quantity, and the bound of every counter on both sides of zero, in units. */
    public static final int MAX_QUANTITY = 1_000_000_000;

    /** Longest store or SKU code, in bytes of ASCII. */
    public static final int MAX_CODE_BYTES = 64;

    /** Longest sales channel name, in bytes of ASCII. */
    public static final int MAX_CHANNEL_BYTES = 32;

    /** Longest name of a store or SKU, in characters. */
    public static final int MAX_NAME_CHARS = 512;

    /** Longest country, in characters. */
    public static final int MAX_COUNTRY_CHARS = 64;

    /** Longest price, in bytes of ASCII. */
    public static final int MAX_PRICE_BYTES = 32;

    /** Most GTINs of one SKU. */
    public static final int MAX_GTINS = 16;

    /** Longest owner, reference, reason or payment reference, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 128;

    /** Shortest hold, in seconds. */
    public static final int MIN_HOLD_SECONDS = 1;

    /** Longest hold, in seconds. */
    public static final int MAX_HOLD_SECONDS = 14_400;

    /** Shortest pickup period, in seconds. */
    public static final int MIN_PICKUP_SECONDS = 60;

    /** Longest pickup period, in seconds. */
    public static final int MAX_PICKUP_SECONDS = 7_776_000;

    /** Most reservations that one tick expires. */
    public static final int MAX_EXPIRATIONS_PER_TICK = 1_024;

    private Limits() {}
}
