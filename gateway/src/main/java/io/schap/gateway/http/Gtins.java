package io.schap.gateway.http;

/** Global trade item numbers: 8, 12, 13 or 14 digits, the last of which checks the others. */
public final class Gtins {

    /** What {@link #parse} returns for a text that is none. */
    public static final long NOT_A_GTIN = -1;

    /** What a GTIN may hold, as the end of "it may hold …". */
    public static final String RULE = "a GTIN: 8, 12, 13 or 14 digits with a right check digit";

    private static final int MAX_DIGITS = 14;

    private Gtins() {}

    /**
     * The number of a GTIN. Those that differ in leading zeros only are one.
     *
     * @param text any text.
     * @return the number, or {@link #NOT_A_GTIN}.
     */
    public static long parse(final String text) {
        final int length = text.length();
        if (length != 8 && (length < 12 || length > MAX_DIGITS)) {
            return NOT_A_GTIN;
        }
        long value = 0;
        int sum = 0;
        for (int i = 0; i < length; i++) {
            final int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_GTIN;
            }
            value = value * 10 + digit;
            final int placeFromRight = length - 1 - i;
            sum += placeFromRight % 2 == 0 ? digit : 3 * digit;
        }
        return sum % 10 == 0 && value > 0 ? value : NOT_A_GTIN;
    }
}
