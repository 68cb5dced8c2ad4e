package io.schap.gateway.command;

import io.schap.engine.command.Limits;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.PolicyStateDecoder;
import io.schap.engine.command.sbe.SetPolicyEncoder;
import io.schap.engine.state.Policies;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.query.Lookup;
import io.schap.gateway.query.PolicyJson;
import org.agrona.DirectBuffer;

/** {@code PATCH} of policies: what is left out is kept, and {@code null} goes back to the value from further up. */
final class PolicyPatches {

    private static final int NO_SKU = -1;

    private final CommandDesk desk;
    private final SetPolicyEncoder encoder = new SetPolicyEncoder();
    private final PolicyStateDecoder decoder = new PolicyStateDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    PolicyPatches(final CommandDesk desk) {
        this.desk = desk;
    }

    void ofStore(final Exchange exchange) {
        patch(exchange, Codes.ofPath(exchange, 0, "store"), null);
    }

    void ofCell(final Exchange exchange) {
        patch(exchange, Codes.ofPath(exchange, 0, "store"), Codes.ofPath(exchange, 1, "sku"));
    }

    private void patch(final Exchange exchange, final String store, final String sku) {
        QueryParameters.none(exchange);
        exchange.request().caller().checkStore(store);
        final String keyText = RequestKeys.keyOf(exchange.request(), false);
        final JsonValue.Members body = JsonBodies.object(exchange.request());
        final Faults faults = new Faults();
        final Fields fields = new Fields(body, "", faults);
        final Integer safetyStock = fields.integer("safetyStock", 0, Limits.MAX_QUANTITY);
        final Integer threshold = fields.integer("lowStockThreshold", 0, Limits.MAX_QUANTITY);
        fields.end();
        faults.check();
        final int storeIndex = Lookup.store(desk.view(), store);
        final int skuIndex = sku == null ? NO_SKU : Lookup.sku(desk.view(), sku);
        final RequestKey key = desk.keys().of(exchange.request(), body, keyText);
        desk.keys()
                .fill(
                        encoder.wrapAndApplyHeader(desk.buffer(), 0, desk.header())
                                .envelope(),
                        key,
                        0,
                        -1);
        encoder.store(storeIndex)
                .sku(skuIndex)
                .safetyStockAction(action(fields, "safetyStock", safetyStock))
                .lowStockThresholdAction(action(fields, "lowStockThreshold", threshold))
                .safetyStock(safetyStock == null ? 0 : safetyStock)
                .lowStockThreshold(threshold == null ? 0 : threshold);
        desk.ask(exchange, encoder.encodedLength(), (answer, offset) -> reply(answer, offset, store, sku));
    }

    private static short action(final Fields fields, final String name, final Integer value) {
        if (value != null) {
            return PolicyAction.SET;
        }
        return (short) (fields.isNull(name) ? PolicyAction.CLEAR : PolicyAction.KEEP);
    }

    private Reply reply(final DirectBuffer answer, final int offset, final String store, final String sku) {
        desk.replies().refuseIfRefused(answer, offset);
        decoder.wrapAndApplyHeader(answer, offset, header);
        final long safety = Policies.withSafetyStock(Policies.NONE, decoder.safetyStock());
        final long inForce = Policies.withLowStockThreshold(safety, decoder.lowStockThreshold());
        long own = inForce;
        own = decoder.safetyStockSet() == 1 ? own : Policies.withoutSafetyStock(own);
        own = decoder.lowStockThresholdSet() == 1 ? own : Policies.withoutLowStockThreshold(own);
        final long ownValues = own;
        final long sequence = decoder.answer().sequence();
        return Reply.json(200, json -> {
                    json.writeStringField("store", store);
                    if (sku != null) {
                        json.writeStringField("sku", sku);
                    }
                    PolicyJson.write(json, inForce, ownValues);
                    json.writeNumberField("sequence", sequence);
                })
                .replayed(desk.replies().isReplayed(answer, offset));
    }
}
