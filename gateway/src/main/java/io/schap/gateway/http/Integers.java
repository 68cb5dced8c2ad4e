package io.schap.gateway.http;

/** Integers in text, with their bounds. */
final class Integers {

    private static final int MAX_DIGITS = 18;

    private Integers() {}

    /**
     * An integer of a range.
     *
     * @param text digits with an optional minus.
     * @param min  smallest.
     * @param max  largest.
     * @return null for anything else.
     */
    static Integer parse(final String text, final int min, final int max) {
        final int start = text.startsWith("-") ? 1 : 0;
        final int digits = text.length() - start;
        if (digits < 1 || digits > MAX_DIGITS) {
            return null;
        }
        long value = 0;
        for (int i = start; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            value = value * 10 + c - '0';
        }
        final long signed = start == 1 ? -value : value;
        return signed < min || signed > max ? null : (int) signed;
    }

    /**
     * What an integer may hold, as the end of "it may hold …".
     *
     * @param min smallest.
     * @param max largest.
     * @return a rule.
     */
    static String rule(final int min, final int max) {
        return "an integer from " + min + " to " + max;
    }
}
