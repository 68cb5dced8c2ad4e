package io.schap.engine.model;

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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** An answer as plain values, to be compared whole. */
public sealed interface Answer {

    /** What every answer says of itself. */
    Head head();

    /** The same answer under another head. */
    Answer withHead(Head head);

    /** How long the answer is when encoded, in bytes. */
    int encodedLength();

    /** What the answer says of its command. */
    default ResultCode code() {
        return head().code();
    }

    /** The sequence of the command that was answered first. */
    default long sequence() {
        return head().sequence();
    }

    /** Whether it is a remembered answer, given again. */
    default boolean replayed() {
        return (head().flags() & 1) != 0;
    }

    /** What every answer says of itself. */
    record Head(ResultCode code, int flags, long sequence, long timeMs) {}

    /** {@code Done}. */
    record Done(Head head, int index, boolean created, int count) implements Answer {
        @Override
        public Done withHead(final Head other) {
            return new Done(other, index, created, count);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH + DoneDecoder.BLOCK_LENGTH;
        }
    }

    /** {@code Refused}. */
    record Refused(
            Head head, long reservation, ReservationStatus state, int store, int sku, long requested, long possible)
            implements Answer {
        @Override
        public Refused withHead(final Head other) {
            return new Refused(other, reservation, state, store, sku, requested, possible);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH + RefusedDecoder.BLOCK_LENGTH;
        }
    }

    /** {@code ShortStock}. */
    record ShortStock(Head head, List<Shortfall> shortfalls) implements Answer {
        @Override
        public ShortStock withHead(final Head other) {
            return new ShortStock(other, shortfalls);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH + ShortStockDecoder.BLOCK_LENGTH + 4 + 16 * shortfalls.size();
        }
    }

    /** A line that was short. */
    record Shortfall(int store, int sku, int requested, int available) {}

    /** {@code ReservationState}. */
    record Reservation(
            Head head, long number, ReservationStatus state, int channel, Times times, List<Line> lines, Texts texts)
            implements Answer {
        @Override
        public Reservation withHead(final Head other) {
            return new Reservation(other, number, state, channel, times, lines, texts);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH
                    + ReservationStateDecoder.BLOCK_LENGTH
                    + 4
                    + 24 * lines.size()
                    + 3
                    + texts.bytes();
        }

        /** When it was made, milliseconds since 1970. */
        public long createdAtMs() {
            return times.createdAtMs();
        }

        /** When it expires, milliseconds since 1970, 0 for never. */
        public long deadlineMs() {
            return times.deadlineMs();
        }

        /** The sequence of its last change. */
        public long changedSequence() {
            return times.changedSequence();
        }
    }

    /** When a reservation was made, expires, and changed. */
    record Times(long createdAtMs, long deadlineMs, long changedSequence) {}

    /** A line of a reservation, units. */
    record Line(int store, int sku, int requested, int quantity, int fulfilled, int released) {}

    /** Texts of a reservation, and how many bytes of UTF-8 they are together. */
    record Texts(String owner, String reference, String paymentReference, int bytes) {

        /** The texts of their bytes. */
        public static Texts of(final byte[] owner, final byte[] reference, final byte[] paymentReference) {
            return new Texts(
                    new String(owner, StandardCharsets.UTF_8),
                    new String(reference, StandardCharsets.UTF_8),
                    new String(paymentReference, StandardCharsets.UTF_8),
                    owner.length + reference.length + paymentReference.length);
        }

