package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.Limits;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.StoreRow;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.EntityTags;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which stores have a SKU: nearest first, or by code. Totals cover every match; the list is one page of them. */
final class SkuAvailability {

    private final StockView view;
    private final String caching;
    private final CellReading cell = new CellReading();

    SkuAvailability(final StockView view, final String caching) {
        this.view = view;
        this.caching = caching;
    }

    void read(final Exchange exchange) {
        final String sku = Codes.ofPath(exchange, 0, "sku");
        final Wish wish = Wish.of(
                new QueryParameters(exchange.request().query()),
                exchange.request().caller());
        final ReadHead head = ReadHead.take(view);
        final int skuIndex = Lookup.sku(view, sku);
        final List<Match> matches = matches(skuIndex, wish);
        matches.sort((a, b) -> a.place.compareTo(b.place));
        long total = 0;
        for (final Match match : matches) {
            total += match.available;
        }
        final long totalAvailable = total;
        exchange.reply(EntityTags.reply(
                exchange.request(),
                tag(matches),
                caching,
                () -> Reply.json(200, json -> {
                    json.writeStringField("sku", sku);
                    json.writeNumberField("totalAvailable", Math.min(totalAvailable, wish.caller.maxQuantityShown()));
                    if (totalAvailable > wish.caller.maxQuantityShown()) {
                        json.writeBooleanField("capped", true);
                    }
                    json.writeNumberField("storeCount", matches.size());
                    head.write(json);
                    writePage(json, matches, wish);
                })));
    }

    private static long tag(final List<Match> matches) {
        long tag = EntityTags.SEED;
        for (final Match match : matches) {
            tag = EntityTags.mix(EntityTags.mix(tag, match.cellTag), match.place.tenths());
            tag = EntityTags.mix(EntityTags.mix(tag, match.store.code()), match.store.name());
            tag = EntityTags.mix(tag, (match.store.warehouse() ? 1 : 0) | (match.store.pickup() ? 2 : 0));
        }
        return tag;
    }

    private List<Match> matches(final int sku, final Wish wish) {
        final List<Match> matches = new ArrayList<>();
        if (wish.minQuantity == 0) {
            final int stores = view.storeCount();
            for (int store = 0; store < stores; store++) {
                addMatch(matches, store, sku, wish);
            }
        } else {
            int store = view.nextStoreOfSku(sku, -1);
            while (store >= 0) {
                addMatch(matches, store, sku, wish);
                store = view.nextStoreOfSku(sku, store);
            }
        }
        return matches;
    }

    private void addMatch(final List<Match> matches, final int store, final int sku, final Wish wish) {
        final StoreRow row = view.store(store);
        if (row == null || !row.active() || !wish.takes(row) || !wish.caller.mayReach(row.code())) {
            return;
        }
        final double km = wish.distanceKm(row);
        if (wish.radiusKm != null && !(km <= wish.radiusKm)) {
            return;
        }
        view.readCell(store, sku, cell);
        final int available = cell.available();
        if (available >= wish.minQuantity) {
            matches.add(new Match(
                    row,
                    available,
                    CellJson.status(available, cell.lowStockThreshold()),
                    CellTag.of(cell, wish.caller.maxQuantityShown()),
                    new Cursor(wish.tenths(km), row.code())));
        }
    }

    private static void writePage(final JsonGenerator json, final List<Match> matches, final Wish wish)
            throws IOException {
        json.writeArrayFieldStart("stores");
        int written = 0;
        Match last = null;
        boolean more = false;
        for (final Match match : matches) {
            if (wish.cursor() != null && match.place.compareTo(wish.cursor()) <= 0) {
                continue;
            }
            if (written == wish.limit()) {
                more = true;
                break;
            }
            match.write(json, wish.near != null, wish.caller.maxQuantityShown());
            last = match;
            written++;
        }
        json.writeEndArray();
        json.writeStringField("nextCursor", more ? last.place.text() : null);
    }

    /** A store that has what is wished for. */
    private record Match(StoreRow store, int available, String status, long cellTag, Cursor place) {

        void write(final JsonGenerator json, final boolean near, final int cap) throws IOException {
            json.writeStartObject();
            json.writeStringField("store", store.code());
            json.writeStringField("name", store.name());
            json.writeStringField("kind", MasterDataJson.kind(store));
            json.writeBooleanField("pickup", store.pickup());
            json.writeNumberField("available", Math.min(available, cap));
            if (available > cap) {
                json.writeBooleanField("capped", true);
            }
            json.writeStringField("status", status);
            if (near && place.tenths() != Cursor.NO_PLACE) {
                json.writeNumberField("distanceKm", place.tenths() / 10.0);
            } else {
                json.writeNullField("distanceKm");
            }
            json.writeEndObject();
        }
    }

    /** What is asked of the stores. */
    private record Wish(Place near, Double radiusKm, int minQuantity, Filter filter, Page page, Caller caller) {

        private record Filter(String kind, Boolean pickup, String country) {}

        private record Page(int limit, Cursor cursor) {}

        static Wish of(final QueryParameters query, final Caller caller) {
            final String near = query.text("near");
            final Place place = near == null ? null : Place.of("?near", near, query.faults());
            final Double radiusKm = query.kilometres("radiusKm");
            if (radiusKm != null && near == null) {
                query.faults().add("?radiusKm", "?radiusKm stands without ?near; it may stand with it");
            }
            final int minQuantity =
                    query.integer("minQuantity", 0, Math.min(Limits.MAX_QUANTITY, caller.maxQuantityShown()), 1);
            final String kind = query.text("kind");
            if (kind != null && !kind.equals("shop") && !kind.equals("warehouse")) {
                query.faults().value("?kind", kind, "shop or warehouse");
            }
            final Filter filter = new Filter(kind, query.flag("pickup"), query.text("country"));
            final Page page = new Page(query.integer("limit", 1, Pages.MAX_LIMIT, Pages.LIMIT), Cursor.of(query));
            query.end();
            return new Wish(place, radiusKm, minQuantity, filter, page, caller);
        }

        int limit() {
            return page.limit;
        }

        Cursor cursor() {
            return page.cursor;
        }

        boolean takes(final StoreRow store) {
            return (filter.kind == null || filter.kind.equals(MasterDataJson.kind(store)))
                    && (filter.pickup == null || filter.pickup == store.pickup())
                    && (filter.country == null || filter.country.equals(store.country()));
        }

        double distanceKm(final StoreRow store) {
            return near == null ? Double.NaN : near.km(store);
        }

        long tenths(final double km) {
            if (near == null) {
                return 0;
            }
            return Double.isNaN(km) ? Cursor.NO_PLACE : Math.round(km * 10);
        }
    }
}
