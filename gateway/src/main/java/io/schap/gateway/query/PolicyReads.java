package io.schap.gateway.query;

import io.schap.engine.state.Policies;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.QueryParameters;

/** The policies in force, and which of their values come from further up. */
final class PolicyReads {

    private final StockView view;

    PolicyReads(final StockView view) {
        this.view = view;
    }

    void ofStore(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String store = Codes.ofPath(exchange, 0, "store");
        exchange.request().caller().checkStore(store);
        final ReadHead head = ReadHead.take(view);
        final long own = view.storePolicy(Lookup.store(view, store));
        final long inForce =
                Policies.inForce(own, Policies.NONE, view.settings().defaultLowStockThreshold());
        exchange.reply(ReadHead.ok(json -> {
            json.writeStringField("store", store);
            PolicyJson.write(json, inForce, own);
            head.write(json);
        }));
    }

    void ofCell(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String store = Codes.ofPath(exchange, 0, "store");
        exchange.request().caller().checkStore(store);
        final String sku = Codes.ofPath(exchange, 1, "sku");
        final ReadHead head = ReadHead.take(view);
        final long indexes = Lookup.cell(view, store, sku);
        final int storeIndex = (int) (indexes >>> 32);
        final long own = view.cellPolicy(storeIndex, (int) indexes);
        final long inForce = Policies.inForce(
                own, view.storePolicy(storeIndex), view.settings().defaultLowStockThreshold());
        exchange.reply(ReadHead.ok(json -> {
            json.writeStringField("store", store);
            json.writeStringField("sku", sku);
            PolicyJson.write(json, inForce, own);
            head.write(json);
        }));
    }
}
