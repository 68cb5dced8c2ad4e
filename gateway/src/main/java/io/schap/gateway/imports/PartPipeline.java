package io.schap.gateway.imports;

import io.schap.engine.EnginePort;
import io.schap.engine.Offer;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.AnswerHeadDecoder;
import io.schap.engine.command.sbe.DoneDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementResultsDecoder;
import io.schap.engine.command.sbe.PolicyStateDecoder;
import io.schap.engine.command.sbe.RefusedDecoder;
import io.schap.engine.egress.AnswerHandler;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.imports.Part.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Sends the parts of an import through the engine, in order and many at a time, and hands their results to the tally in
 * the same order.
 *
 * <pre>
 *  submit ─► probe? ─► unready: codes asked for ─► ready: sent ─► untold: answered ─► tally
 * </pre>
 *
 * <p>An upload that was cut off is sent again with its key. What the ledger remembers of it must be found out before
 * anything is carried out, or an upload with other bytes would be noticed too late. So the first part is only <i>probed</i>:
 * a command under its key that cannot be carried out, which the ledger answers from memory, refuses because the key has
 * another fingerprint, or refuses without a trace because it remembers nothing. While parts come from memory, further
 * ones are probed; from the first one on that is not remembered, parts are sent.
 *
 * <p>From the first part on that finds no room in the journal nothing more is sent, even if there is room again: rows stand
 * in the order in which they are to be applied. The engine does the same with what is under way by then.
 */
final class PartPipeline {

    private static final int POLL_LIMIT = 256;
    private static final int REPLAYED = 1;

    private final EnginePort port;
    private final StockView view;
    private final CommandEncoder encoder;
    private final NewCodes codes;
    private final ImportTally tally;
    private final TakenAt takenAt;
    private final int window;
    private final AnswerHandler onAnswers;

    private final ArrayDeque<Ask> asked = new ArrayDeque<>();
    private final ArrayDeque<Part> unprobed = new ArrayDeque<>();
    private final ArrayDeque<Part> unready = new ArrayDeque<>();
    private final ArrayDeque<Part> ready = new ArrayDeque<>();
    private final ArrayDeque<Part> untold = new ArrayDeque<>();
    private boolean probing = true;
    private boolean remembering;
    private boolean memoryOnly;
    private Part reused;
    private boolean offered;
    private boolean outOfRoom;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DoneDecoder done = new DoneDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final MovementResultsDecoder movementResults = new MovementResultsDecoder();
    private final AnswerHeadDecoder head = new AnswerHeadDecoder();

    /**
     * A pipeline into a port.
     *
     * @param port    of the import's own.
     * @param view    of the same engine.
     * @param encoder of the import's commands.
     * @param options of the import.
     * @param tally   takes the parts that are done.
     * @param takenAt decides which cells have moved; null where that does not matter.
     * @param window  most commands under way, and most parts.
     */
    PartPipeline(
            final EnginePort port,
            final StockView view,
            final CommandEncoder encoder,
            final ImportOptions options,
            final ImportTally tally,
            final TakenAt takenAt,
            final int window) {
        this.port = port;
        this.view = view;
        this.encoder = encoder;
        this.codes = new NewCodes(view, encoder, options.create(), this::ask);
        this.tally = tally;
        this.takenAt = takenAt;
        this.window = window;
        this.onAnswers = this::onAnswer;
    }

    /** Whether one more part finds room; if not, {@link #work} until it does. */
    boolean hasRoom() {
        final int parts = unready.size() + ready.size() + untold.size();
        return probing && !remembering ? parts == 0 : parts < window;
    }

    /** Takes a part; there is room for it. */
    void submit(final Part part) {
        if (probing) {
            unprobed.add(part);
        }
        unready.add(part);
    }

    /** Asks about a part that is not to be sent; {@link #work} until its stage is another than {@code PROBED}. */
    boolean probe(final Part part) {
        if (!ask(Ask.of(part), encoder.probe(part))) {
            return false;
        }
        part.stage(Part.Stage.PROBED);
        return true;
    }

