package io.schap.gateway.command;

import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.OccurredAt;
import io.schap.engine.command.ReservationIds;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.Gtins;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code POST /v1/stock/movements}: every row is checked before the first is sent. */
final class MovementsPost {

    private static final int MAX_MOVEMENTS = 1_000;
    private static final int AHEAD_MS = 5 * 60_000;
    private static final String LIST_RULE = "an array of 1 to " + MAX_MOVEMENTS + " objects";
    private static final String TYPE_RULE = "receipt, sale, return, adjustment or count";

    private final CommandDesk desk;
    private final SalesChannels channels;
    private final MovementParts parts;

    MovementsPost(final CommandDesk desk, final SalesChannels channels) {
        this.desk = desk;
        this.channels = channels;
        parts = new MovementParts(desk.view(), desk.view().newTextHash());
    }

    void handle(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String keyText = RequestKeys.keyOf(exchange.request(), true);
        final JsonValue.Members body = JsonBodies.object(exchange.request());
        final Faults faults = new Faults();
        final Fields fields = new Fields(body, "", faults);
        fields.need("movements", LIST_RULE);
        final long latestMs = System.currentTimeMillis() + AHEAD_MS;
        final List<SentRow> sent = new ArrayList<>();
        for (final Fields row : fields.objects("movements", 1, MAX_MOVEMENTS)) {
            sent.add(admitted(exchange.request().caller(), read(row, faults, latestMs)));
        }
        fields.end();
        faults.check();
        final Set<String> names = new LinkedHashSet<>();
        for (final SentRow row : sent) {
            if (row.row.channel() != null) {
                names.add(row.row.channel());
            }
        }
        final RequestKey key = desk.keys().of(exchange.request(), body, keyText);
        channels.ensure(exchange, names, () -> new MovementsWrite(desk, parts, exchange, key, sent).begin());
    }

    private SentRow read(final Fields row, final Faults faults, final long latestMs) {
        row.need("type", TYPE_RULE).need("store", Codes.CODE_RULE);
        final MovementType type = type(row, faults);
        final String store = row.code("store");
        final String sku = row.code("sku");
        final String gtin = row.rawText("gtin", Gtins.RULE);
        checkOneOf(row, faults, gtin);
        final boolean signed = type == MovementType.ADJUSTMENT || type == MovementType.COUNT;
        final int least = signed ? -Limits.MAX_QUANTITY : 1;
        row.need("quantity", "an integer from " + least + " to " + Limits.MAX_QUANTITY);
        final Integer quantity = row.integer("quantity", least, Limits.MAX_QUANTITY);
        final String channel = row.channel("channel");
        final Integer expected = row.integer("expectedOnHand", -Limits.MAX_QUANTITY, Limits.MAX_QUANTITY);
        if (row.value("expectedOnHand") != null && type != null && type != MovementType.COUNT) {
            faults.add(row.pointer("expectedOnHand"), row.pointer("expectedOnHand") + " may stand with a count only");
        }
        final String reservation = row.rawText("reservation", "the id of a reservation");
        if (row.value("reservation") != null && type != null && type != MovementType.SALE) {
            faults.add(row.pointer("reservation"), row.pointer("reservation") + " may stand with a sale only");
        }
        final Long occurredAt = row.time("occurredAt", latestMs);
        final MovementRow.Texts texts = new MovementRow.Texts(
                text(row, "owner"), text(row, "reference"), text(row, "reason"), text(row, "paymentReference"));
        row.end();
        final MovementRow movement = new MovementRow(
                type,
                channel,
                store == null ? -1 : desk.view().storeIndex(store),
                skuIndex(sku, gtin),
                quantity == null ? 0 : quantity,
                expected,
                reservation == null ? 0 : number(reservation),
                occurredAt == null ? OccurredAt.NOT_GIVEN : OccurredAt.given(occurredAt),
                texts);
        return new SentRow(movement, store, sku, gtin, reservation, null);
    }

    /** A row of a store or sales channel that the key is not bound to is sent as one of no store: the engine rejects it. */
    private static SentRow admitted(final Caller caller, final SentRow sent) {
        final String channel = sent.row.channel();
        final boolean otherStore = sent.store != null && !caller.mayReach(sent.store);
        if (!otherStore && (channel == null || caller.mayUse(channel))) {
            return sent;
        }
        return new SentRow(
                sent.row.ofNoStore(),
                sent.store,
                sent.sku,
                sent.gtin,
                sent.reservation,
                otherStore ? Caller.storeDetail(sent.store) : Caller.channelDetail(channel));
    }

    private static MovementType type(final Fields row, final Faults faults) {
        final String text = row.rawText("type", TYPE_RULE);
        if (text == null) {
            return null;
        }
        for (final MovementType type : MovementType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(text)) {
                return type;
            }
        }
        faults.value(row.pointer("type"), '"' + text + '"', TYPE_RULE);
        return null;
    }

    private static void checkOneOf(final Fields row, final Faults faults, final String gtin) {
        final boolean hasSku = row.value("sku") != null;
        final boolean hasGtin = row.value("gtin") != null;
        if (hasSku == hasGtin) {
            faults.add(
                    row.pointer("sku"),
                    row.pointer("sku") + (hasSku ? " stands beside a gtin" : " is missing, and so is a gtin")
                            + "; one of the two may stand");
        }
        if (gtin != null && Gtins.parse(gtin) == Gtins.NOT_A_GTIN) {
            faults.value(row.pointer("gtin"), '"' + gtin + '"', Gtins.RULE);
        }
    }

    private int skuIndex(final String sku, final String gtin) {
        if (sku != null) {
            return desk.view().skuIndex(sku);
        }
        final long number = gtin == null ? Gtins.NOT_A_GTIN : Gtins.parse(gtin);
        return number == Gtins.NOT_A_GTIN ? -1 : desk.view().skuByGtin(number);
    }

    private long number(final String reservation) {
        final long number = desk.ids().numberOf(reservation);
        return number == ReservationIds.NOT_AN_ID ? -1 : number;
    }

    private static byte[] text(final Fields row, final String name) {
        return CommandDesk.bytes(row.text(name, Limits.MAX_TEXT_BYTES));
    }

    /**
     * A row beside what was sent for it, which its error names.
     *
     * @param row         to be encoded.
     * @param store       as sent.
     * @param sku         as sent, null where a GTIN stands for it.
     * @param gtin        as sent, null where there is a SKU.
     * @param reservation as sent, null for none.
     * @param forbidden   why the key may not send it, null when it may.
     */
    record SentRow(MovementRow row, String store, String sku, String gtin, String reservation, String forbidden) {}
}
