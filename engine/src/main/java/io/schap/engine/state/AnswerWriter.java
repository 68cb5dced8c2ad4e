package io.schap.engine.state;

import static io.schap.engine.state.ReservationLayout.CHANGED;
import static io.schap.engine.state.ReservationLayout.DEADLINE;
import static io.schap.engine.state.ReservationLayout.FIRST_LINE;
import static io.schap.engine.state.ReservationLayout.MADE_AT;
import static io.schap.engine.state.ReservationLayout.NUMBER;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.AnswerHeadEncoder;
import io.schap.engine.command.sbe.DoneEncoder;
import io.schap.engine.command.sbe.GroupSizeEncodingEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementResultsEncoder;
import io.schap.engine.command.sbe.PolicyStateEncoder;
import io.schap.engine.command.sbe.RefusedEncoder;
import io.schap.engine.command.sbe.ReservationStateEncoder;
import io.schap.engine.command.sbe.ShortStockEncoder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the one answer of a command into one buffer, and knows its code and how many bytes of it are personal texts. */
final class AnswerWriter {

    private static final int FLAGS_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH + 1;
    private static final byte REPLAYED = 1;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int LINE_BYTES = ReservationStateEncoder.LinesEncoder.sbeBlockLength();
    private static final int RESERVATION_GROUP = BODY + ReservationStateEncoder.BLOCK_LENGTH;
    /** The message header of an answer with a reservation, as one word. */
    private static final long RESERVATION_HEADER = ReservationStateEncoder.BLOCK_LENGTH
            | (long) ReservationStateEncoder.TEMPLATE_ID << 16
            | (long) ReservationStateEncoder.SCHEMA_ID << 32
            | (long) ReservationStateEncoder.SCHEMA_VERSION << 48;

    private final byte[] bytes = new byte[Limits.MAX_ANSWER_BYTES + Long.BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DoneEncoder done = new DoneEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final ShortStockEncoder shortStock = new ShortStockEncoder();
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

    /** The same bytes, with room behind the longest answer for a word. */
    byte[] bytes() {
        return bytes;
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

    /**
     * A reservation after its command: the answer of most commands, so its fields are put in place without the encoder, at
     * the offsets that the schema gives them.
     */
    int reservation(final ResultCode result, final ReservationTable reservations, final int slot) {
        code = result;
        final long[] page = reservations.page(slot);
        final int base = reservations.base(slot);
        final long first = page[base];
        final int lines = (int) first & 0xff;
        LONG.set(bytes, 0, RESERVATION_HEADER);
        SHORT.set(bytes, BODY, (short) result.ordinal());
        LONG.set(bytes, BODY + 2, sequence);
        LONG.set(bytes, BODY + 10, timeMs);
        LONG.set(bytes, BODY + ReservationStateEncoder.reservationEncodingOffset(), page[base + NUMBER]);
        bytes[BODY + ReservationStateEncoder.stateEncodingOffset()] = (byte) (first >>> 8);
        SHORT.set(bytes, BODY + ReservationStateEncoder.channelEncodingOffset(), (short) ((first >>> 16) - 1));
        LONG.set(bytes, BODY + ReservationStateEncoder.createdAtMsEncodingOffset(), page[base + MADE_AT]);
        LONG.set(bytes, BODY + ReservationStateEncoder.deadlineMsEncodingOffset(), page[base + DEADLINE]);
        LONG.set(bytes, BODY + ReservationStateEncoder.changedSequenceEncodingOffset(), page[base + CHANGED]);
        INT.set(bytes, RESERVATION_GROUP, lines << 16 | LINE_BYTES);
        int at = putLine(RESERVATION_GROUP + GroupSizeEncodingEncoder.ENCODED_LENGTH, page, base + FIRST_LINE);
        for (int i = 1; i < lines; i++) {
            at = putLine(at, reservations.linePage(slot, i), reservations.linePlace(slot, i));
        }
        return putTexts(at, reservations.texts(slot, texts));
    }

    private int putLine(final int at, final long[] page, final int line) {
        LONG.set(bytes, at, page[line]);
        LONG.set(bytes, at + 8, Long.rotateLeft(page[line + 1], 32));
        LONG.set(bytes, at + 16, Long.rotateLeft(page[line + 2], 32));
        return at + LINE_BYTES;
    }

    private int putTexts(final int from, final int lengths) {
        int at = from;
        int copied = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            final int length = lengths >>> shift & 0xff;
            bytes[at++] = (byte) length;
            if (length > 0) {
                System.arraycopy(texts, copied, bytes, at, length);
                at += length;
                copied += length;
            }
        }
        textBytes = copied + 3;
        return at;
    }

    private void head(final AnswerHeadEncoder head, final ResultCode result) {
        code = result;
        head.code((short) result.ordinal()).flags((short) 0).sequence(sequence).timeMs(timeMs);
    }
}
