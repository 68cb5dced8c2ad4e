package io.schap.gateway.cli.demo;

import java.util.Locale;

/** GTIN-13s as GS1 defines them ("GS1 General Specifications", section 7.9: the check digit). */
final class Gtin {

    private Gtin() {}

    /**
     * A GTIN-13 in the range that GS1 leaves to each retailer's own use (it starts with 2), so that none is the number
     * of a real article.
     *
     * @param number of the article in the chain, 0 to 9,999,999,999.
     * @return 13 digits, the last one checking the others.
     */
    static String ofOwnArticle(final long number) {
        final String digits = String.format(Locale.ROOT, "29%010d", number);
        return digits + checkDigit(digits);
    }

    /**
     * The check digit: what brings the sum, weighted 3 and 1 in turn from the right, to a multiple of ten.
     *
     * @param digits all digits before the check digit.
     * @return 0 to 9.
     */
    static int checkDigit(final String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            final int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? 3 * digit : digit;
        }
        return (10 - sum % 10) % 10;
    }
}
