package io.schap.gateway.cli.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.OccurredAt;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.ConfirmEncoder;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.FulfilEncoder;
import io.schap.engine.command.sbe.GenesisEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.command.sbe.ReleaseEncoder;
import io.schap.engine.command.sbe.ReserveEncoder;
import io.schap.engine.command.sbe.SetPolicyEncoder;
import io.schap.engine.command.sbe.SettingsEncoder;
import io.schap.engine.command.sbe.TickEncoder;
import io.schap.engine.state.LedgerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

final class CommandDumpTest {

    private static final long TIME_MS = 1_790_000_000_123L;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4_096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private CommandDump dump;
    private long sequence;

    @Test
    void shouldWriteOneObjectALineWithCodesAndAnswers() throws IOException {
        final List<JsonNode> lines = dumpAll(1, Long.MAX_VALUE);

        assertEquals(12, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(i + 1, lines.get(i).path("sequence").asLong());
            assertEquals("2026-09-21T14:13:20.123Z", lines.get(i).path("time").asText());
            assertEquals(3, lines.get(i).path("epoch").asLong());
            assertTrue(lines.get(i).path("answer").has("code"), lines.get(i)::toString);
        }
        assertEquals("put-store", lines.get(2).path("command").asText());
        assertEquals("Li\u00e8ge \"Guillemins\"", lines.get(2).path("name").asText());
        assertEquals("0042", lines.get(2).path("store").asText());
        assertEquals(50.6, lines.get(2).path("latitude").asDouble());
        assertEquals("85123A", lines.get(3).path("sku").asText());
        assertEquals(4_006_381_333_931L, lines.get(3).path("gtins").get(0).asLong());
    }

    @Test
    void shouldKeepTheSecretsOfTheChain() throws IOException {
        final JsonNode genesis = dumpAll(1, 1).get(0);

        assertEquals("genesis", genesis.path("command").asText());
        assertEquals(65_535, genesis.path("settings").path("maxStores").asInt());
        assertFalse(genesis.toString().toLowerCase(java.util.Locale.ROOT).contains("secret"));
    }

    @Test
    void shouldTellMovementsWithTheirResults() throws IOException {
        final JsonNode line = dumpAll(5, 5).get(0);

        final JsonNode known = line.path("movements").get(0);
        assertEquals("count", known.path("type").asText());
        assertEquals("0042", known.path("store").asText());
        assertEquals(10, known.path("quantity").asInt());
        assertEquals("eerste telling", known.path("reason").asText());
        assertEquals("1969-12-31T23:59:59.999Z", known.path("occurredAt").asText());
        assertEquals(
                "1970-01-01T00:00:00.000Z",
                line.path("movements").get(1).path("occurredAt").asText());
        assertTrue(line.path("movements").get(1).path("sku").isNull());
        assertEquals(
                10, line.path("answer").path("results").get(0).path("onHand").asInt());
        assertEquals(
                "unknown-sku",
                line.path("answer").path("results").get(1).path("error").asText());
    }

    @Test
    void shouldTellAReservationByItsPublicIdFromItsMakingToItsEnd() throws IOException {
        final List<JsonNode> lines = dumpAll(6, 12);

        final JsonNode made = lines.get(1);
        assertEquals("reserve", made.path("command").asText());
        assertEquals("web", made.path("channel").asText());
        assertEquals("cart-81", made.path("owner").asText());
        assertEquals("00000000000000070000000000000009", made.path("key").asText());
        assertEquals("created", made.path("answer").path("code").asText());
        final String id = made.path("answer").path("reservation").asText();
        assertEquals(26, id.length());
        assertEquals("HELD", made.path("answer").path("state").asText());
        assertEquals(
                "2026-09-21T14:28:20.123Z",
                made.path("answer").path("expiresAt").asText());
        assertEquals(id, lines.get(3).path("reservation").asText());
        assertEquals("CONFIRMED", lines.get(3).path("answer").path("state").asText());
        assertEquals(1, lines.get(4).path("lines").get(0).path("quantity").asInt());
        assertEquals("RELEASED", lines.get(5).path("answer").path("state").asText());
    }

    @Test
    void shouldTellWhatWasShort() throws IOException {
        final JsonNode line = dumpAll(8, 8).get(0);

        assertEquals("insufficient-stock", line.path("answer").path("code").asText());
        final JsonNode shortfall = line.path("answer").path("shortfalls").get(0);
        assertEquals(100, shortfall.path("requested").asInt());
        assertEquals(7, shortfall.path("available").asInt());
    }

    @Test
    void shouldWriteOnlyTheRangeButAnswerFromAllBeforeIt() throws IOException {
        final List<JsonNode> all = dumpAll(1, Long.MAX_VALUE);
        assertEquals(all.subList(6, 9), dumpAll(7, 9));
        assertEquals(List.of(), dumpAll(100, 200));
    }

