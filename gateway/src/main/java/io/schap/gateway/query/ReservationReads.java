package io.schap.gateway.query;

import io.schap.engine.command.ReservationIds;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Refusal;
import io.schap.gateway.http.Times;

/** One reservation, by its id. */
public final class ReservationReads {

    private final StockView view;
    private final ReservationIds ids;
    private final ReservationReading reading = new ReservationReading();

    ReservationReads(final StockView view) {
        this.view = view;
        ids = view.newIds();
    }

    void read(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String id = exchange.pathValue(0);
        final long asOfMs = System.currentTimeMillis();
        final long number = ids.numberOf(id);
        if (number < 1 || !view.readReservation(number, reading)) {
            throw unknown(id);
        }
        ReservationReach.check(exchange.request().caller(), view, reading);
        exchange.reply(ReadHead.ok(json -> {
            ReservationJson.head(
                    json,
                    id,
                    reading.status(),
                    view.channelName(reading.channel()),
                    reading.createdAtMs(),
                    reading.deadlineMs());
            ReservationJson.texts(json, reading.owner(), reading.reference(), reading.paymentReference());
            json.writeArrayFieldStart("lines");
            for (int i = 0; i < reading.lineCount(); i++) {
                ReservationJson.beginLine(
                        json,
                        view.store(reading.store(i)).code(),
                        view.sku(reading.sku(i)).code());
                ReservationJson.endLine(
                        json, reading.requested(i), reading.quantity(i), reading.fulfilled(i), reading.released(i));
            }
            json.writeEndArray();
            json.writeNumberField("sequence", reading.changedSequence());
            json.writeStringField("asOf", Times.format(asOfMs));
        }));
    }

    /**
     * What is said of an id that nobody has.
     *
     * @param id as sent.
     * @return to be thrown.
     */
    public static Refusal unknown(final String id) {
        return Problem.refusal(
                ProblemCode.UNKNOWN_RESERVATION,
                "reservation \"" + id
                        + "\" is not known; it may be the id of one that was made here and is still kept");
    }
}
