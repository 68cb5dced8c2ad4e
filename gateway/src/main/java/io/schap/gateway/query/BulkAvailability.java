package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.EntityTags;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Times;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Availability of a list of cells. Each is exact and at least as new as the sequence; the list is no snapshot. A body that
 * {@link BulkBody} recognises is answered from its bytes; every other goes the general way, to the same answer.
 */
final class BulkAvailability {

    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_QUERY_ITEMS = 100;
    private static final int FORBIDDEN_TAG = -3;
    private static final byte[] SEQUENCE = JsonBytes.ascii("{\"sequence\":");
    private static final byte[] AS_OF = JsonBytes.ascii(",\"asOf\":");
    private static final byte[] ITEMS = JsonBytes.ascii(",\"items\":[");
    private static final byte[] STORE = JsonBytes.ascii("{\"store\":\"");
    private static final byte[] SKU = JsonBytes.ascii("\",\"sku\":\"");
    private static final byte[] AVAILABLE = JsonBytes.ascii("\",\"available\":");
    private static final byte[] STATUS = JsonBytes.ascii(",\"status\":\"");
    private static final byte[] CAPPED = JsonBytes.ascii(",\"capped\":true,\"status\":\"");
    private static final byte[] OUT = JsonBytes.ascii("OutOfStock\"}");
    private static final byte[] LIMITED = JsonBytes.ascii("LimitedAvailability\"}");
    private static final byte[] IN = JsonBytes.ascii("InStock\"}");

    private final StockView view;
    private final String caching;
    private final CellReading cell = new CellReading();
    private final BulkBody recognised = new BulkBody(MAX_ITEMS);
    private final JsonBytes out = new JsonBytes();

    BulkAvailability(final StockView view, final String caching) {
        this.view = view;
        this.caching = caching;
    }

    /** The list as a body. */
    void post(final Exchange exchange) {
        QueryParameters.none(exchange);
        JsonBodies.checkType(exchange.request());
        final byte[] bytes = exchange.request().body();
        if (recognised.recognise(bytes)) {
            exchange.reply(recognisedReply(bytes, exchange.request().caller()));
        } else {
            postGenerally(exchange);
        }
    }

    private void postGenerally(final Exchange exchange) {
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
        exchange.reply(ReadHead.ok(body(items, exchange.request().caller())));
    }

