package io.schap.engine.command;

import io.schap.engine.command.sbe.ConfigureDecoder;
import io.schap.engine.command.sbe.ConfirmDecoder;
import io.schap.engine.command.sbe.ExtendDecoder;
import io.schap.engine.command.sbe.FulfilDecoder;
import io.schap.engine.command.sbe.GenesisDecoder;
import io.schap.engine.command.sbe.GroupSizeEncodingDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementsDecoder;
import io.schap.engine.command.sbe.PutChannelDecoder;
import io.schap.engine.command.sbe.PutSkuDecoder;
import io.schap.engine.command.sbe.PutStoreDecoder;
import io.schap.engine.command.sbe.ReleaseDecoder;
import io.schap.engine.command.sbe.ReserveDecoder;
import io.schap.engine.command.sbe.SetPolicyDecoder;
import io.schap.engine.command.sbe.TickDecoder;
import io.schap.engine.command.sbe.UpgradeDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are a command of the schema to the last byte: header, block length, group sizes and text lengths. After it,
 * no decoder can read outside the command, so that apply can be total.
 */
public final class CommandCheck {

    /** What {@link #templateOf} says of bytes that are no command. */
    public static final int MALFORMED = 0;

    private static final Shape[] SHAPES = new Shape[15];

    /**
     * The variable parts of a message.
     *
     * @param blockLength      bytes of the fixed part.
     * @param entryLength      bytes of a group entry's fixed part, 0 where there is no group.
     * @param entryTexts       texts of one length byte in each entry.
     * @param maxEntries       most entries.
     * @param textLengthBytes  for each text behind the group: how many bytes its length takes.
     */
    private record Shape(int blockLength, int entryLength, int entryTexts, int maxEntries, int... textLengthBytes) {}

    static {
        SHAPES[GenesisDecoder.TEMPLATE_ID] = new Shape(GenesisDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[ConfigureDecoder.TEMPLATE_ID] = new Shape(ConfigureDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[UpgradeDecoder.TEMPLATE_ID] = new Shape(UpgradeDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[TickDecoder.TEMPLATE_ID] = new Shape(TickDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[PutChannelDecoder.TEMPLATE_ID] = new Shape(PutChannelDecoder.BLOCK_LENGTH, 0, 0, 0, 1);
        SHAPES[PutStoreDecoder.TEMPLATE_ID] = new Shape(PutStoreDecoder.BLOCK_LENGTH, 0, 0, 0, 1, 2, 2);
        SHAPES[PutSkuDecoder.TEMPLATE_ID] = new Shape(
                PutSkuDecoder.BLOCK_LENGTH, PutSkuDecoder.GtinsDecoder.sbeBlockLength(), 0, Limits.MAX_GTINS, 1, 2, 1);
        SHAPES[SetPolicyDecoder.TEMPLATE_ID] = new Shape(SetPolicyDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[MovementsDecoder.TEMPLATE_ID] = new Shape(
                MovementsDecoder.BLOCK_LENGTH,
                MovementsDecoder.RowsDecoder.sbeBlockLength(),
                4,
                Limits.MAX_ROWS_PER_COMMAND);
        SHAPES[ReserveDecoder.TEMPLATE_ID] = new Shape(
                ReserveDecoder.BLOCK_LENGTH, ReserveDecoder.LinesDecoder.sbeBlockLength(), 0, Limits.MAX_LINES, 1, 1);
        SHAPES[ConfirmDecoder.TEMPLATE_ID] = new Shape(ConfirmDecoder.BLOCK_LENGTH, 0, 0, 0, 1);
        SHAPES[ExtendDecoder.TEMPLATE_ID] = new Shape(ExtendDecoder.BLOCK_LENGTH, 0, 0, 0);
        SHAPES[FulfilDecoder.TEMPLATE_ID] =
                new Shape(FulfilDecoder.BLOCK_LENGTH, FulfilDecoder.LinesDecoder.sbeBlockLength(), 0, Limits.MAX_LINES);
        SHAPES[ReleaseDecoder.TEMPLATE_ID] = new Shape(
                ReleaseDecoder.BLOCK_LENGTH, ReleaseDecoder.LinesDecoder.sbeBlockLength(), 0, Limits.MAX_LINES, 1);
    }

    private CommandCheck() {}

    /**
     * The template id of a well-formed command. Texts of one length byte are at most {@link Limits#MAX_TEXT_BYTES} long.
     *
     * @param buffer where it lies.
     * @param offset of its message header.
     * @param length in bytes, header included.
     * @return the template id, or {@link #MALFORMED}.
     */
    public static int templateOf(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH
                || length > Limits.MAX_COMMAND_BYTES
                || offset < 0
                || offset > buffer.capacity() - length) {
            return MALFORMED;
        }
        final int template = uint16(buffer, offset + 2);
        if (uint16(buffer, offset + 4) != ReserveDecoder.SCHEMA_ID
                || uint16(buffer, offset + 6) != ReserveDecoder.SCHEMA_VERSION
                || template >= SHAPES.length
                || SHAPES[template] == null) {
            return MALFORMED;
        }
        final Shape shape = SHAPES[template];
        final boolean isExact = uint16(buffer, offset) == shape.blockLength
                && endOf(shape, buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, offset + length)
                        == offset + length;
        return isExact ? template : MALFORMED;
    }

    /** Where the parts of a message end; beyond the limit, or -1, when they do not fit. */
    private static int endOf(final Shape shape, final DirectBuffer buffer, final int from, final int limit) {
        int at = from + shape.blockLength;
        if (shape.entryLength > 0) {
            at = endOfGroup(shape, buffer, at, limit);
        }
        for (int i = 0; i < shape.textLengthBytes.length && at >= 0; i++) {
            at = endOfText(shape.textLengthBytes[i], buffer, at, limit);
        }
        return at;
    }

    private static int endOfGroup(final Shape shape, final DirectBuffer buffer, final int from, final int limit) {
        int at = from + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (at > limit || uint16(buffer, from) != shape.entryLength) {
            return -1;
        }
        final int entries = uint16(buffer, from + 2);
        if (entries > shape.maxEntries) {
            return -1;
        }
        if (shape.entryTexts == 0) {
            return at + entries * shape.entryLength;
        }
        for (int i = 0; i < entries && at >= 0; i++) {
            at += shape.entryLength;
            for (int j = 0; j < shape.entryTexts && at >= 0; j++) {
                at = endOfText(1, buffer, at, limit);
            }
        }
        return at;
    }

    private static int endOfText(final int lengthBytes, final DirectBuffer buffer, final int from, final int limit) {
        if (from + lengthBytes > limit) {
            return -1;
        }
        if (lengthBytes == 2) {
            return from + 2 + uint16(buffer, from);
        }
        final int length = buffer.getByte(from) & 0xff;
        return length > Limits.MAX_TEXT_BYTES ? -1 : from + 1 + length;
    }

    private static int uint16(final DirectBuffer buffer, final int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }
}
