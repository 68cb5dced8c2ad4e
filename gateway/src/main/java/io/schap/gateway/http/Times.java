package io.schap.gateway.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times: in, RFC 3339 with any offset; out, UTC with milliseconds. */
public final class Times {

    /** What {@link #parse} returns for a text that is no time. */
    public static final long NOT_A_TIME = Long.MIN_VALUE;

    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)", Pattern.DOTALL);
    private static final DateTimeFormatter WITH_MILLISECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /**
     * Reads a time.
     *
     * @param text in the form of RFC 3339.
     * @return milliseconds since 1970, finer digits cut off, or {@link #NOT_A_TIME}.
     */
    public static long parse(final String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return NOT_A_TIME;
        }
        try {
            final String canonical = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
            return OffsetDateTime.parse(canonical).toInstant().toEpochMilli();
        } catch (final DateTimeParseException e) {
            return NOT_A_TIME;
        }
    }

    /**
     * Writes a time.
     *
     * @param timeMs milliseconds since 1970.
     * @return as {@code 2026-01-31T08:30:00.000Z}.
     */
    public static String format(final long timeMs) {
        return WITH_MILLISECONDS.format(Instant.ofEpochMilli(timeMs));
    }
}
