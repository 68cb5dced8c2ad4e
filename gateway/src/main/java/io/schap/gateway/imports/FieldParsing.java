package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.command.OccurredAt;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Decimals;
import io.schap.gateway.http.Gtins;
import io.schap.gateway.http.Times;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the values of single fields, strictly: what is not clearly one is an error that says what the field may hold. */
final class FieldParsing {

    private static final Pattern BETWEEN_GTINS = Pattern.compile("[ |]+");
    private static final int MAX_DIGITS = 18;

    private FieldParsing() {}

    /** A store's or a SKU's code. */
    static String code(final ImportColumn column, final String field) throws RowRejected {
        if (!Codes.isCode(field)) {
            throw wrong(column, field, Codes.CODE_RULE);
        }
        return field;
    }

    /** A whole number of units within the bounds of a counter, on both sides of zero. */
    static int units(final ImportColumn column, final String field) throws RowRejected {
        return (int) units(column, field, -Limits.MAX_QUANTITY);
    }

    /** A whole number of units from a bound up. */
    static long units(final ImportColumn column, final String field, final int least) throws RowRejected {
        final boolean negative = field.startsWith("-");
        final int from = negative ? 1 : 0;
        boolean fits = field.length() > from;
        for (int i = from; fits && i < field.length(); i++) {
            fits = field.charAt(i) >= '0' && field.charAt(i) <= '9';
        }
        if (!fits) {
            throw wrong(column, field, "digits with an optional minus: no separators, no decimals, no spaces");
        }
        int digits = from;
        while (digits < field.length() && field.charAt(digits) == '0') {
            digits++;
        }
        final boolean huge = field.length() - digits > MAX_DIGITS;
        final long value = huge ? Long.MAX_VALUE : Long.parseLong(field);
        if (huge || Math.abs(value) > Limits.MAX_QUANTITY) {
            throw RowRejected.outOfRange(told(column, field, "a number from -1000000000 to 1000000000"));
        }
        if (value < least) {
            throw wrong(column, field, "a number from " + least + " up");
        }
        return value;
    }

    /** Yes or no. */
    static boolean flag(final ImportColumn column, final String field) throws RowRejected {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "ja", "1" -> true;
            case "false", "no", "nee", "0" -> false;
            default -> throw wrong(column, field, "true or false (or yes, no, ja, nee, 1, 0)");
        };
    }

    /** A text of a bounded number of characters. */
    static String text(final ImportColumn column, final String field, final int maxChars) throws RowRejected {
        if (field.length() > maxChars) {
            throw wrong(column, field, "up to " + maxChars + " characters");
        }
        return field;
    }

    /** A text of the caller's, as bytes of UTF-8; null and empty are none. */
    static byte[] note(final ImportColumn column, final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return RowContent.Texts.NONE.owner();
        }
        final byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Limits.MAX_TEXT_BYTES) {
            throw wrong(column, field, "up to " + Limits.MAX_TEXT_BYTES + " bytes of UTF-8");
        }
        return bytes;
    }

    /** A sales channel; null and empty are none. */
    static String channel(final ImportColumn column, final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return null;
        }
        if (!Codes.isChannel(field)) {
            throw wrong(column, field, Codes.CHANNEL_RULE);
        }
        return field;
    }

    /** Degrees. */
    static double degrees(final ImportColumn column, final String field, final boolean comma, final int bound)
            throws RowRejected {
        final String number = comma ? field.replace(',', '.') : field;
        final Double value = Decimals.parse(number);
        if (value == null || Math.abs(value) > bound) {
            throw wrong(column, field, "degrees as a decimal number from -" + bound + " to " + bound);
        }
        return value;
    }

    /** A price, with a point whatever the file has; empty stays empty. */
    static String price(final ImportColumn column, final String field, final boolean comma) throws RowRejected {
        if (field.isEmpty()) {
            return field;
        }
        final String number = comma ? field.replace(',', '.') : field;
        if (!Decimals.isUnsigned(number)) {
            throw wrong(column, field, "a decimal number from 0 up, such as 12.95, of up to 32 characters");
        }
        return number;
    }

    /** GTINs, with spaces or bars between them; each with a right check digit, none twice. */
    static List<Long> gtins(final ImportColumn column, final String field) throws RowRejected {
        final List<Long> gtins = new ArrayList<>(1);
        if (!field.isEmpty()) {
            for (final String digits : BETWEEN_GTINS.split(field.strip(), -1)) {
                final Long gtin = gtin(column, digits);
                if (!gtins.contains(gtin)) {
                    gtins.add(gtin);
                }
            }
        }
        if (gtins.size() > Limits.MAX_GTINS) {
            throw wrong(column, field, "up to " + Limits.MAX_GTINS + " GTINs");
        }
        return gtins;
    }

    private static Long gtin(final ImportColumn column, final String digits) throws RowRejected {
        final long gtin = Gtins.parse(digits);
        if (gtin == Gtins.NOT_A_GTIN) {
            throw wrong(column, digits, Gtins.RULE + "; several with spaces or | between them");
        }
        return gtin;
    }

    /** A time with any offset, as a command holds it; null and empty are not given. */
    static long time(final ImportColumn column, final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return OccurredAt.NOT_GIVEN;
        }
        final long timeMs = Times.parse(field);
        if (timeMs == Times.NOT_A_TIME) {
            throw wrong(column, field, "an RFC 3339 time with its offset, such as 2026-01-31T09:30:00+01:00");
        }
        return OccurredAt.given(timeMs);
    }

    /** An error about one field: which, what it held and what it may hold. */
    static RowRejected wrong(final ImportColumn column, final String field, final String mayHold) {
        return RowRejected.invalid(told(column, field, mayHold));
    }

    private static String told(final ImportColumn column, final String field, final String mayHold) {
        return column.title() + " holds " + (field.isEmpty() ? "nothing" : RowRejected.quote(field)) + "; it may hold "
                + mayHold;
    }
}