    private List<JsonNode> dumpAll(final long from, final long to) throws IOException {
        out.reset();
        sequence = 0;
        dump = new CommandDump(out, from, to);
        try (CommandDump closing = dump) {
            masterData();
            facts();
            requests();
        }
        final List<JsonNode> lines = new ArrayList<>();
        for (final String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private void masterData() {
        final GenesisEncoder genesis = new GenesisEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(genesis.envelope(), -1, 0);
        genesis.idSecretHi(11).idSecretLo(12).textSecretHi(13).textSecretLo(14);
        settings(genesis.settings(), LedgerSettings.DEFAULTS);
        take(genesis.encodedLength());
        final PutChannelEncoder channel = new PutChannelEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(channel.envelope(), -1, 0);
        take(channel.name("web").encodedLength());
        final PutStoreEncoder store = new PutStoreEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(store.envelope(), -1, 0);
        store.mask((short) StoreFields.ALL).kind((short) 0).pickup((short) 1).active((short) 1);
        store.located((short) 1).latitude(50.6).longitude(5.6);
        take(store.code("0042").name("Li\u00e8ge \"Guillemins\"").country("BE").encodedLength());
        final PutSkuEncoder sku = new PutSkuEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(sku.envelope(), -1, 0);
        sku.mask((short) SkuFields.ALL).active((short) 1);
        sku.gtinsCount(1).next().gtin(4_006_381_333_931L);
        take(sku.code("85123A").name("Lamp").price("12.50").encodedLength());
    }

    private void facts() {
        final MovementsEncoder movements = new MovementsEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(movements.envelope(), -1, 5);
        final MovementsEncoder.RowsEncoder rows = movements.rowsCount(2);
        row(rows.next(), 0);
        row(rows.next(), -1);
        take(movements.encodedLength());
        final SetPolicyEncoder policy = new SetPolicyEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(policy.envelope(), -1, 0);
        policy.store(0).sku(-1).safetyStockAction((short) PolicyAction.SET).safetyStock(1);
        policy.lowStockThresholdAction((short) PolicyAction.KEEP).lowStockThreshold(0);
        take(policy.encodedLength());
    }

    private static void row(final MovementsEncoder.RowsEncoder row, final int sku) {
        row.movement((short) MovementType.COUNT.ordinal()).expected((short) 0).channel((short) -1);
        row.store(0).sku(sku).quantity(10).expectedOnHand(0).reservation(0);
        row.occurredAtMs(sku == 0 ? OccurredAt.given(-1) : OccurredAt.given(0));
        row.ownerHi(0).ownerLo(0).referenceHi(0).referenceLo(0);
        row.owner("").reference("").reason("eerste telling").paymentReference("");
    }

    private void requests() {
        reserve(9, 2);
        reserve(10, 100);
        final ConfirmEncoder confirm = new ConfirmEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(confirm.envelope(), -1, 0);
        confirm.reservation(1).pickupSeconds(0).paymentHi(0).paymentLo(0);
        take(confirm.paymentReference("").encodedLength());
        final FulfilEncoder fulfil = new FulfilEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(fulfil.envelope(), -1, 0);
        fulfil.reservation(1).linesCount(1).next().store(-1).sku(0).quantity(1);
        take(fulfil.encodedLength());
        final ReleaseEncoder release = new ReleaseEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(release.envelope(), -1, 0);
        release.reservation(1).reasonHi(0).reasonLo(0).linesCount(0);
        take(release.reason("bedacht zich").encodedLength());
        final TickEncoder tick = new TickEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(tick.envelope(), -1, 0);
        take(tick.maxExpirations(1_024).encodedLength());
    }

    private void reserve(final long key, final int quantity) {
        final ReserveEncoder reserve = new ReserveEncoder().wrapAndApplyHeader(buffer, 0, header);
        envelope(reserve.envelope(), 0, key);
        reserve.holdSeconds(900).allowPartial((short) 0).supersedes(0);
        reserve.ownerHi(1).ownerLo(2).referenceHi(0).referenceLo(0);
        reserve.linesCount(1).next().store(0).sku(0).quantity(quantity);
        take(reserve.owner("cart-81").reference("").encodedLength());
    }

    private static void envelope(final EnvelopeEncoder envelope, final int channel, final long key) {
        envelope.logicVersion(1).channel((short) channel).actor(0);
        envelope.keyHi(key == 0 ? 0 : 7).keyLo(key).fingerprintHi(key).fingerprintLo(key);
    }

    private static void settings(final SettingsEncoder encoder, final LedgerSettings settings) {
        encoder.maxStores(settings.maxStores())
                .maxSkus(settings.maxSkus())
                .maxChannels(settings.maxChannels())
                .maxLiveReservations(settings.maxLiveReservations())
                .closedReservationsKept(settings.closedReservationsKept())
                .defaultHoldSeconds(settings.defaultHoldSeconds())
                .defaultLowStockThreshold(settings.defaultLowStockThreshold())
                .answersKept(settings.answersKept())
                .answersKeptBytes(settings.answersKeptBytes())
                .answersKeptMs(settings.answersKeptMs());
    }

    private void take(final int bodyLength) {
        sequence++;
        dump.take(sequence, TIME_MS, 3, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }
}
