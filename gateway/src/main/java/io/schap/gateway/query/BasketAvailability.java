package io.schap.gateway.query;

import io.schap.engine.state.StoreRow;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Times;
import java.util.Arrays;
import java.util.Map;

/**
 * Which stores have a whole basket, and what the others lack: complete stores first, then the nearest, then by code.
 *
 * <p>All cells of a SKU lie together, so each line is read over all stores before the next. What was read is kept in one
 * array, so that a store is shown by the very numbers that put it in its place; stores are put in order as words of
 * {completeness, distance, place by code}, without an object for each. For one thread.
 */
final class BasketAvailability {

    private static final byte[] SEQUENCE = JsonBytes.ascii("{\"sequence\":");
    private static final byte[] AS_OF = JsonBytes.ascii(",\"asOf\":");
    private static final byte[] STORES = JsonBytes.ascii(",\"stores\":[");
    private static final byte[] STORE = JsonBytes.ascii("{\"store\":");
    private static final byte[] NAME = JsonBytes.ascii(",\"name\":");
    private static final byte[] DISTANCE = JsonBytes.ascii(",\"distanceKm\":");
    private static final byte[] NULL = JsonBytes.ascii("null");
    private static final byte[] COMPLETE = JsonBytes.ascii(",\"complete\":true,\"missing\":[");
    private static final byte[] INCOMPLETE = JsonBytes.ascii(",\"complete\":false,\"missing\":[");
    private static final byte[] SKU = JsonBytes.ascii("{\"sku\":");
    private static final byte[] REQUESTED = JsonBytes.ascii(",\"requested\":");
    private static final byte[] AVAILABLE = JsonBytes.ascii(",\"available\":");
    private static final byte[] END = JsonBytes.ascii("]}");

    /** Sorts after every distance on earth, in tenths of a kilometre. */
    private static final int NO_DISTANCE = (1 << 24) - 1;

    private static final int PLACE_BITS = 24;
    private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;
    private static final long INCOMPLETE_BIT = 1L << 62;
    private static final int KEPT_UNITS = 1 << 18;

    private final StockView view;
    private final JsonBytes out = new JsonBytes();
    private StoreRow[] rows = new StoreRow[64];
    private long[] order = new long[64];
    private int[] units = new int[1_024];

    BasketAvailability(final StockView view) {
        this.view = view;
    }

    void post(final Exchange exchange) {
        QueryParameters.none(exchange);
        final Caller caller = exchange.request().caller();
        final Basket basket = Basket.of(JsonBodies.object(exchange.request()), caller.maxQuantityShown());
        final ReadHead head = ReadHead.take(view);
        final int[] skus = new int[basket.lines().size()];
        for (int i = 0; i < skus.length; i++) {
            skus[i] = sku(basket.lines().get(i));
        }
        final int stores = candidates(basket, caller);
        read(basket, skus, stores);
        Arrays.sort(order, 0, stores);
        exchange.reply(ReadHead.ok(write(head, basket, stores)));
        if (units.length > KEPT_UNITS) {
            units = new int[KEPT_UNITS];
        }
    }

    private int sku(final Basket.Line line) {
        final int index = view.skuIndex(line.sku());
        if (index < 0) {
            throw Lookup.unknownSku(line.sku()).with("pointer", line.pointer()).refusal();
        }
        return index;
    }

    /** Notes the stores that are asked about, by code, and how far each is; returns how many. */
    private int candidates(final Basket basket, final Caller caller) {
        int count = 0;
        for (final Map.Entry<String, Integer> entry : view.storesByCode().entrySet()) {
            final StoreRow row = view.store(entry.getValue());
            if (!row.active()
                    || !caller.mayReach(row.code())
                    || basket.pickup() != null && basket.pickup() != row.pickup()) {
                continue;
            }
            final double km = basket.near() == null ? Double.NaN : basket.near().km(row);
            if (basket.radiusKm() != null && !(km <= basket.radiusKm())) {
                continue;
            }
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
                order = Arrays.copyOf(order, 2 * count);
            }
            rows[count] = row;
            final long tenths = Double.isNaN(km) ? NO_DISTANCE : Math.round(km * 10);
            order[count] = tenths << PLACE_BITS | count;
            count++;
        }
        return count;
    }

    /** Reads every line in every store. What is not active is not promised, so there is none of it. */
    private void read(final Basket basket, final int[] skus, final int stores) {
        if (units.length < stores * skus.length) {
            units = new int[stores * skus.length];
        }
        for (int line = 0; line < skus.length; line++) {
            final int quantity = basket.lines().get(line).quantity();
            final boolean active = view.sku(skus[line]).active();
            for (int i = 0; i < stores; i++) {
                final int available = active ? view.available(rows[i].index(), skus[line]) : 0;
                units[i * skus.length + line] = available;
                if (available < quantity) {
                    order[i] |= INCOMPLETE_BIT;
                }
            }
        }
    }

    private byte[] write(final ReadHead head, final Basket basket, final int stores) {
        out.clear().raw(SEQUENCE).number(head.sequence());
        out.raw(AS_OF).text(Times.format(head.asOfMs())).raw(STORES);
        final int listed = Math.min(stores, basket.limit());
        for (int i = 0; i < listed; i++) {
            if (i > 0) {
                out.raw(',');
            }
            writeStore(order[i], basket);
        }
        return out.raw(END).toArray();
    }

    private void writeStore(final long key, final Basket basket) {
        final int place = (int) (key & PLACE_MASK);
        final StoreRow row = rows[place];
        out.raw(STORE).text(row.code()).raw(NAME).text(row.name()).raw(DISTANCE);
        final int tenths = (int) (key >>> PLACE_BITS) & NO_DISTANCE;
        if (tenths == NO_DISTANCE) {
            out.raw(NULL);
        } else {
            out.number(tenths / 10).raw('.').number(tenths % 10);
        }
        if ((key & INCOMPLETE_BIT) == 0) {
            out.raw(COMPLETE).raw(END);
            return;
        }
        out.raw(INCOMPLETE);
        final int lines = basket.lines().size();
        boolean first = true;
        for (int line = 0; line < lines; line++) {
            final Basket.Line wanted = basket.lines().get(line);
            final int available = units[place * lines + line];
            if (available < wanted.quantity()) {
                if (!first) {
                    out.raw(',');
                }
                first = false;
                out.raw(SKU).text(wanted.sku()).raw(REQUESTED).number(wanted.quantity());
                out.raw(AVAILABLE).number(available).raw('}');
            }
        }
        out.raw(END);
    }
}
