package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.AnswerHeadEncoder;
import io.schap.engine.command.sbe.DoneEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementResultsEncoder;
import io.schap.engine.command.sbe.PolicyStateEncoder;
import io.schap.engine.command.sbe.RefusedEncoder;
import io.schap.engine.command.sbe.ReservationStateEncoder;
import io.schap.engine.command.sbe.ShortStockEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the one answer of a command into one buffer, and knows its code and how many bytes of it are personal texts. */
final class AnswerWriter {

    private static final int FLAGS_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + 1;
    private static final byte REPLAYED = 1;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[Limits.MAX_ANSWER_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DoneEncoder done = new DoneEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final ShortStockEncoder shortStock = new ShortStockEncoder();
    private final ReservationStateEncoder reservation = new ReservationStateEncoder();
    private final MovementResultsEncoder movements = new MovementResultsEncoder();
    private final PolicyStateEncoder policy = new PolicyStateEncoder();
    private final byte[] texts = new byte[3 * 128 + 8];
    private long sequence;
    private long timeMs;
    private ResultCode code;
    private int textBytes;
    private ShortStockEncoder.ShortfallsEncoder shortfalls;
    private MovementResultsEncoder.RowsEncoder rows;

    /** Names the command that the next answer is for. */
    void begin(final long commandSequence, final long commandTimeMs) {
        sequence = commandSequence;
        timeMs = commandTimeMs;
        textBytes = 0;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** The code of the last answer. */
    ResultCode code() {
        return code;
    }

    /** How many bytes at the end of the last answer are personal texts. */
    int textBytes() {
        return textBytes;
    }

    /** Marks an answer that was copied into the buffer as one that was given before. */
    void markReplayed() {
        buffer.putByte(FLAGS_OFFSET, (byte) (buffer.getByte(FLAGS_OFFSET) | REPLAYED));
    }

    int done(final int index, final boolean created, final int count) {
        head(done.wrapAndApplyHeader(buffer, 0, header).answer(), ResultCode.OK);
        done.index(index).created((short) (created ? 1 : 0)).count(count);
        return MessageHeaderEncoder.ENCODED_LENGTH + DoneEncoder.BLOCK_LENGTH;
    }

    int refused(final ResultCode why) {
        return refused(why, 0, ReservationStatus.NONE.ordinal());
    }

    int refused(final ResultCode why, final long number, final int state) {
        return refused(why, number, state, -1, -1, 0, 0);
    }

    int refused(
            final ResultCode why,
            final long number,
            final int state,
            final int store,
            final int sku,
            final long requested,
            final long possible) {
        head(refused.wrapAndApplyHeader(buffer, 0, header).answer(), why);
        refused.reservation(number)
                .state((short) state)
                .store(store)
                .sku(sku)
                .requested(requested)
                .possible(possible);
        return MessageHeaderEncoder.ENCODED_LENGTH + RefusedEncoder.BLOCK_LENGTH;
    }

    void beginShortStock(final int count) {
        head(shortStock.wrapAndApplyHeader(buffer, 0, header).answer(), ResultCode.INSUFFICIENT_STOCK);
        shortfalls = shortStock.shortfallsCount(count);
    }

    void shortfall(final int store, final int sku, final int requested, final int available) {
        shortfalls.next().store(store).sku(sku).requested(requested).available(available);
    }

    int endShortStock() {
        return MessageHeaderEncoder.ENCODED_LENGTH + shortStock.encodedLength();
    }

    void beginMovements(final int count) {
        head(movements.wrapAndApplyHeader(buffer, 0, header).answer(), ResultCode.OK);
        rows = movements.rowsCount(count);
    }

    void movement(
            final ResultCode rowCode, final int store, final int sku, final long counters, final long policyInForce) {
        rows.next()
                .code((short) rowCode.ordinal())
                .store(store)
                .sku(sku)
                .onHand(Counters.onHand(counters))
                .reserved(Counters.reserved(counters))
                .safetyStock(Policies.safetyStock(policyInForce))
                .lowStockThreshold(Policies.lowStockThreshold(policyInForce));
    }

    int endMovements() {
        return MessageHeaderEncoder.ENCODED_LENGTH + movements.encodedLength();
    }

    int policy(final int store, final int sku, final long own, final long inForce) {
        head(policy.wrapAndApplyHeader(buffer, 0, header).answer(), ResultCode.OK);
        policy.store(store)
                .sku(sku)
                .safetyStockSet((short) (Policies.isSafetyStockSet(own) ? 1 : 0))
                .lowStockThresholdSet((short) (Policies.isLowStockThresholdSet(own) ? 1 : 0))
                .safetyStock(Policies.safetyStock(inForce))
                .lowStockThreshold(Policies.lowStockThreshold(inForce));
        return MessageHeaderEncoder.ENCODED_LENGTH + PolicyStateEncoder.BLOCK_LENGTH;
    }

    int reservation(final ResultCode result, final ReservationTable reservations, final int slot) {
        head(reservation.wrapAndApplyHeader(buffer, 0, header).answer(), result);
        final int lines = reservations.lineCount(slot);
        final ReservationStateEncoder.LinesEncoder line = reservation
                .reservation(reservations.number(slot))
                .state((short) reservations.state(slot))
                .channel((short) reservations.channel(slot))
                .createdAtMs(reservations.createdAtMs(slot))
                .deadlineMs(reservations.deadlineMs(slot))
                .changedSequence(reservations.changedSequence(slot))
                .linesCount(lines);
        for (int i = 0; i < lines; i++) {
            final long[] page = reservations.linePage(slot, i);
            final int at = reservations.linePlace(slot, i);
            line.next()
                    .store(ReservationLines.store(page[at]))
                    .sku(ReservationLines.sku(page[at]))
                    .requested(ReservationLines.high(page[at + 1]))
                    .quantity(ReservationLines.low(page[at + 1]))
                    .fulfilled(ReservationLines.high(page[at + 2]))
                    .released(ReservationLines.low(page[at + 2]));
        }
        final int lengths = reservations.texts(slot, texts);
        final int owner = lengths & 0xff;
        final int reference = lengths >>> 8 & 0xff;
        final int payment = lengths >>> 16 & 0xff;
        reservation
                .putOwner(texts, 0, owner)
                .putReference(texts, owner, reference)
                .putPaymentReference(texts, owner + reference, payment);
        textBytes = owner + reference + payment + 3;
        return MessageHeaderEncoder.ENCODED_LENGTH + reservation.encodedLength();
    }

    private void head(final AnswerHeadEncoder head, final ResultCode result) {
        code = result;
        head.code((short) result.ordinal()).flags((short) 0).sequence(sequence).timeMs(timeMs);
    }
}
