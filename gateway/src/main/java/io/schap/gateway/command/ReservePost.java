package io.schap.gateway.command;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.sbe.ReserveEncoder;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /v1/reservations}. */
final class ReservePost {

    private static final String LINES_RULE = "an array of 1 to " + Limits.MAX_LINES + " objects";

    private final CommandDesk desk;
    private final SalesChannels channels;
    private final ReserveEncoder encoder = new ReserveEncoder();

    ReservePost(final CommandDesk desk, final SalesChannels channels) {
        this.desk = desk;
        this.channels = channels;
    }

    void handle(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String keyText = RequestKeys.keyOf(exchange.request(), true);
        final JsonValue.Members body = JsonBodies.object(exchange.request());
        final Wish wish = Wish.read(body);
        checkAccess(exchange.request().caller(), wish);
        final List<SentLine.Found> lines = lookUp(wish.lines);
        final long supersedes = lookUpSuperseded(wish.supersedes);
        desk.reach().check(exchange.request().caller(), supersedes);
        final RequestKey key = desk.keys().of(exchange.request(), body, keyText);
        channels.ensure(exchange, List.of(wish.channel), () -> {
            final int length = encode(wish, lines, supersedes, key);
            desk.ask(
                    exchange,
                    length,
                    (answer, offset) -> desk.replies().reservation(answer, offset, null, ReservationStatus.NONE));
        });
    }

    private static void checkAccess(final Caller caller, final Wish wish) {
        caller.checkChannel(wish.channel);
        for (final SentLine line : wish.lines) {
            caller.checkStore(line.store());
        }
    }

    private List<SentLine.Found> lookUp(final List<SentLine> sent) {
        final List<SentLine.Found> lines = new ArrayList<>(sent.size());
        for (final SentLine line : sent) {
            lines.add(line.find(desk.view()));
        }
        return lines;
    }

    private long lookUpSuperseded(final String id) {
        if (id == null) {
            return 0;
        }
        final long number = desk.ids().numberOf(id);
        if (number == ReservationIds.NOT_AN_ID) {
            throw new Problem(
                            ProblemCode.UNKNOWN_RESERVATION,
                            "/supersedes holds the id of no reservation; it may hold that of a HELD one")
                    .with("pointer", "/supersedes")
                    .refusal();
        }
        return number;
    }

    private int encode(final Wish wish, final List<SentLine.Found> lines, final long supersedes, final RequestKey key) {
        final byte[] owner = CommandDesk.bytes(wish.owner);
        final byte[] reference = CommandDesk.bytes(wish.reference);
        encoder.wrapAndApplyHeader(desk.buffer(), 0, desk.header());
        desk.keys().fill(encoder.envelope(), key, 0, desk.view().channelIndex(wish.channel));
        encoder.holdSeconds(wish.holdSeconds)
                .allowPartial((short) (wish.allowPartial ? 1 : 0))
                .supersedes(supersedes);
        final KeyedHash hash = desk.hashOf(owner);
        encoder.ownerHi(owner.length == 0 ? 0 : hash.hi()).ownerLo(owner.length == 0 ? 0 : hash.lo());
        desk.hashOf(reference);
        encoder.referenceHi(reference.length == 0 ? 0 : hash.hi()).referenceLo(reference.length == 0 ? 0 : hash.lo());
        final ReserveEncoder.LinesEncoder group = encoder.linesCount(lines.size());
        for (final SentLine.Found line : lines) {
            group.next().store(line.store()).sku(line.sku()).quantity(line.quantity());
        }
        encoder.putOwner(owner, 0, owner.length).putReference(reference, 0, reference.length);
        return encoder.encodedLength();
    }

    /** A body that holds what it may hold; a hold of 0 seconds stands for the default. */
    private record Wish(
            String channel,
            int holdSeconds,
            String owner,
            String reference,
            boolean allowPartial,
            String supersedes,
            List<SentLine> lines) {

        static Wish read(final JsonValue.Members body) {
            final Faults faults = new Faults();
            final Fields fields = new Fields(body, "", faults);
            fields.need("channel", Codes.CHANNEL_RULE).need("lines", LINES_RULE);
            final String channel = fields.channel("channel");
            final String store = fields.code("store");
            final boolean needsStore = fields.value("store") == null;
            final Integer holdSeconds = fields.integer("holdSeconds", Limits.MIN_HOLD_SECONDS, Limits.MAX_HOLD_SECONDS);
            final String owner = fields.text("owner", Limits.MAX_TEXT_BYTES);
            final String reference = fields.text("reference", Limits.MAX_TEXT_BYTES);
            final boolean allowPartial = fields.flag("allowPartial", false);
            final String supersedes = fields.rawText("supersedes", "the id of a HELD reservation");
            final Map<List<String>, SentLine> merged = new LinkedHashMap<>();
            for (final Fields line : fields.objects("lines", 1, Limits.MAX_LINES)) {
                merge(merged, readLine(line, store, needsStore));
            }
            fields.end();
            for (final SentLine line : merged.values()) {
                if (line.quantity() > Limits.MAX_QUANTITY) {
                    faults.value("/lines", line.quantity() + " of one cell in all", "up to " + Limits.MAX_QUANTITY);
                }
            }
            faults.check();
            return new Wish(
                    channel,
                    holdSeconds == null ? 0 : holdSeconds,
                    owner,
                    reference,
                    allowPartial,
                    supersedes,
                    List.copyOf(merged.values()));
        }

        private static SentLine readLine(final Fields line, final String topStore, final boolean needsStore) {
            line.need("sku", Codes.CODE_RULE).need("quantity", "an integer from 1 to " + Limits.MAX_QUANTITY);
            if (needsStore) {
                line.need("store", Codes.CODE_RULE + "; or the store may stand on top");
            }
            final String ownStore = line.code("store");
            final boolean own = line.value("store") != null;
            final String sku = line.code("sku");
            final Integer quantity = line.integer("quantity", 1, Limits.MAX_QUANTITY);
            line.end();
            return new SentLine(
                    own ? ownStore : topStore,
                    sku,
                    quantity == null ? 0 : quantity,
                    own ? line.pointer("store") : "/store",
                    line.pointer("sku"));
        }

        private static void merge(final Map<List<String>, SentLine> merged, final SentLine line) {
            final List<String> cell = List.of(String.valueOf(line.store()), String.valueOf(line.sku()));
            final SentLine before = merged.get(cell);
            merged.put(cell, before == null ? line : before.plus(line.quantity()));
        }
    }
}
