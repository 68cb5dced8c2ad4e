package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.QueryParameters;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;

/**
 * The page of a list by code that is asked for.
 *
 * @param limit  most items.
 * @param cursor where the page before ended; null for the first.
 */
record PageQuery(int limit, Cursor cursor) {

    static PageQuery of(final QueryParameters query) {
        return new PageQuery(query.integer("limit", 1, Pages.MAX_LIMIT, Pages.LIMIT), Cursor.of(query));
    }

    static PageQuery only(final Exchange exchange) {
        final QueryParameters query = new QueryParameters(exchange.request().query());
        final PageQuery page = of(query);
        query.end();
        return page;
    }

    boolean isAfter(final String code) {
        return cursor == null || code.compareTo(cursor.code()) > 0;
    }

    Iterator<Map.Entry<String, Integer>> after(final NavigableMap<String, Integer> byCode) {
        return (cursor == null ? byCode : byCode.tailMap(cursor.code(), false))
                .entrySet()
                .iterator();
    }

    static void writeNext(final JsonGenerator json, final String lastCode) throws IOException {
        json.writeStringField("nextCursor", lastCode == null ? null : new Cursor(0, lastCode).text());
    }
}
