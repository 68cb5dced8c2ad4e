package io.schap.gateway.http;

/** Decimal numbers in text: digits with an optional minus and an optional point, no exponent. */
public final class Decimals {

    private static final int MAX_CHARS = 32;

    private Decimals() {}

    /**
     * Reads a number.
     *
     * @param text any text.
     * @return null when it is no decimal number.
     */
    public static Double parse(final String text) {
        final int start = text.startsWith("-") ? 1 : 0;
        return isUnsigned(text.substring(start)) ? Double.valueOf(text) : null;
    }

    /**
     * Whether a text is a decimal number that is not negative, up to 32 characters long.
     *
     * @param text any text.
     * @return true if so.
     */
    public static boolean isUnsigned(final String text) {
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return points <= 1
                && !text.isEmpty()
                && text.length() <= MAX_CHARS
                && text.charAt(0) != '.'
                && text.charAt(text.length() - 1) != '.';
    }
}
