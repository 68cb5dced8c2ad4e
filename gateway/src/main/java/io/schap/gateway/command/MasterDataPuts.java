package io.schap.gateway.command;

import io.schap.engine.command.Limits;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Decimals;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.Gtins;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.query.MasterDataJson;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** {@code PUT} of stores and SKUs: the whole is replaced, so what is left out goes back to its default. */
final class MasterDataPuts {

    private static final int MAX_LATITUDE = 90;
    private static final int MAX_LONGITUDE = 180;
    private static final String NAME_RULE = "1 to " + Limits.MAX_NAME_CHARS + " characters of text";
    private static final String KIND_RULE = "shop or warehouse";
    private static final String GTINS_RULE = "an array of up to " + Limits.MAX_GTINS + " GTINs";
    private static final String PRICE_RULE = "a decimal number in a text, as \"9.95\"";

    private final CommandDesk desk;
    private final PutStoreEncoder putStore = new PutStoreEncoder();
    private final PutSkuEncoder putSku = new PutSkuEncoder();

    MasterDataPuts(final CommandDesk desk) {
        this.desk = desk;
    }

    void store(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String code = Codes.ofPath(exchange, 0, "store");
        exchange.request().caller().checkStore(code);
        final String keyText = RequestKeys.keyOf(exchange.request(), false);
        final JsonValue.Members body = JsonBodies.object(exchange.request());
        final StoreRow row = readStore(code, body);
        final RequestKey key = desk.keys().of(exchange.request(), body, keyText);
        desk.keys()
                .fill(
                        putStore.wrapAndApplyHeader(desk.buffer(), 0, desk.header())
                                .envelope(),
                        key,
                        0,
                        -1);
        final byte[] codeBytes = CommandDesk.bytes(code);
        final byte[] name = CommandDesk.bytes(row.name());
        final byte[] country = CommandDesk.bytes(row.country());
        putStore.mask((short) StoreFields.ALL)
                .kind((short) (row.warehouse() ? 1 : 0))
                .pickup((short) (row.pickup() ? 1 : 0))
                .active((short) (row.active() ? 1 : 0))
                .located((short) (row.located() ? 1 : 0))
                .latitude(row.latitude())
                .longitude(row.longitude())
                .putCode(codeBytes, 0, codeBytes.length)
                .putName(name, 0, name.length)
                .putCountry(country, 0, country.length);
        desk.ask(
                exchange,
                putStore.encodedLength(),
                (answer, offset) -> put(answer, offset, exchange, json -> MasterDataJson.store(json, row)));
    }

    void sku(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String code = Codes.ofPath(exchange, 0, "sku");
        exchange.request().caller().checkUnbound("change SKUs, which belong to the whole chain");
        final String keyText = RequestKeys.keyOf(exchange.request(), false);
        final JsonValue.Members body = JsonBodies.object(exchange.request());
        final SkuRow row = readSku(code, body);
        final RequestKey key = desk.keys().of(exchange.request(), body, keyText);
        desk.keys()
                .fill(putSku.wrapAndApplyHeader(desk.buffer(), 0, desk.header()).envelope(), key, 0, -1);
        final byte[] codeBytes = CommandDesk.bytes(code);
        final byte[] name = CommandDesk.bytes(row.name());
        final byte[] price = CommandDesk.bytes(row.price());
        putSku.mask((short) SkuFields.ALL).active((short) (row.active() ? 1 : 0));
        final PutSkuEncoder.GtinsEncoder group = putSku.gtinsCount(row.gtins().size());
        for (final long gtin : row.gtins()) {
            group.next().gtin(gtin);
        }
        putSku.putCode(codeBytes, 0, codeBytes.length)
                .putName(name, 0, name.length)
                .putPrice(price, 0, price.length);
        desk.ask(
                exchange,
                putSku.encodedLength(),
                (answer, offset) -> put(answer, offset, exchange, json -> MasterDataJson.sku(json, row)));
    }

    private Reply put(
            final DirectBuffer answer, final int offset, final Exchange exchange, final Reply.JsonBody members) {
        final var done = desk.replies().done(answer, offset);
        final boolean created = done.created() == 1;
        final long sequence = done.answer().sequence();
        final Reply reply = Reply.json(created ? 201 : 200, json -> {
            members.write(json);
            json.writeNumberField("sequence", sequence);
        });
        if (created) {
            reply.header("Location", exchange.request().path());
        }
        return reply.replayed(desk.replies().isReplayed(answer, offset));
    }

    private static StoreRow readStore(final String code, final JsonValue.Members body) {
        final Faults faults = new Faults();
        final Fields fields = new Fields(body, "", faults);
        final String name = fields.need("name", NAME_RULE).name("name", 1, Limits.MAX_NAME_CHARS);
        final String kind = fields.need("kind", KIND_RULE).rawText("kind", KIND_RULE);
        if (kind != null && !kind.equals("shop") && !kind.equals("warehouse")) {
            faults.value("/kind", '"' + kind + '"', KIND_RULE);
        }
        final boolean pickup = fields.flag("pickup", true);
        final boolean active = fields.flag("active", true);
        final Double latitude = fields.degrees("latitude", MAX_LATITUDE);
        final Double longitude = fields.degrees("longitude", MAX_LONGITUDE);
        final boolean located = fields.value("latitude") != null;
        if (located != (fields.value("longitude") != null)) {
            final String missing = located ? "/longitude" : "/latitude";
            faults.add(missing, missing + " is missing; latitude and longitude may stand together or not at all");
        }
        final String country = fields.name("country", 0, Limits.MAX_COUNTRY_CHARS);
        fields.end();
        faults.check();
        return new StoreRow(
                0,
                code,
                name,
                "warehouse".equals(kind),
                pickup,
                active,
                located,
                located ? latitude : 0,
                located ? longitude : 0,
                country == null ? "" : country);
    }

    private static SkuRow readSku(final String code, final JsonValue.Members body) {
        final Faults faults = new Faults();
        final Fields fields = new Fields(body, "", faults);
        final String name = fields.need("name", NAME_RULE).name("name", 1, Limits.MAX_NAME_CHARS);
        final boolean active = fields.flag("active", true);
        final List<Long> gtins = new ArrayList<>();
        int index = 0;
        for (final JsonValue item : fields.items("gtins", 0, Limits.MAX_GTINS, GTINS_RULE)) {
            final String pointer = "/gtins/" + index++;
            final long gtin = item instanceof final JsonValue.Text text ? Gtins.parse(text.text()) : Gtins.NOT_A_GTIN;
            if (gtin == Gtins.NOT_A_GTIN) {
                faults.value(pointer, item.shown(), Gtins.RULE);
            } else if (gtins.contains(gtin)) {
                faults.value(pointer, item.shown() + " again", "a GTIN that does not stand before it");
            } else {
                gtins.add(gtin);
            }
        }
        final String price = fields.rawText("price", PRICE_RULE);
        if (price != null && !Decimals.isUnsigned(price)) {
            faults.value("/price", '"' + price + '"', PRICE_RULE);
        }
        fields.end();
        faults.check();
        return new SkuRow(0, code, name, active, List.copyOf(gtins), price == null ? "" : price);
    }
}
