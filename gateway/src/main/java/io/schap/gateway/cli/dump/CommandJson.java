package io.schap.gateway.cli.dump;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.OccurredAt;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.ConfigureDecoder;
import io.schap.engine.command.sbe.ConfirmDecoder;
import io.schap.engine.command.sbe.EnvelopeDecoder;
import io.schap.engine.command.sbe.ExtendDecoder;
import io.schap.engine.command.sbe.FulfilDecoder;
import io.schap.engine.command.sbe.GenesisDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementsDecoder;
import io.schap.engine.command.sbe.PutChannelDecoder;
import io.schap.engine.command.sbe.PutSkuDecoder;
import io.schap.engine.command.sbe.PutStoreDecoder;
import io.schap.engine.command.sbe.ReleaseDecoder;
import io.schap.engine.command.sbe.ReserveDecoder;
import io.schap.engine.command.sbe.SetPolicyDecoder;
import io.schap.engine.command.sbe.SettingsDecoder;
import io.schap.engine.command.sbe.TickDecoder;
import io.schap.engine.command.sbe.UpgradeDecoder;
import java.io.IOException;
import org.agrona.DirectBuffer;

/** Writes an encoded command as fields of a JSON object. The secrets of a genesis command are left out. For one thread. */
final class CommandJson {

    private final JsonGenerator json;
    private final Names names;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;
    private int offset;

    CommandJson(final JsonGenerator json, final Names names) {
        this.json = json;
        this.names = names;
    }

    /** Writes one command. A template that this version does not know is told by its number. */
    void write(final DirectBuffer command, final int commandOffset) throws IOException {
        buffer = command;
        offset = commandOffset;
        header.wrap(command, commandOffset);
        switch (header.templateId()) {
            case GenesisDecoder.TEMPLATE_ID -> genesis();
            case ConfigureDecoder.TEMPLATE_ID -> configure();
            case UpgradeDecoder.TEMPLATE_ID -> upgrade();
            case TickDecoder.TEMPLATE_ID -> tick();
            case PutChannelDecoder.TEMPLATE_ID -> putChannel();
            case PutStoreDecoder.TEMPLATE_ID -> putStore();
            case PutSkuDecoder.TEMPLATE_ID -> putSku();
            case SetPolicyDecoder.TEMPLATE_ID -> setPolicy();
            case MovementsDecoder.TEMPLATE_ID -> movements();
            case ReserveDecoder.TEMPLATE_ID -> reserve();
            case ConfirmDecoder.TEMPLATE_ID -> confirm();
            case ExtendDecoder.TEMPLATE_ID -> extend();
            case FulfilDecoder.TEMPLATE_ID -> fulfil();
            case ReleaseDecoder.TEMPLATE_ID -> release();
            default -> json.writeStringField("command", "unknown-" + header.templateId());
        }
    }

    private void begin(final String command, final EnvelopeDecoder envelope) throws IOException {
        json.writeStringField("command", command);
        if (envelope.actor() != 0) {
            json.writeNumberField("actor", envelope.actor());
        }
        names.channel(envelope.channel());
        names.hash("key", envelope.keyHi(), envelope.keyLo());
        names.hash("fingerprint", envelope.fingerprintHi(), envelope.fingerprintLo());
    }

    private void genesis() throws IOException {
        final GenesisDecoder command = new GenesisDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("genesis", command.envelope());
        settings(command.settings());
    }

    private void configure() throws IOException {
        final ConfigureDecoder command = new ConfigureDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("configure", command.envelope());
        settings(command.settings());
    }

    private void settings(final SettingsDecoder settings) throws IOException {
        json.writeObjectFieldStart("settings");
        json.writeNumberField("maxStores", settings.maxStores());
        json.writeNumberField("maxSkus", settings.maxSkus());
        json.writeNumberField("maxChannels", settings.maxChannels());
        json.writeNumberField("maxLiveReservations", settings.maxLiveReservations());
        json.writeNumberField("closedReservationsKept", settings.closedReservationsKept());
        json.writeNumberField("defaultHoldSeconds", settings.defaultHoldSeconds());
        json.writeNumberField("defaultLowStockThreshold", settings.defaultLowStockThreshold());
        json.writeNumberField("answersKept", settings.answersKept());
        json.writeNumberField("answersKeptBytes", settings.answersKeptBytes());
        json.writeNumberField("answersKeptMs", settings.answersKeptMs());
        json.writeEndObject();
    }

    private void upgrade() throws IOException {
        final UpgradeDecoder command = new UpgradeDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("upgrade", command.envelope());
        json.writeNumberField("toLogicVersion", command.toLogicVersion());
    }

    private void tick() throws IOException {
        final TickDecoder command = new TickDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("tick", command.envelope());
        json.writeNumberField("maxExpirations", command.maxExpirations());
    }

    private void putChannel() throws IOException {
        final PutChannelDecoder command = new PutChannelDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("put-channel", command.envelope());
        json.writeStringField("name", command.name());
    }

    private void putStore() throws IOException {
        final PutStoreDecoder command = new PutStoreDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("put-store", command.envelope());
        final int mask = command.mask();
        json.writeStringField("store", command.code());
        final String name = command.name();
        if ((mask & StoreFields.NAME) != 0) {
            json.writeStringField("name", name);
        }
        if ((mask & StoreFields.KIND) != 0) {
            json.writeStringField("kind", command.kind() == 0 ? "shop" : "warehouse");
        }
        if ((mask & StoreFields.PICKUP) != 0) {
            names.flag("pickup", command.pickup());
        }
        if ((mask & StoreFields.ACTIVE) != 0) {
            names.flag("active", command.active());
        }
        if ((mask & StoreFields.LOCATION) != 0) {
            final boolean located = command.located() != 0;
            numberOrNull("latitude", located, command.latitude());
            numberOrNull("longitude", located, command.longitude());
        }
        if ((mask & StoreFields.COUNTRY) != 0) {
            json.writeStringField("country", command.country());
        }
    }

