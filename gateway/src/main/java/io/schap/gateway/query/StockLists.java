package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** All quantities of the cells of a store, by SKU, and of a SKU, by store. Only cells that ever had stock are listed. */
final class StockLists {

    private final StockView view;
    private final CellReading cell = new CellReading();

    StockLists(final StockView view) {
        this.view = view;
    }

    void ofStore(final Exchange exchange) {
        final String store = Codes.ofPath(exchange, 0, "store");
        final PageQuery page = PageQuery.only(exchange);
        exchange.request().caller().checkStore(store);
        final ReadHead head = ReadHead.take(view);
        final int storeIndex = Lookup.store(view, store);
        exchange.reply(ReadHead.ok(json -> {
            json.writeStringField("store", store);
            head.write(json);
            json.writeArrayFieldStart("items");
            final Iterator<Map.Entry<String, Integer>> skus = page.after(view.skusByCode());
            String last = null;
            int written = 0;
            int scanned = 0;
            while (skus.hasNext() && written < page.limit() && scanned < Pages.MAX_SCANNED) {
                final Map.Entry<String, Integer> sku = skus.next();
                last = sku.getKey();
                scanned++;
                if (view.readCell(storeIndex, sku.getValue(), cell)) {
                    write(json, store, last);
                    written++;
                }
            }
            json.writeEndArray();
            PageQuery.writeNext(json, skus.hasNext() ? last : null);
        }));
    }

    void ofSku(final Exchange exchange) {
        final String sku = Codes.ofPath(exchange, 0, "sku");
        final PageQuery page = PageQuery.only(exchange);
        final ReadHead head = ReadHead.take(view);
        final int skuIndex = Lookup.sku(view, sku);
        final List<String> stores =
                storesAfter(skuIndex, page, exchange.request().caller());
        exchange.reply(ReadHead.ok(json -> {
            json.writeStringField("sku", sku);
            head.write(json);
            json.writeArrayFieldStart("items");
            final int count = Math.min(page.limit(), stores.size());
            for (final String store : stores.subList(0, count)) {
                view.readCell(view.storeIndex(store), skuIndex, cell);
                write(json, store, sku);
            }
            json.writeEndArray();
            PageQuery.writeNext(json, count < stores.size() ? stores.get(count - 1) : null);
        }));
    }

    private List<String> storesAfter(final int sku, final PageQuery page, final Caller caller) {
        final List<String> stores = new ArrayList<>();
        int store = view.nextStoreOfSku(sku, -1);
        while (store >= 0) {
            final String code = view.store(store).code();
            if (page.isAfter(code) && caller.mayReach(code)) {
                stores.add(code);
            }
            store = view.nextStoreOfSku(sku, store);
        }
        stores.sort(null);
        return stores;
    }

    private void write(final JsonGenerator json, final String store, final String sku) throws IOException {
        json.writeStartObject();
        json.writeStringField("store", store);
        json.writeStringField("sku", sku);
        CellJson.quantities(json, cell);
        json.writeEndObject();
    }
}