    /** From here on parts come from memory or not at all: what is asked for was done before, whole. */
    void onlyRemember() {
        memoryOnly = true;
        probing = true;
        remembering = true;
    }

    /** Whether all parts are done. */
    boolean isIdle() {
        return unready.isEmpty() && ready.isEmpty() && untold.isEmpty();
    }

    /** Whether anything was given to the engine, so that something may have been applied. */
    boolean hasOffered() {
        return offered;
    }

    /** Stores and SKUs that were made because rows name them. */
    long created() {
        return codes.created();
    }

    /**
     * Does what can be done now, without waiting.
     *
     * @return false when there was nothing to do.
     * @throws io.schap.gateway.http.Refusal when the ledger knows the key with other rows.
     * @throws EngineGoneException           when the engine takes nothing more.
     */
    boolean work() throws EngineGoneException {
        boolean worked = port.poll(onAnswers, POLL_LIMIT) > 0;
        if (reused != null) {
            throw Problem.refusal(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "the Idempotency-Key belongs to another request, or to this one with other rows: "
                            + (reused.absentKey() == null
                                    ? "those from line " + reused.rows().get(0).line() + " on are not the same"
                                    : "the file as a whole is not the same"));
        }
        worked |= makeReady();
        worked |= send();
        while (!untold.isEmpty() && untold.peek().stage() == Stage.ANSWERED) {
            tally.add(untold.remove());
            worked = true;
        }
        if (!worked && !port.state().takesCommands()) {
            throw new EngineGoneException(port.state());
        }
        return worked;
    }

    private boolean makeReady() {
        boolean worked = false;
        if (outOfRoom) {
            unprobed.clear();
        }
        while (probing && !unprobed.isEmpty() && ask(Ask.of(unprobed.peek()), encoder.probe(unprobed.peek()))) {
            unprobed.remove().stage(Stage.PROBED);
            worked = true;
        }
        while (!unready.isEmpty() && isAskedAbout(unready.peek()) && (outOfRoom || codes.prepare(unready.peek()))) {
            ready.add(unready.remove());
            worked = true;
        }
        return worked;
    }

    /** A part that nobody asked about while parts were probed needs no probe when probing is over. */
    private boolean isAskedAbout(final Part part) {
        if (part.stage() == Stage.NEW && (outOfRoom || !probing)) {
            part.stage(Stage.FRESH);
        }
        return part.stage() == Stage.FRESH || part.stage() == Stage.ANSWERED;
    }

    private boolean send() {
        boolean worked = false;
        while (!ready.isEmpty() && codes.isReady(ready.peek())) {
            final Part part = ready.peek();
            outOfRoom |= part.stage() == Stage.FRESH && codes.lacksRoom(part);
            if (part.stage() == Stage.FRESH && outOfRoom) {
                part.resultOfAll(ResultCode.STORAGE_FULL);
                part.stage(Stage.ANSWERED);
            } else if (part.stage() == Stage.FRESH) {
                withoutChannel(part);
                if (asked.size() >= window
                        || takenAt != null && !takenAt.judge(part)
                        || !ask(Ask.of(part), encoder.part(part))) {
                    break;
                }
                part.stage(Stage.SENT);
            }
            untold.add(ready.remove());
            worked = true;
        }
        return worked;
    }

    /** Rows whose sales channel could not be made are rejected here: without it they would be other facts. */
    private void withoutChannel(final Part part) {
        if (codes.isFull(Ask.CodeKind.CHANNEL)) {
            for (int i = 0; i < part.rows().size(); i++) {
                if (part.rows().get(i).wanted() instanceof final RowContent.Movement fact
                        && fact.texts().channel() != null
                        && view.channelIndex(fact.texts().channel()) < 0) {
                    part.result(i, ResultCode.LIMIT_REACHED);
                }
            }
        }
    }

    private boolean ask(final Ask ask, final int length) {
        if (asked.size() >= window || port.offer(0, encoder.buffer(), 0, length) != Offer.OFFERED) {
            return false;
        }
        asked.add(ask);
        offered = true;
        return true;
    }

