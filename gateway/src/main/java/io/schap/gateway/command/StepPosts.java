package io.schap.gateway.command;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.sbe.ConfirmEncoder;
import io.schap.engine.command.sbe.ExtendEncoder;
import io.schap.engine.command.sbe.FulfilEncoder;
import io.schap.engine.command.sbe.ReleaseEncoder;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonBodies;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.query.ReservationReads;
import java.util.ArrayList;
import java.util.List;

/** The steps of a reservation: {@code confirm}, {@code extend}, {@code fulfil} and {@code release}. */
final class StepPosts {

    private final CommandDesk desk;
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final ExtendEncoder extend = new ExtendEncoder();
    private final FulfilEncoder fulfil = new FulfilEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();

    StepPosts(final CommandDesk desk) {
        this.desk = desk;
    }

    void confirm(final Exchange exchange) {
        final Step step = new Step(exchange);
        final Integer pickupSeconds =
                step.fields.integer("pickupSeconds", Limits.MIN_PICKUP_SECONDS, Limits.MAX_PICKUP_SECONDS);
        final byte[] payment = CommandDesk.bytes(step.fields.text("paymentReference", Limits.MAX_TEXT_BYTES));
        final RequestKey key = step.check(false);
        final long number = number(exchange, List.of());
        desk.keys()
                .fill(
                        confirm.wrapAndApplyHeader(desk.buffer(), 0, desk.header())
                                .envelope(),
                        key,
                        0,
                        -1);
        final KeyedHash hash = desk.hashOf(payment);
        confirm.reservation(number)
                .pickupSeconds(pickupSeconds == null ? 0 : pickupSeconds)
                .paymentHi(payment.length == 0 ? 0 : hash.hi())
                .paymentLo(payment.length == 0 ? 0 : hash.lo())
                .putPaymentReference(payment, 0, payment.length);
        ask(exchange, confirm.encodedLength(), ReservationStatus.CONFIRMED);
    }

    void extend(final Exchange exchange) {
        final Step step = new Step(exchange);
        final Integer hold = step.fields.integer("holdSeconds", Limits.MIN_HOLD_SECONDS, Limits.MAX_HOLD_SECONDS);
        final Integer pickup =
                step.fields.integer("pickupSeconds", Limits.MIN_PICKUP_SECONDS, Limits.MAX_PICKUP_SECONDS);
        final boolean ofPickup = step.fields.value("pickupSeconds") != null;
        if (ofPickup == (step.fields.value("holdSeconds") != null)) {
            step.faults.add(
                    "",
                    "the body holds " + (ofPickup ? "both" : "neither")
                            + " of holdSeconds and pickupSeconds; it may hold one");
        }
        final RequestKey key = step.check(false);
        final long number = number(exchange, List.of());
        desk.keys()
                .fill(extend.wrapAndApplyHeader(desk.buffer(), 0, desk.header()).envelope(), key, 0, -1);
        extend.reservation(number).seconds(ofPickup ? pickup : hold).ofPickup((short) (ofPickup ? 1 : 0));
        ask(exchange, extend.encodedLength(), ReservationStatus.NONE);
    }

    void fulfil(final Exchange exchange) {
        final Step step = new Step(exchange);
        final List<SentLine> wished = readLines(step);
        final RequestKey key = step.check(!wished.isEmpty());
        final long number = number(exchange, wished);
        final List<SentLine.Found> lines = lookUp(wished);
        desk.keys()
                .fill(fulfil.wrapAndApplyHeader(desk.buffer(), 0, desk.header()).envelope(), key, 0, -1);
        final FulfilEncoder.LinesEncoder group = fulfil.reservation(number).linesCount(lines.size());
        for (final SentLine.Found line : lines) {
            group.next().store(line.store()).sku(line.sku()).quantity(line.quantity());
        }
        ask(exchange, fulfil.encodedLength(), ReservationStatus.FULFILLED);
    }

    void release(final Exchange exchange) {
        final Step step = new Step(exchange);
        final List<SentLine> wished = readLines(step);
        final byte[] reason = CommandDesk.bytes(step.fields.text("reason", Limits.MAX_TEXT_BYTES));
        final RequestKey key = step.check(!wished.isEmpty());
        final long number = number(exchange, wished);
        final List<SentLine.Found> lines = lookUp(wished);
        desk.keys()
                .fill(
                        release.wrapAndApplyHeader(desk.buffer(), 0, desk.header())
                                .envelope(),
                        key,
                        0,
                        -1);
        final KeyedHash hash = desk.hashOf(reason);
        release.reservation(number)
                .reasonHi(reason.length == 0 ? 0 : hash.hi())
                .reasonLo(reason.length == 0 ? 0 : hash.lo());
        final ReleaseEncoder.LinesEncoder group = release.linesCount(lines.size());
        for (final SentLine.Found line : lines) {
            group.next().store(line.store()).sku(line.sku()).quantity(line.quantity());
        }
        release.putReason(reason, 0, reason.length);
        ask(exchange, release.encodedLength(), ReservationStatus.RELEASED);
    }

    private void ask(final Exchange exchange, final int length, final ReservationStatus stateThatHolds) {
        final String id = exchange.pathValue(0);
        desk.ask(exchange, length, (answer, offset) -> desk.replies().reservation(answer, offset, id, stateThatHolds));
    }

    /** The number of the reservation, whose stores the caller must be allowed; those of the named lines, where any are. */
    private long number(final Exchange exchange, final List<SentLine> named) {
        final Caller caller = exchange.request().caller();
        boolean storesNamed = !named.isEmpty();
        for (final SentLine line : named) {
            storesNamed &= line.store() != null;
            if (line.store() != null) {
                caller.checkStore(line.store());
            }
        }
        final long number = desk.ids().numberOf(exchange.pathValue(0));
        if (number == ReservationIds.NOT_AN_ID) {
            throw ReservationReads.unknown(exchange.pathValue(0));
        }
        if (!storesNamed) {
            desk.reach().check(caller, number);
        }
        return number;
    }

    private static List<SentLine> readLines(final Step step) {
        final List<SentLine> lines = new ArrayList<>();
        for (final Fields line : step.fields.objects("lines", 1, Limits.MAX_LINES)) {
            line.need("sku", Codes.CODE_RULE).need("quantity", "an integer from 1 to " + Limits.MAX_QUANTITY);
            final String store = line.code("store");
            final String sku = line.code("sku");
            final Integer quantity = line.integer("quantity", 1, Limits.MAX_QUANTITY);
            line.end();
            lines.add(new SentLine(
                    store, sku, quantity == null ? 0 : quantity, line.pointer("store"), line.pointer("sku")));
        }
        return lines;
    }

    private List<SentLine.Found> lookUp(final List<SentLine> sent) {
        final List<SentLine.Found> lines = new ArrayList<>(sent.size());
        for (final SentLine line : sent) {
            lines.add(line.find(desk.view()));
        }
        return lines;
    }

    /** The body of a step, while it is read. */
    private final class Step {

        private final Exchange exchange;
        private final JsonValue.Members body;
        private final Faults faults = new Faults();
        private final Fields fields;

        Step(final Exchange exchange) {
            QueryParameters.none(exchange);
            this.exchange = exchange;
            body = JsonBodies.objectOrNothing(exchange.request());
            fields = new Fields(body, "", faults);
        }

        /** Refuses what is wrong, and gives the key of what is right. */
        RequestKey check(final boolean needsKey) {
            fields.end();
            faults.check();
            final String key = RequestKeys.keyOf(exchange.request(), needsKey);
            return desk.keys().of(exchange.request(), body, key);
        }
    }
}
