package io.schap.gateway.command;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.view.StockView;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;

/**
 * Cuts lists of stock facts into commands. The rule looks at the rows alone, so that the same list is cut the same way
 * whenever it is sent, and each part finds its own remembered answer: a part takes rows while it has fewer than
 * {@link Limits#MAX_ROWS_PER_COMMAND} and stays within {@link Limits#MAX_MOVEMENTS_BYTES}. For one thread.
 */
public final class MovementParts {

    private static final int EMPTY_BYTES = MessageHeaderEncoder.ENCODED_LENGTH
            + MovementsEncoder.BLOCK_LENGTH
            + MovementsEncoder.RowsEncoder.HEADER_SIZE;
    private static final int ROW_BYTES = MovementsEncoder.RowsEncoder.sbeBlockLength() + 4;

    private final StockView view;
    private final KeyedHash textHash;
    private final MovementsEncoder encoder = new MovementsEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /**
     * Parts for one chain.
     *
     * @param view     where sales channels are looked up.
     * @param textHash under the chain's text secret.
     */
    public MovementParts(final StockView view, final KeyedHash textHash) {
        this.view = view;
        this.textHash = textHash;
    }

    /**
     * Where a part ends.
     *
     * @param rows of the whole list.
     * @param from index of the part's first row.
     * @return index behind its last row.
     */
    public static int endOfPart(final List<MovementRow> rows, final int from) {
        int end = from;
        int bytes = EMPTY_BYTES;
        while (end < rows.size() && fits(end - from, bytes, rows.get(end))) {
            bytes += rowBytes(rows.get(end));
            end++;
        }
        return end;
    }

    /**
     * Whether a part takes one more row.
     *
     * @param rowCount rows that it has.
     * @param bytes    that it has, from {@link #emptyBytes} on.
     * @param row      the next one.
     * @return true if so; always for the first.
     */
    public static boolean fits(final int rowCount, final int bytes, final MovementRow row) {
        return rowCount == 0
                || rowCount < Limits.MAX_ROWS_PER_COMMAND && bytes + rowBytes(row) <= Limits.MAX_MOVEMENTS_BYTES;
    }

    /**
     * Size of a part without rows.
     *
     * @return bytes.
     */
    public static int emptyBytes() {
        return EMPTY_BYTES;
    }

    /**
     * Size of a row in a part.
     *
     * @param row any.
     * @return bytes.
     */
    public static int rowBytes(final MovementRow row) {
        return ROW_BYTES + row.texts().bytes();
    }

    /**
     * Encodes one part; its sales channels must be known by now.
     *
     * @param buffer   where to, from its start.
     * @param rows     of the part.
     * @param envelope fills the envelope.
     * @return the length, header included, in bytes.
     */
    public int encode(
            final MutableDirectBuffer buffer, final List<MovementRow> rows, final Consumer<EnvelopeEncoder> envelope) {
        encoder.wrapAndApplyHeader(buffer, 0, header);
        envelope.accept(encoder.envelope());
        final MovementsEncoder.RowsEncoder group = encoder.rowsCount(rows.size());
        for (final MovementRow row : rows) {
            encode(group.next(), row);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private void encode(final MovementsEncoder.RowsEncoder group, final MovementRow row) {
        final MovementRow.Texts texts = row.texts();
        final boolean expected = row.expectedOnHand() != null;
        group.movement((short) row.type().ordinal())
                .expected((short) (expected ? 1 : 0))
                .channel((short) (row.channel() == null ? -1 : view.channelIndex(row.channel())))
                .store(row.store())
                .sku(row.sku())
                .quantity(row.quantity())
                .expectedOnHand(expected ? row.expectedOnHand() : 0)
                .reservation(row.reservation())
                .occurredAtMs(row.occurredAtMs());
        final boolean owned = texts.owner().length > 0;
        textHash.hash(texts.owner(), 0, texts.owner().length);
        group.ownerHi(owned ? textHash.hi() : 0).ownerLo(owned ? textHash.lo() : 0);
        final boolean referred = texts.reference().length > 0;
        textHash.hash(texts.reference(), 0, texts.reference().length);
        group.referenceHi(referred ? textHash.hi() : 0).referenceLo(referred ? textHash.lo() : 0);
        group.putOwner(texts.owner(), 0, texts.owner().length)
                .putReference(texts.reference(), 0, texts.reference().length)
                .putReason(texts.reason(), 0, texts.reason().length)
                .putPaymentReference(texts.paymentReference(), 0, texts.paymentReference().length);
    }
}