    private void numberOrNull(final String field, final boolean given, final double value) throws IOException {
        if (given) {
            json.writeNumberField(field, value);
        } else {
            json.writeNullField(field);
        }
    }

    private void putSku() throws IOException {
        final PutSkuDecoder command = new PutSkuDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("put-sku", command.envelope());
        final int mask = command.mask();
        if ((mask & SkuFields.ACTIVE) != 0) {
            names.flag("active", command.active());
        }
        final PutSkuDecoder.GtinsDecoder gtins = command.gtins();
        if ((mask & SkuFields.GTINS) != 0) {
            json.writeArrayFieldStart("gtins");
            for (final PutSkuDecoder.GtinsDecoder gtin : gtins) {
                json.writeNumber(gtin.gtin());
            }
            json.writeEndArray();
        } else {
            while (gtins.hasNext()) {
                gtins.next();
            }
        }
        json.writeStringField("sku", command.code());
        final String name = command.name();
        if ((mask & SkuFields.NAME) != 0) {
            json.writeStringField("name", name);
        }
        if ((mask & SkuFields.PRICE) != 0) {
            json.writeStringField("price", command.price());
        }
    }

    private void setPolicy() throws IOException {
        final SetPolicyDecoder command = new SetPolicyDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("set-policy", command.envelope());
        names.store(command.store());
        if (command.sku() >= 0) {
            names.sku(command.sku());
        }
        policyValue("safetyStock", command.safetyStockAction(), command.safetyStock());
        policyValue("lowStockThreshold", command.lowStockThresholdAction(), command.lowStockThreshold());
    }

    private void policyValue(final String field, final int action, final int units) throws IOException {
        if (action == PolicyAction.SET) {
            json.writeNumberField(field, units);
        } else if (action == PolicyAction.CLEAR) {
            json.writeNullField(field);
        }
    }

    private void movements() throws IOException {
        final MovementsDecoder command = new MovementsDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("movements", command.envelope());
        json.writeArrayFieldStart("movements");
        for (final MovementsDecoder.RowsDecoder row : command.rows()) {
            json.writeStartObject();
            final MovementType type = MovementType.of(row.movement());
            json.writeStringField("type", type == null ? "unknown-" + row.movement() : Names.lowerCase(type));
            names.store(row.store());
            names.sku(row.sku());
            json.writeNumberField("quantity", row.quantity());
            names.channel(row.channel());
            if (row.expected() != 0) {
                json.writeNumberField("expectedOnHand", row.expectedOnHand());
            }
            if (row.reservation() < 0) {
                json.writeNullField("reservation");
            }
            names.reservation("reservation", row.reservation());
            if (row.occurredAtMs() != OccurredAt.NOT_GIVEN) {
                names.timeGiven("occurredAt", OccurredAt.timeMs(row.occurredAtMs()));
            }
            names.text("owner", row.owner());
            names.text("reference", row.reference());
            names.text("reason", row.reason());
            names.text("paymentReference", row.paymentReference());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void reserve() throws IOException {
        final ReserveDecoder command = new ReserveDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("reserve", command.envelope());
        json.writeNumberField("holdSeconds", command.holdSeconds());
        names.flag("allowPartial", command.allowPartial());
        names.reservation("supersedes", command.supersedes());
        json.writeArrayFieldStart("lines");
        for (final ReserveDecoder.LinesDecoder line : command.lines()) {
            line(line.store(), line.sku(), line.quantity());
        }
        json.writeEndArray();
        names.text("owner", command.owner());
        names.text("reference", command.reference());
    }

    private void confirm() throws IOException {
        final ConfirmDecoder command = new ConfirmDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("confirm", command.envelope());
        names.reservation("reservation", command.reservation());
        if (command.pickupSeconds() > 0) {
            json.writeNumberField("pickupSeconds", command.pickupSeconds());
        }
        names.text("paymentReference", command.paymentReference());
    }

    private void extend() throws IOException {
        final ExtendDecoder command = new ExtendDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("extend", command.envelope());
        names.reservation("reservation", command.reservation());
        json.writeNumberField(command.ofPickup() != 0 ? "pickupSeconds" : "holdSeconds", command.seconds());
    }

    private void fulfil() throws IOException {
        final FulfilDecoder command = new FulfilDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("fulfil", command.envelope());
        names.reservation("reservation", command.reservation());
        json.writeArrayFieldStart("lines");
        for (final FulfilDecoder.LinesDecoder line : command.lines()) {
            line(line.store(), line.sku(), line.quantity());
        }
        json.writeEndArray();
    }

    private void release() throws IOException {
        final ReleaseDecoder command = new ReleaseDecoder().wrapAndApplyHeader(buffer, offset, header);
        begin("release", command.envelope());
        names.reservation("reservation", command.reservation());
        json.writeArrayFieldStart("lines");
        for (final ReleaseDecoder.LinesDecoder line : command.lines()) {
            line(line.store(), line.sku(), line.quantity());
        }
        json.writeEndArray();
        names.text("reason", command.reason());
    }

    private void line(final int store, final int sku, final int quantity) throws IOException {
        json.writeStartObject();
        if (store >= 0) {
            names.store(store);
        }
        names.sku(sku);
        json.writeNumberField("quantity", quantity);
        json.writeEndObject();
    }
}
