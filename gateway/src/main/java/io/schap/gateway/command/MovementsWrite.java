package io.schap.gateway.command;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.Offer;
import io.schap.engine.command.Limits;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementResultsDecoder;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.Counters;
import io.schap.engine.state.Policies;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Reply;
import io.schap.gateway.query.CellJson;
import io.schap.gateway.query.Lookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One list on its way: part after part, each sent when the one before is answered, so that facts are applied in the order
 * of the list whatever happens between two parts. Only the first part may be refused as a whole; a later one is sent again
 * until there is room, since by then something was applied. Whose first part is answered afresh is the first; any other
 * request with its key, also one that overtakes it, is a replay.
 */
final class MovementsWrite {

    private static final int FULL_RETRY_MS = 50;

    private final CommandDesk desk;
    private final MovementParts parts;
    private final Exchange exchange;
    private final RequestKey key;
    private final List<MovementsPost.SentRow> sent;
    private final List<MovementRow> rows = new ArrayList<>();
    private final List<UnsafeBuffer> answers = new ArrayList<>();
    private int partStart;
    private int partEnd;
    private boolean replayed;

    MovementsWrite(
            final CommandDesk desk,
            final MovementParts parts,
            final Exchange exchange,
            final RequestKey key,
            final List<MovementsPost.SentRow> sent) {
        this.desk = desk;
        this.parts = parts;
        this.exchange = exchange;
        this.key = key;
        this.sent = sent;
        sent.forEach(row -> rows.add(row.row()));
    }

    void begin() {
        partEnd = MovementParts.endOfPart(rows, 0);
        sendPart();
    }

    private void sendPart() {
        final int part = answers.size();
        final int length = parts.encode(
                desk.buffer(),
                rows.subList(partStart, partEnd),
                envelope -> desk.keys().fill(envelope, key, part, -1));
        final AnswerListener listener = CommandDesk.listener(exchange, this::answered);
        final Offer offer = part == 0
                ? desk.link().offerFirst(desk.buffer(), length, listener)
                : desk.link().offer(desk.buffer(), length, listener);
        if (offer == Offer.OFFERED) {
            return;
        }
        if (part == 0) {
            throw CommandDesk.refusal(offer);
        }
        if (offer == Offer.HALTED) {
            exchange.cut();
        } else {
            desk.link().whenRoom(() -> exchange.attempt(this::sendPart));
        }
    }

    private void answered(final DirectBuffer answer, final int offset) {
        final ResultCode code = desk.replies().code(answer, offset);
        if (code == ResultCode.STORAGE_FULL && !answers.isEmpty()) {
            if (!exchange.isOver()) {
                desk.link().later(() -> exchange.attempt(this::sendPart), FULL_RETRY_MS);
            }
            return;
        }
        desk.replies().refuseIfRefused(answer, offset);
        if (answers.isEmpty()) {
            replayed = desk.replies().isReplayed(answer, offset);
        }
        answers.add(copy(answer, offset));
        partStart = partEnd;
        if (partStart < rows.size()) {
            partEnd = MovementParts.endOfPart(rows, partStart);
            sendPart();
        } else {
            exchange.reply(Results.reply(desk.view(), sent, answers).replayed(replayed));
        }
    }

    private static UnsafeBuffer copy(final DirectBuffer answer, final int offset) {
        final int length = Math.min(Limits.MAX_ANSWER_BYTES, answer.capacity() - offset);
        final byte[] bytes = new byte[length];
        answer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** The reply to a list. */
    private static final class Results {

        private final StockView view;
        private final MovementResultsDecoder decoder = new MovementResultsDecoder();
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private final CellReading cell = new CellReading();

        private Results(final StockView view) {
            this.view = view;
        }

        static Reply reply(
                final StockView view, final List<MovementsPost.SentRow> sent, final List<UnsafeBuffer> answers) {
            final Results results = new Results(view);
            return Reply.json(200, json -> results.write(json, sent, answers));
        }

        private void write(
                final JsonGenerator json, final List<MovementsPost.SentRow> sent, final List<UnsafeBuffer> answers)
                throws IOException {
            long sequence = 0;
            int accepted = 0;
            for (final UnsafeBuffer answer : answers) {
                decoder.wrapAndApplyHeader(answer, 0, header);
                sequence = decoder.answer().sequence();
                for (final MovementResultsDecoder.RowsDecoder row : decoder.rows()) {
                    accepted += row.code() == ResultCode.OK.ordinal() ? 1 : 0;
                }
            }
            json.writeNumberField("sequence", sequence);
            json.writeNumberField("accepted", accepted);
            json.writeNumberField("rejected", sent.size() - accepted);
            json.writeArrayFieldStart("results");
            int index = 0;
            for (final UnsafeBuffer answer : answers) {
                decoder.wrapAndApplyHeader(answer, 0, header);
                for (final MovementResultsDecoder.RowsDecoder row : decoder.rows()) {
                    writeResult(json, row, sent.get(index++));
                }
            }
            json.writeEndArray();
        }

        private void writeResult(
                final JsonGenerator json,
                final MovementResultsDecoder.RowsDecoder row,
                final MovementsPost.SentRow sent)
                throws IOException {
            final ResultCode code = ResultCode.of(row.code());
            if (code == ResultCode.OK) {
                final long safety = Policies.withSafetyStock(Policies.NONE, row.safetyStock());
                cell.set(
                        Counters.of(row.onHand(), row.reserved()),
                        Policies.withLowStockThreshold(safety, row.lowStockThreshold()),
                        0);
                json.writeStartObject();
                json.writeStringField("store", view.store(row.store()).code());
                json.writeStringField("sku", view.sku(row.sku()).code());
                CellJson.quantities(json, cell);
                json.writeEndObject();
            } else {
                writeError(json, code, row, sent);
            }
        }

        private static void writeError(
                final JsonGenerator json,
                final ResultCode code,
                final MovementResultsDecoder.RowsDecoder row,
                final MovementsPost.SentRow sent)
                throws IOException {
            if (sent.forbidden() != null) {
                Problem.writeError(json, ProblemCode.FORBIDDEN, sent.forbidden());
                return;
            }
            switch (code) {
                case UNKNOWN_STORE ->
                    Problem.writeError(json, ProblemCode.UNKNOWN_STORE, Lookup.storeDetail(sent.store()));
                case UNKNOWN_SKU ->
                    Problem.writeError(
                            json,
                            ProblemCode.UNKNOWN_SKU,
                            sent.sku() == null
                                    ? "gtin \"" + sent.gtin() + "\" is no known SKU's"
                                    : Lookup.skuDetail(sent.sku()));
                case UNKNOWN_RESERVATION ->
                    Problem.writeError(
                            json,
                            ProblemCode.UNKNOWN_RESERVATION,
                            "reservation \"" + sent.reservation() + "\" is not known");
                case COUNT_CONFLICT ->
                    Problem.writeError(
                            json,
                            ProblemCode.COUNT_CONFLICT,
                            "onHand is " + row.onHand() + "; expectedOnHand held "
                                    + sent.row().expectedOnHand());
                case QUANTITY_OUT_OF_RANGE ->
                    Problem.writeError(
                            json,
                            ProblemCode.QUANTITY_OUT_OF_RANGE,
                            "onHand is " + row.onHand() + "; the row would take it out of -1000000000 to 1000000000");
                default ->
                    Problem.writeError(json, ProblemCode.INVALID_REQUEST, "the engine does not take the row: " + code);
            }
        }
    }
}
