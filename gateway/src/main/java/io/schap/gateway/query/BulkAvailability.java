package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Availability of a list of cells. Each is exact and at least as new as the sequence; the list is no snapshot. */
final class BulkAvailability {

    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_QUERY_ITEMS = 100;

    private final StockView view;
    private final CellReading cell = new CellReading();

    BulkAvailability(final StockView view) {
        this.view = view;
    }

    /** The list as a body. */
    void post(final Exchange exchange) {
        QueryParameters.none(exchange);
        final Faults faults = new Faults();
        final Fields body = new Fields(JsonBodies.object(exchange.request()), "", faults);
        body.need("items", "an array of 1 to " + MAX_ITEMS + " objects");
        final List<Item> items = new ArrayList<>();
        for (final Fields item : body.objects("items", 1, MAX_ITEMS)) {
            item.need("store", Codes.CODE_RULE).need("sku", Codes.CODE_RULE);
            items.add(new Item(item.code("store"), item.code("sku")));
            item.end();
        }
        body.end();
        faults.check();
        reply(exchange, items);
    }

    /** The list as a query; one store may stand for all SKUs. */
    void get(final Exchange exchange) {
        final QueryParameters query = new QueryParameters(exchange.request().query());
        final List<String> stores = codes(query, "store");
        final List<String> skus = codes(query, "sku");
        if (skus.isEmpty() || skus.size() > MAX_QUERY_ITEMS) {
            query.faults().value("?sku", skus.size() + " values", "1 to " + MAX_QUERY_ITEMS + " SKUs");
        } else if (stores.size() != 1 && stores.size() != skus.size()) {
            query.faults().value("?store", stores.size() + " values", "one store, or as many as there are SKUs");
        }
        query.end();
        final List<Item> items = new ArrayList<>();
        for (int i = 0; i < skus.size(); i++) {
            items.add(new Item(stores.get(stores.size() == 1 ? 0 : i), skus.get(i)));
        }
        reply(exchange, items);
    }

    private static List<String> codes(final QueryParameters query, final String name) {
        final List<String> codes = query.all(name);
        for (final String code : codes) {
            if (!Codes.isCode(code)) {
                query.faults().value("?" + name, code, Codes.CODE_RULE);
            }
        }
        return codes;
    }

    private void reply(final Exchange exchange, final List<Item> items) {
        final ReadHead head = ReadHead.take(view);
        exchange.reply(ReadHead.ok(json -> {
            head.write(json);
            json.writeArrayFieldStart("items");
            for (final Item item : items) {
                write(json, item);
            }
            json.writeEndArray();
        }));
    }

    private void write(final JsonGenerator json, final Item item) throws IOException {
        final int store = view.storeIndex(item.store);
        final int sku = view.skuIndex(item.sku);
        if (store < 0) {
            Problem.writeError(json, ProblemCode.UNKNOWN_STORE, Lookup.storeDetail(item.store));
        } else if (sku < 0) {
            Problem.writeError(json, ProblemCode.UNKNOWN_SKU, Lookup.skuDetail(item.sku));
        } else {
            view.readCell(store, sku, cell);
            json.writeStartObject();
            json.writeStringField("store", item.store);
            json.writeStringField("sku", item.sku);
            CellJson.availability(json, cell);
            json.writeEndObject();
        }
    }

    private record Item(String store, String sku) {}
}