    private Reply recognisedReply(final byte[] body, final Caller caller) {
        final ReadHead head = ReadHead.take(view);
        out.clear().raw(SEQUENCE).number(head.sequence()).raw(AS_OF).text(Times.format(head.asOfMs()));
        out.raw(ITEMS);
        int store = -1;
        for (int i = 0; i < recognised.count(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            if (i == 0 || !isStoreOfItemBefore(body, i)) {
                store = view.storeIndex(body, recognised.storeOffset(i), recognised.storeLength(i));
            }
            final int sku = view.skuIndex(body, recognised.skuOffset(i), recognised.skuLength(i));
            if (!caller.mayReach(body, recognised.storeOffset(i), recognised.storeLength(i))) {
                final String code = ascii(body, recognised.storeOffset(i), recognised.storeLength(i));
                writeError(ProblemCode.FORBIDDEN, Caller.storeDetail(code));
            } else if (store < 0 || sku < 0) {
                writeUnknown(store < 0, i, body);
            } else {
                view.readCell(store, sku, cell);
                writeItem(i, body, caller.maxQuantityShown());
            }
        }
        return ReadHead.ok(out.raw(']').raw('}').toArray());
    }

    private boolean isStoreOfItemBefore(final byte[] body, final int item) {
        final int offset = recognised.storeOffset(item);
        final int before = recognised.storeOffset(item - 1);
        return Arrays.equals(
                body,
                offset,
                offset + recognised.storeLength(item),
                body,
                before,
                before + recognised.storeLength(item - 1));
    }

    private void writeItem(final int item, final byte[] body, final int cap) {
        final int available = cell.available();
        final int store = recognised.storeOffset(item);
        final int sku = recognised.skuOffset(item);
        if (sku - store - recognised.storeLength(item) == SKU.length) { // no white space: the very bytes to be written
            out.raw(STORE).raw(body, store, sku + recognised.skuLength(item) - store);
        } else {
            out.raw(STORE).raw(body, store, recognised.storeLength(item));
            out.raw(SKU).raw(body, sku, recognised.skuLength(item));
        }
        out.raw(AVAILABLE).number(Math.min(available, cap)).raw(available > cap ? CAPPED : STATUS);
        out.raw(available == 0 ? OUT : available <= cell.lowStockThreshold() ? LIMITED : IN);
    }

    private void writeUnknown(final boolean isStore, final int item, final byte[] body) {
        final ProblemCode code = isStore ? ProblemCode.UNKNOWN_STORE : ProblemCode.UNKNOWN_SKU;
        final String text = isStore
                ? ascii(body, recognised.storeOffset(item), recognised.storeLength(item))
                : ascii(body, recognised.skuOffset(item), recognised.skuLength(item));
        writeError(code, isStore ? Lookup.storeDetail(text) : Lookup.skuDetail(text));
    }

    private void writeError(final ProblemCode code, final String detail) {
        out.raw(JsonBytes.ascii(
                        "{\"error\":{\"code\":\"" + code.code() + "\",\"status\":" + code.status() + ",\"detail\":"))
                .text(detail)
                .raw('}')
                .raw('}');
    }

    private static String ascii(final byte[] body, final int offset, final int length) {
        return new String(body, offset, length, StandardCharsets.US_ASCII);
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
        final Caller caller = exchange.request().caller();
        exchange.reply(EntityTags.reply(
                exchange.request(), tag(items, caller), caching, () -> Reply.json(200, body(items, caller))));
    }

    /** The items are read once more for the answer; when one changes in between, the next question finds another tag. */
    private long tag(final List<Item> items, final Caller caller) {
        long tag = EntityTags.SEED;
        for (final Item item : items) {
            final int store = view.storeIndex(item.store);
            final int sku = view.skuIndex(item.sku);
            if (!caller.mayReach(item.store)) {
                tag = EntityTags.mix(tag, FORBIDDEN_TAG);
            } else if (store >= 0 && sku >= 0) {
                view.readCell(store, sku, cell);
                tag = CellTag.mix(tag, cell, caller.maxQuantityShown());
            } else {
                tag = EntityTags.mix(tag, store < 0 ? -1 : -2);
            }
        }
        return tag;
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

    private Reply.JsonBody body(final List<Item> items, final Caller caller) {
        final ReadHead head = ReadHead.take(view);
        return json -> {
            head.write(json);
            json.writeArrayFieldStart("items");
            for (final Item item : items) {
                write(json, item, caller);
            }
            json.writeEndArray();
        };
    }

    private void write(final JsonGenerator json, final Item item, final Caller caller) throws IOException {
        final int store = view.storeIndex(item.store);
        final int sku = view.skuIndex(item.sku);
        if (!caller.mayReach(item.store)) {
            Problem.writeError(json, ProblemCode.FORBIDDEN, Caller.storeDetail(item.store));
        } else if (store < 0) {
            Problem.writeError(json, ProblemCode.UNKNOWN_STORE, Lookup.storeDetail(item.store));
        } else if (sku < 0) {
            Problem.writeError(json, ProblemCode.UNKNOWN_SKU, Lookup.skuDetail(item.sku));
        } else {
            view.readCell(store, sku, cell);
            json.writeStartObject();
            json.writeStringField("store", item.store);
            json.writeStringField("sku", item.sku);
            CellJson.availability(json, cell, caller.maxQuantityShown());
            json.writeEndObject();
        }
    }

    private record Item(String store, String sku) {}
}