        /** The texts. */
        public static Texts of(final String owner, final String reference, final String paymentReference) {
            return of(
                    owner.getBytes(StandardCharsets.UTF_8),
                    reference.getBytes(StandardCharsets.UTF_8),
                    paymentReference.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** {@code MovementResults}. */
    record Movements(Head head, List<Row> rows) implements Answer {
        @Override
        public Movements withHead(final Head other) {
            return new Movements(other, rows);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH + MovementResultsDecoder.BLOCK_LENGTH + 4 + 25 * rows.size();
        }
    }

    /** What became of a row, and the cell after it, units. */
    record Row(ResultCode code, int store, int sku, int onHand, int reserved, int safetyStock, int lowStockThreshold) {}

    /** {@code PolicyState}. */
    record Policy(Head head, int store, int sku, Value safetyStock, Value lowStockThreshold) implements Answer {
        @Override
        public Policy withHead(final Head other) {
            return new Policy(other, store, sku, safetyStock, lowStockThreshold);
        }

        @Override
        public int encodedLength() {
            return MessageHeaderDecoder.ENCODED_LENGTH + PolicyStateDecoder.BLOCK_LENGTH;
        }
    }

    /** A value of a policy: whether it is set there, and what is in force. */
    record Value(boolean set, int units) {}

    /**
     * Decodes any answer.
     *
     * @param buffer where it lies.
     * @param offset of its first byte.
     * @param length in bytes.
     * @return the answer.
     * @throws AssertionError when it is none, or is not as long as its parts.
     */
    static Answer decode(final DirectBuffer buffer, final int offset, final int length) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final Answer answer = switch (header.templateId()) {
            case DoneDecoder.TEMPLATE_ID -> done(buffer, offset, header);
            case RefusedDecoder.TEMPLATE_ID -> refused(buffer, offset, header);
            case ShortStockDecoder.TEMPLATE_ID -> shortStock(buffer, offset, header);
            case ReservationStateDecoder.TEMPLATE_ID -> reservation(buffer, offset, header);
            case MovementResultsDecoder.TEMPLATE_ID -> movements(buffer, offset, header);
            case PolicyStateDecoder.TEMPLATE_ID -> policy(buffer, offset, header);
            default -> throw new AssertionError("not an answer: templateId=" + header.templateId());
        };
        if (answer.encodedLength() != length) {
            throw new AssertionError("answer of another length: length=" + length + ", answer=" + answer);
        }
        return answer;
    }

    private static Head head(final AnswerHeadDecoder head) {
        return new Head(ResultCode.values()[head.code()], head.flags(), head.sequence(), head.timeMs());
    }

    private static Done done(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final DoneDecoder body = new DoneDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new Done(head(body.answer()), body.index(), bool(body.created()), body.count());
    }

    private static Refused refused(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final RefusedDecoder body = new RefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new Refused(
                head(body.answer()),
                body.reservation(),
                ReservationStatus.values()[body.state()],
                body.store(),
                body.sku(),
                body.requested(),
                body.possible());
    }

    private static ShortStock shortStock(
            final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final ShortStockDecoder body = new ShortStockDecoder().wrapAndApplyHeader(buffer, offset, header);
        final Head head = head(body.answer());
        final List<Shortfall> rows = new ArrayList<>();
        for (final ShortStockDecoder.ShortfallsDecoder row : body.shortfalls()) {
            rows.add(new Shortfall(row.store(), row.sku(), row.requested(), row.available()));
        }
        return new ShortStock(head, List.copyOf(rows));
    }

    private static Reservation reservation(
            final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final ReservationStateDecoder body = new ReservationStateDecoder().wrapAndApplyHeader(buffer, offset, header);
        final Head head = head(body.answer());
        final List<Line> lines = new ArrayList<>();
        for (final ReservationStateDecoder.LinesDecoder line : body.lines()) {
            lines.add(new Line(
                    line.store(), line.sku(), line.requested(), line.quantity(), line.fulfilled(), line.released()));
        }
        return new Reservation(
                head,
                body.reservation(),
                ReservationStatus.values()[body.state()],
                body.channel(),
                new Times(body.createdAtMs(), body.deadlineMs(), body.changedSequence()),
                List.copyOf(lines),
                texts(body));
    }

    private static Texts texts(final ReservationStateDecoder body) {
        final byte[] owner = new byte[body.ownerLength()];
        body.getOwner(owner, 0, owner.length);
        final byte[] reference = new byte[body.referenceLength()];
        body.getReference(reference, 0, reference.length);
        final byte[] paymentReference = new byte[body.paymentReferenceLength()];
        body.getPaymentReference(paymentReference, 0, paymentReference.length);
        return Texts.of(owner, reference, paymentReference);
    }

    private static Movements movements(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final MovementResultsDecoder body = new MovementResultsDecoder().wrapAndApplyHeader(buffer, offset, header);
        final Head head = head(body.answer());
        final List<Row> rows = new ArrayList<>();
        for (final MovementResultsDecoder.RowsDecoder row : body.rows()) {
            rows.add(new Row(
                    ResultCode.values()[row.code()],
                    row.store(),
                    row.sku(),
                    row.onHand(),
                    row.reserved(),
                    row.safetyStock(),
                    row.lowStockThreshold()));
        }
        return new Movements(head, List.copyOf(rows));
    }

    private static Policy policy(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header) {
        final PolicyStateDecoder body = new PolicyStateDecoder().wrapAndApplyHeader(buffer, offset, header);
        return new Policy(
                head(body.answer()),
                body.store(),
                body.sku(),
                new Value(bool(body.safetyStockSet()), body.safetyStock()),
                new Value(bool(body.lowStockThresholdSet()), body.lowStockThreshold()));
    }

    private static boolean bool(final int value) {
        if (value != 0 && value != 1) {
            throw new AssertionError("neither 0 nor 1: value=" + value);
        }
        return value == 1;
    }
}