    private void onAnswer(final long correlation, final DirectBuffer buffer, final int offset, final int length) {
        final Ask ask = asked.remove();
        header.wrap(buffer, offset);
        head.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        final ResultCode code = ResultCode.of(head.code());
        if (ask.code() != null) {
            onCode(ask.code(), code, buffer, offset);
        } else if (ask.part().stage() == Part.Stage.PROBED && isForgotten(code) && memoryOnly) {
            ask.part().replaceRows(List.of());
            ask.part().stage(Part.Stage.ANSWERED);
        } else if (ask.part().stage() == Stage.PROBED && isForgotten(code)) {
            probing = false;
            unprobed.clear();
            ask.part().stage(Stage.FRESH);
        } else {
            remembering |= ask.part().stage() == Stage.PROBED && code != ResultCode.STORAGE_FULL;
            onPart(ask.part(), code, buffer, offset);
        }
    }

    /** A probe is refused as malformed when its key is not remembered. */
    private boolean isForgotten(final ResultCode code) {
        return header.templateId() == RefusedDecoder.TEMPLATE_ID
                && code != ResultCode.IDEMPOTENCY_KEY_REUSED
                && code != ResultCode.STORAGE_FULL;
    }

    private void onCode(final Ask.Code code, final ResultCode result, final DirectBuffer buffer, final int offset) {
        if (header.templateId() == DoneDecoder.TEMPLATE_ID) {
            done.wrapAndApplyHeader(buffer, offset, header);
            codes.answered(code, result, done.index(), done.created() != 0);
            told();
        } else {
            codes.answered(code, result, -1, false);
        }
    }

    private void onPart(final Part part, final ResultCode code, final DirectBuffer buffer, final int offset) {
        switch (header.templateId()) {
            case MovementResultsDecoder.TEMPLATE_ID -> {
                told();
                rows(part, buffer, offset);
            }
            case DoneDecoder.TEMPLATE_ID -> {
                told();
                part.resultOfAll(ResultCode.OK);
                if (done.wrapAndApplyHeader(buffer, offset, header).created() != 0) {
                    tally.created();
                }
            }
            case PolicyStateDecoder.TEMPLATE_ID -> {
                told();
                part.resultOfAll(ResultCode.OK);
            }
            default -> refused(part, code, buffer, offset);
        }
        part.stage(Stage.ANSWERED);
    }

    private void told() {
        tally.answered(head.sequence(), (head.flags() & REPLAYED) != 0);
    }

    private void rows(final Part part, final DirectBuffer buffer, final int offset) {
        if (part.absentKey() != null) {
            absentRows(part, buffer, offset);
            return;
        }
        int row = 0;
        for (final MovementResultsDecoder.RowsDecoder result :
                movementResults.wrapAndApplyHeader(buffer, offset, header).rows()) {
            if (row < part.rows().size() && part.result(row) == null) {
                part.result(row, ResultCode.of(result.code()));
            }
            row++;
        }
    }

    /** The answer says which cells were set to zero, then or now. */
    private void absentRows(final Part part, final DirectBuffer buffer, final int offset) {
        if (part.isEnd()) {
            return;
        }
        final List<Part.Row> rows = new ArrayList<>();
        for (final MovementResultsDecoder.RowsDecoder result :
                movementResults.wrapAndApplyHeader(buffer, offset, header).rows()) {
            part.result(rows.size(), ResultCode.of(result.code()));
            rows.add(AbsentCells.row(view, result.store(), result.sku()));
        }
        part.replaceRows(rows);
    }

    private void refused(final Part part, final ResultCode code, final DirectBuffer buffer, final int offset) {
        if (code == ResultCode.IDEMPOTENCY_KEY_REUSED && reused == null) {
            reused = part;
        }
        outOfRoom |= code == ResultCode.STORAGE_FULL;
        part.resultOfAll(code);
        if (code == ResultCode.GTIN_TAKEN) {
            refused.wrapAndApplyHeader(buffer, offset, header);
            part.note(refused.requested() + " of SKU "
                    + RowRejected.quote(view.sku(refused.sku()).code()));
        }
    }
}
