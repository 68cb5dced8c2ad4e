package io.schap.gateway.query;

import io.schap.gateway.http.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The place where a page ended: the last item's code, and its distance when the list goes by distance. Each page is read
 * anew, from what comes after that place.
 *
 * @param tenths distance in tenths of a kilometre; 0 in a list by code, {@link #NO_PLACE} for a store without coordinates.
 * @param code   of the last item.
 */
record Cursor(long tenths, String code) implements Comparable<Cursor> {

    /** Sorts after every distance. */
    static final long NO_PLACE = Long.MAX_VALUE;

    private static final int MAX_CHARS = 256;

    /** Reads the cursor of a query; null for the first page. */
    static Cursor of(final QueryParameters query) {
        final String text = query.text("cursor");
        if (text == null) {
            return null;
        }
        final Cursor cursor = text.length() > MAX_CHARS ? null : parse(text);
        if (cursor == null) {
            query.faults().value("?cursor", text, "a nextCursor of the page before");
        }
        return cursor;
    }

    /** As a client carries it. */
    String text() {
        final byte[] bytes = (Long.toHexString(tenths) + ':' + code).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public int compareTo(final Cursor other) {
        final int byDistance = Long.compare(tenths, other.tenths);
        return byDistance != 0 ? byDistance : code.compareTo(other.code);
    }

    private static Cursor parse(final String text) {
        try {
            final String place = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            final int colon = place.indexOf(':');
            return colon < 1
                    ? null
                    : new Cursor(Long.parseLong(place.substring(0, colon), 16), place.substring(colon + 1));
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }
}
