package io.schap.gateway.query;

import io.schap.engine.command.Limits;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a customer wants, and of which stores. Lines of one SKU are one, at the first one's place, as in a reservation.
 *
 * @param lines    at least one, each of another SKU.
 * @param near     where the customer is; null when it does not matter.
 * @param radiusKm how far a store may be; null for any distance.
 * @param pickup   whether stores offer pickup; null for all stores.
 * @param limit    most stores that are listed.
 */
record Basket(List<Line> lines, Place near, Double radiusKm, Boolean pickup, int limit) {

    private static final String LINES_RULE = "an array of 1 to " + Limits.MAX_LINES + " objects";

    /**
     * Units of a SKU.
     *
     * @param sku      its code.
     * @param quantity units, from 1.
     * @param pointer  where the code stands.
     */
    record Line(String sku, int quantity, String pointer) {}

    /**
     * Reads a body.
     *
     * @param most units of a SKU that may be asked for: what the caller is shown of it.
     * @throws io.schap.gateway.http.Refusal when anything in it is not as it may be.
     */
    static Basket of(final JsonValue.Members body, final int most) {
        final Faults faults = new Faults();
        final Fields fields = new Fields(body, "", faults);
        fields.need("lines", LINES_RULE);
        final List<Line> lines = lines(fields, faults, Math.min(most, Limits.MAX_QUANTITY));
        final Place near = Place.of(fields, faults);
        final Double radiusKm = fields.kilometres("radiusKm");
        if (fields.value("radiusKm") != null && fields.value("near") == null) {
            faults.add("/radiusKm", "/radiusKm stands without /near; it may stand with it");
        }
        final Boolean pickup = fields.value("pickup") == null ? null : (Boolean) fields.flag("pickup", false);
        final Integer limit = fields.integer("limit", 1, Pages.MAX_LIMIT);
        fields.end();
        faults.check();
        return new Basket(lines, near, radiusKm, pickup, limit == null ? Pages.LIMIT : limit);
    }

    private static List<Line> lines(final Fields fields, final Faults faults, final int most) {
        final Map<String, Line> merged = new LinkedHashMap<>();
        for (final Fields line : fields.objects("lines", 1, Limits.MAX_LINES)) {
            line.need("sku", Codes.CODE_RULE).need("quantity", "an integer from 1 to " + most);
            final String sku = line.code("sku");
            final Integer quantity = line.integer("quantity", 1, most);
            line.end();
            if (sku != null && quantity != null) {
                final Line before = merged.get(sku);
                final long sum = quantity + (before == null ? 0L : before.quantity);
                if (sum > most) {
                    faults.value(line.pointer("quantity"), sum + " of one sku in all", "up to " + most);
                }
                merged.put(
                        sku,
                        new Line(
                                sku,
                                (int) Math.min(sum, Limits.MAX_QUANTITY),
                                before == null ? line.pointer("sku") : before.pointer));
            }
        }
        return new ArrayList<>(merged.values());
    }
}
