package io.schap.gateway.cli.dump;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.AnswerHeadDecoder;
import io.schap.engine.command.sbe.DoneDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementResultsDecoder;
import io.schap.engine.command.sbe.PolicyStateDecoder;
import io.schap.engine.command.sbe.RefusedDecoder;
import io.schap.engine.command.sbe.ReservationStateDecoder;
import io.schap.engine.command.sbe.ShortStockDecoder;
import java.io.IOException;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** Writes an encoded answer as fields of a JSON object. For one thread. */
final class AnswerJson {

    private final JsonGenerator json;
    private final Names names;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer;

    AnswerJson(final JsonGenerator json, final Names names) {
        this.json = json;
        this.names = names;
    }

    /** Writes the answer at the start of a buffer. A template that this version does not know is told by its number. */
    void write(final DirectBuffer answer) throws IOException {
        buffer = answer;
        header.wrap(answer, 0);
        switch (header.templateId()) {
            case DoneDecoder.TEMPLATE_ID -> done();
            case RefusedDecoder.TEMPLATE_ID -> refused();
            case ShortStockDecoder.TEMPLATE_ID -> shortStock();
            case ReservationStateDecoder.TEMPLATE_ID -> reservationState();
            case MovementResultsDecoder.TEMPLATE_ID -> movementResults();
            case PolicyStateDecoder.TEMPLATE_ID -> policyState();
            default -> json.writeStringField("code", "unknown-" + header.templateId());
        }
    }

    private void begin(final AnswerHeadDecoder head) throws IOException {
        json.writeStringField("code", codeName(head.code()));
        if ((head.flags() & 1) != 0) {
            json.writeBooleanField("replayed", true);
            json.writeNumberField("sequence", head.sequence());
            names.time("time", head.timeMs());
        }
    }

    private void done() throws IOException {
        final DoneDecoder answer = new DoneDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        if (answer.created() != 0) {
            json.writeBooleanField("created", true);
        }
        if (answer.count() != 0) {
            json.writeNumberField("count", answer.count());
        }
    }

    private void refused() throws IOException {
        final RefusedDecoder answer = new RefusedDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        names.reservation("reservation", answer.reservation());
        final ReservationStatus state = ReservationStatus.of(answer.state());
        if (state != ReservationStatus.NONE) {
            json.writeStringField("state", state.name());
        }
        if (answer.store() >= 0 && answer.sku() >= 0) {
            names.store(answer.store());
            names.sku(answer.sku());
        }
        if (answer.requested() != 0) {
            json.writeNumberField("requested", answer.requested());
            json.writeNumberField("possible", answer.possible());
        }
    }

    private void shortStock() throws IOException {
        final ShortStockDecoder answer = new ShortStockDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        json.writeArrayFieldStart("shortfalls");
        for (final ShortStockDecoder.ShortfallsDecoder line : answer.shortfalls()) {
            json.writeStartObject();
            names.store(line.store());
            names.sku(line.sku());
            json.writeNumberField("requested", line.requested());
            json.writeNumberField("available", line.available());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void reservationState() throws IOException {
        final ReservationStateDecoder answer = new ReservationStateDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        names.reservation("reservation", answer.reservation());
        json.writeStringField("state", ReservationStatus.of(answer.state()).name());
        names.channel(answer.channel());
        names.time("createdAt", answer.createdAtMs());
        names.time("expiresAt", answer.deadlineMs());
        json.writeNumberField("changedSequence", answer.changedSequence());
        json.writeArrayFieldStart("lines");
        for (final ReservationStateDecoder.LinesDecoder line : answer.lines()) {
            json.writeStartObject();
            names.store(line.store());
            names.sku(line.sku());
            json.writeNumberField("requested", line.requested());
            json.writeNumberField("quantity", line.quantity());
            json.writeNumberField("fulfilled", line.fulfilled());
            json.writeNumberField("released", line.released());
            json.writeEndObject();
        }
        json.writeEndArray();
        names.text("owner", answer.owner());
        names.text("reference", answer.reference());
        names.text("paymentReference", answer.paymentReference());
    }

    private void movementResults() throws IOException {
        final MovementResultsDecoder answer = new MovementResultsDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        json.writeArrayFieldStart("results");
        for (final MovementResultsDecoder.RowsDecoder row : answer.rows()) {
            json.writeStartObject();
            if (ResultCode.of(row.code()) == ResultCode.OK) {
                names.store(row.store());
                names.sku(row.sku());
                json.writeNumberField("onHand", row.onHand());
                json.writeNumberField("reserved", row.reserved());
                json.writeNumberField("safetyStock", row.safetyStock());
                json.writeNumberField("lowStockThreshold", row.lowStockThreshold());
            } else {
                json.writeStringField("error", codeName(row.code()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void policyState() throws IOException {
        final PolicyStateDecoder answer = new PolicyStateDecoder().wrapAndApplyHeader(buffer, 0, header);
        begin(answer.answer());
        names.store(answer.store());
        if (answer.sku() >= 0) {
            names.sku(answer.sku());
        }
        json.writeNumberField("safetyStock", answer.safetyStock());
        names.flag("safetyStockSet", answer.safetyStockSet());
        json.writeNumberField("lowStockThreshold", answer.lowStockThreshold());
        names.flag("lowStockThresholdSet", answer.lowStockThresholdSet());
    }

    /** The code as problem documents spell it. */
    private static String codeName(final int code) {
        return ResultCode.of(code).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
