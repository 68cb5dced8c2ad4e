package io.schap.gateway.query;

import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.EntityTags;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;

/** What one store has of one SKU. */
final class CellReads {

    private final StockView view;
    private final String caching;
    private final CellReading cell = new CellReading();

    CellReads(final StockView view, final String caching) {
        this.view = view;
        this.caching = caching;
    }

    void availability(final Exchange exchange) {
        read(exchange, false);
    }

    void stock(final Exchange exchange) {
        read(exchange, true);
    }

    private void read(final Exchange exchange, final boolean allQuantities) {
        QueryParameters.none(exchange);
        final String store = Codes.ofPath(exchange, 0, "store");
        final String sku = Codes.ofPath(exchange, 1, "sku");
        final Caller caller = exchange.request().caller();
        caller.checkStore(store);
        final int cap = caller.maxQuantityShown();
        final ReadHead head = ReadHead.take(view);
        final long indexes = Lookup.cell(view, store, sku);
        view.readCell((int) (indexes >>> 32), (int) indexes, cell);
        final Reply.JsonBody body = json -> {
            json.writeStringField("store", store);
            json.writeStringField("sku", sku);
            if (allQuantities) {
                CellJson.quantities(json, cell);
            } else {
                CellJson.availability(json, cell, cap);
            }
            head.write(json);
        };
        exchange.reply(
                allQuantities
                        ? ReadHead.ok(body)
                        : EntityTags.reply(
                                exchange.request(), CellTag.of(cell, cap), caching, () -> Reply.json(200, body)));
    }
}
