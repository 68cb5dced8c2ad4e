package io.schap.gateway.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.DoneDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.RefusedDecoder;
import io.schap.engine.command.sbe.ReservationStateDecoder;
import io.schap.engine.command.sbe.ShortStockDecoder;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Reply;
import io.schap.gateway.query.ReservationJson;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Says what an answer says. Only the answer's bytes and names that never change go in, so that an answer that is given
 * again has the same body. For one thread.
 */
final class AnswerReplies {

    private static final int REPLAYED = 1;

    private final StockView view;
    private final ReservationIds ids;
    private final RefusalProblems problems;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DoneDecoder done = new DoneDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final ShortStockDecoder shortStock = new ShortStockDecoder();
    private final ReservationStateDecoder reservation = new ReservationStateDecoder();

    AnswerReplies(final StockView view, final ReservationIds ids) {
        this.view = view;
        this.ids = ids;
        problems = new RefusalProblems(view, ids);
    }

    /** The code of an answer; every answer begins with it. */
    ResultCode code(final DirectBuffer answer, final int offset) {
        return ResultCode.of(answer.getByte(offset + MessageHeaderDecoder.ENCODED_LENGTH) & 0xff);
    }

    /** Whether an answer was given before. */
    boolean isReplayed(final DirectBuffer answer, final int offset) {
        return (answer.getByte(offset + MessageHeaderDecoder.ENCODED_LENGTH + 1) & REPLAYED) != 0;
    }

    /** The template id of an answer. */
    int template(final DirectBuffer answer, final int offset) {
        return header.wrap(answer, offset).templateId();
    }

    /** Throws the problem that an answer is, if it is one. */
    void refuseIfRefused(final DirectBuffer answer, final int offset) {
        final int template = template(answer, offset);
        if (template == RefusedDecoder.TEMPLATE_ID) {
            throw problems.of(refused.wrapAndApplyHeader(answer, offset, header))
                    .replayed(isReplayed(answer, offset))
                    .refusal();
        }
        if (template == ShortStockDecoder.TEMPLATE_ID) {
            throw shortStock(answer, offset)
                    .replayed(isReplayed(answer, offset))
                    .refusal();
        }
    }

    /** The reply to a command that makes or changes a reservation. */
    Reply reservation(
            final DirectBuffer answer, final int offset, final String id, final ReservationStatus stateThatHolds) {
        refuseIfRefused(answer, offset);
        final boolean replayed = isReplayed(answer, offset);
        if (template(answer, offset) == DoneDecoder.TEMPLATE_ID) {
            done.wrapAndApplyHeader(answer, offset, header);
            final long sequence = done.answer().sequence();
            return Reply.json(200, json -> {
                        json.writeStringField("id", id);
                        json.writeStringField("state", stateThatHolds.name());
                        json.writeNumberField("sequence", sequence);
                    })
                    .replayed(replayed);
        }
        reservation.wrapAndApplyHeader(answer, offset, header);
        final String idOfAnswer = ids.idOf(reservation.reservation());
        final boolean created = code(answer, offset) == ResultCode.CREATED;
        final Reply reply = Reply.json(created ? 201 : 200, json -> writeReservation(json, idOfAnswer));
        if (created) {
            reply.header("Location", "/v1/reservations/" + idOfAnswer);
        }
        return reply.replayed(replayed);
    }

    private void writeReservation(final JsonGenerator json, final String id) throws IOException {
        ReservationJson.head(
                json,
                id,
                ReservationStatus.of(reservation.state()),
                view.channelName(reservation.channel()),
                reservation.createdAtMs(),
                reservation.deadlineMs());
        final long changedSequence = reservation.changedSequence();
        json.writeArrayFieldStart("lines");
        for (final ReservationStateDecoder.LinesDecoder line : reservation.lines()) {
            ReservationJson.beginLine(
                    json, view.store(line.store()).code(), view.sku(line.sku()).code());
            ReservationJson.endLine(json, line.requested(), line.quantity(), line.fulfilled(), line.released());
        }
        json.writeEndArray();
        final String owner = reservation.owner();
        final String reference = reservation.reference();
        ReservationJson.texts(json, owner, reference, reservation.paymentReference());
        json.writeNumberField("sequence", changedSequence);
    }

    private Problem shortStock(final DirectBuffer answer, final int offset) {
        shortStock.wrapAndApplyHeader(answer, offset, header);
        final long sequence = shortStock.answer().sequence();
        final ShortStockDecoder.ShortfallsDecoder first =
                shortStock.shortfalls().next();
        final String detail = "store \"" + view.store(first.store()).code() + "\" has " + first.available()
                + " of sku \"" + view.sku(first.sku()).code() + "\" available; asked for " + first.requested();
        return new Problem(ProblemCode.INSUFFICIENT_STOCK, detail)
                .with("sequence", sequence)
                .with("shortfalls", (Problem.Value) json -> writeShortfalls(json, answer, offset));
    }

    private void writeShortfalls(final JsonGenerator json, final DirectBuffer answer, final int offset)
            throws IOException {
        json.writeStartArray();
        for (final ShortStockDecoder.ShortfallsDecoder row :
                shortStock.wrapAndApplyHeader(answer, offset, header).shortfalls()) {
            json.writeStartObject();
            json.writeStringField("store", view.store(row.store()).code());
            json.writeStringField("sku", view.sku(row.sku()).code());
            json.writeNumberField("requested", row.requested());
            json.writeNumberField("available", row.available());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Throws what every answer but one of a reservation is refused with, and gives the rest as done. */
    DoneDecoder done(final DirectBuffer answer, final int offset) {
        refuseIfRefused(answer, offset);
        return done.wrapAndApplyHeader(answer, offset, header);
    }
}
