package io.schap.gateway.command;

import io.schap.engine.Offer;
import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Refusal;
import io.schap.gateway.http.Reply;
import io.schap.gateway.query.ReservationReach;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the write handlers of one event loop share: the way to the engine, one command's buffer, hashes and ids. */
final class CommandDesk {

    private static final byte[] NO_TEXT = {};

    private final StockView view;
    private final EngineLink link;
    private final KeyedHash textHash;
    private final RequestKeys keys;
    private final ReservationIds ids;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AnswerReplies replies;
    private final ReservationReach reach;

    CommandDesk(final StockView view, final EngineLink link) {
        this.view = view;
        this.link = link;
        textHash = view.newTextHash();
        keys = new RequestKeys(view.newTextHash());
        ids = view.newIds();
        replies = new AnswerReplies(view, ids);
        reach = new ReservationReach(view);
    }

    StockView view() {
        return view;
    }

    EngineLink link() {
        return link;
    }

    RequestKeys keys() {
        return keys;
    }

    ReservationIds ids() {
        return ids;
    }

    AnswerReplies replies() {
        return replies;
    }

    ReservationReach reach() {
        return reach;
    }

    /** Where a command is encoded; it is copied as it is offered. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    MessageHeaderEncoder header() {
        return header;
    }

    /** The keyed hash of a personal text, of nothing for an empty one. */
    KeyedHash hashOf(final byte[] text) {
        return textHash.hash(text, 0, text.length);
    }

    static byte[] bytes(final String text) {
        return text == null ? NO_TEXT : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Offers the command in the buffer; its answer becomes the exchange's. */
    void ask(final Exchange exchange, final int bodyLength, final AnswerReply reply) {
        send(exchange, bodyLength, (answer, offset) -> exchange.reply(reply.of(answer, offset)));
    }

    /** Offers the command in the buffer; its answer goes to the next step of the exchange. */
    void send(final Exchange exchange, final int bodyLength, final NextStep next) {
        final Offer offer =
                link.offerFirst(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength, listener(exchange, next));
        if (offer != Offer.OFFERED) {
            throw refusal(offer);
        }
    }

    static AnswerListener listener(final Exchange exchange, final NextStep next) {
        return new AnswerListener() {
            @Override
            public void answered(final DirectBuffer answer, final int offset) {
                exchange.attempt(() -> next.take(answer, offset));
            }

            @Override
            public void lost() {
                exchange.cut();
            }
        };
    }

    static Refusal refusal(final Offer offer) {
        return offer == Offer.HALTED
                ? Problem.refusal(ProblemCode.NOT_READY, "the engine takes no commands now; nothing was applied")
                : Problem.refusal(ProblemCode.OVERLOADED, "too many commands are under way; nothing was applied");
    }

    /** Makes a reply of an answer's bytes. */
    @FunctionalInterface
    interface AnswerReply {
        Reply of(DirectBuffer answer, int offset);
    }

    /** Goes on once an answer came. */
    @FunctionalInterface
    interface NextStep {
        void take(DirectBuffer answer, int offset);
    }
}
