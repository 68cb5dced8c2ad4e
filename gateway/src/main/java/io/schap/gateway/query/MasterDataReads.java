package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Gtins;
import io.schap.gateway.http.QueryParameters;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;

/** Stores and SKUs: one of each, and lists by code, in which inactive ones do not stand. */
final class MasterDataReads {

    private final StockView view;

    MasterDataReads(final StockView view) {
        this.view = view;
    }

    void store(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String code = Codes.ofPath(exchange, 0, "store");
        exchange.request().caller().checkStore(code);
        final ReadHead head = ReadHead.take(view);
        final StoreRow row = view.store(Lookup.store(view, code));
        exchange.reply(ReadHead.ok(json -> {
            MasterDataJson.store(json, row);
            head.write(json);
        }));
    }

    void sku(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String code = Codes.ofPath(exchange, 0, "sku");
        final ReadHead head = ReadHead.take(view);
        final SkuRow row = view.sku(Lookup.sku(view, code));
        exchange.reply(ReadHead.ok(json -> {
            MasterDataJson.sku(json, row);
            head.write(json);
        }));
    }

    void stores(final Exchange exchange) {
        final PageQuery page = PageQuery.only(exchange);
        list(
                exchange,
                "stores",
                page,
                view.storesByCode(),
                (json, index) -> writeStore(json, index, exchange.request().caller()));
    }

    void skus(final Exchange exchange) {
        final QueryParameters query = new QueryParameters(exchange.request().query());
        final PageQuery page = PageQuery.of(query);
        final String text = query.text("gtin");
        final long gtin = text == null ? Gtins.NOT_A_GTIN : Gtins.parse(text);
        if (text != null && gtin == Gtins.NOT_A_GTIN) {
            query.faults().value("?gtin", text, Gtins.RULE);
        }
        query.end();
        if (text == null) {
            list(exchange, "skus", page, view.skusByCode(), this::writeSku);
        } else {
            skuOfGtin(exchange, gtin);
        }
    }

    private void skuOfGtin(final Exchange exchange, final long gtin) {
        final ReadHead head = ReadHead.take(view);
        final int index = view.skuByGtin(gtin);
        exchange.reply(ReadHead.ok(json -> {
            head.write(json);
            json.writeArrayFieldStart("skus");
            if (index >= 0) {
                writeSku(json, index);
            }
            json.writeEndArray();
            PageQuery.writeNext(json, null);
        }));
    }

    private void list(
            final Exchange exchange,
            final String name,
            final PageQuery page,
            final NavigableMap<String, Integer> byCode,
            final RowWriter writer) {
        final ReadHead head = ReadHead.take(view);
        exchange.reply(ReadHead.ok(json -> {
            head.write(json);
            json.writeArrayFieldStart(name);
            final Iterator<Map.Entry<String, Integer>> rows = page.after(byCode);
            String last = null;
            int written = 0;
            int scanned = 0;
            while (rows.hasNext() && written < page.limit() && scanned < Pages.MAX_SCANNED) {
                final Map.Entry<String, Integer> row = rows.next();
                last = row.getKey();
                scanned++;
                written += writer.write(json, row.getValue()) ? 1 : 0;
            }
            json.writeEndArray();
            PageQuery.writeNext(json, rows.hasNext() ? last : null);
        }));
    }

    private boolean writeStore(final JsonGenerator json, final int index, final Caller caller) throws IOException {
        final StoreRow row = view.store(index);
        if (!row.active() || !caller.mayReach(row.code())) {
            return false;
        }
        json.writeStartObject();
        MasterDataJson.store(json, row);
        json.writeEndObject();
        return true;
    }

    private boolean writeSku(final JsonGenerator json, final int index) throws IOException {
        final SkuRow row = view.sku(index);
        if (!row.active()) {
            return false;
        }
        json.writeStartObject();
        MasterDataJson.sku(json, row);
        json.writeEndObject();
        return true;
    }

    /** Writes a row of a list, unless it is inactive. */
    @FunctionalInterface
    private interface RowWriter {
        boolean write(JsonGenerator json, int index) throws IOException;
    }
}
