package io.schap.engine.model;

import io.schap.engine.command.MovementType;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** Builds a {@code Movements}: a call of a fact begins a row, the others say more of the last row. */
public final class MovementsBuilder extends CommandBuilder<MovementsBuilder> {
    private static final class Row {
        private int movement;
        private int expected;
        private int channel = -1;
        private int store;
        private int sku;
        private int quantity;
        private int expectedOnHand;
        private long reservation;
        private long occurredAtMs;
        private final long[] hashes = new long[4];
        private final String[] texts = {"", "", "", ""};
    }

    private final List<Row> rows = new ArrayList<>();

    MovementsBuilder() {}

    /** Units came in. */
    public MovementsBuilder receipt(final int store, final int sku, final int quantity) {
        return row(MovementType.RECEIPT.ordinal(), store, sku, quantity);
    }

    /** Units were sold. */
    public MovementsBuilder sale(final int store, final int sku, final int quantity) {
        return row(MovementType.SALE.ordinal(), store, sku, quantity);
    }

    /** Units came back. */
    public MovementsBuilder returned(final int store, final int sku, final int quantity) {
        return row(MovementType.RETURN.ordinal(), store, sku, quantity);
    }

    /** A difference. */
    public MovementsBuilder adjustment(final int store, final int sku, final int quantity) {
        return row(MovementType.ADJUSTMENT.ordinal(), store, sku, quantity);
    }

    /** A count. */
    public MovementsBuilder count(final int store, final int sku, final int quantity) {
        return row(MovementType.COUNT.ordinal(), store, sku, quantity);
    }

    /** A row of any type. */
    public MovementsBuilder row(final int type, final int store, final int sku, final int quantity) {
        final Row row = new Row();
        row.movement = type;
        row.store = store;
        row.sku = sku;
        row.quantity = quantity;
        rows.add(row);
        return this;
    }

    /** The count is good only while this many are on hand. */
    public MovementsBuilder expecting(final int onHand) {
        return expecting(1, onHand);
    }

    /** Whether units on hand are expected, 0 or 1, and how many. */
    public MovementsBuilder expecting(final int expected, final int onHand) {
        last().expected = expected;
        last().expectedOnHand = onHand;
        return this;
    }

    /** The sale names a reservation. */
    public MovementsBuilder ofReservation(final long number) {
        last().reservation = number;
        return this;
    }

    /** The row's sales channel, by index. */
    public MovementsBuilder onChannel(final int index) {
        last().channel = index;
        return this;
    }

    /** When it happened, in milliseconds since 1970. */
    public MovementsBuilder occurredAt(final long timeMs) {
        last().occurredAtMs = timeMs;
        return this;
    }

    /** The row's owner and its hash. */
    public MovementsBuilder owner(final String text, final long hi, final long lo) {
        last().texts[0] = text;
        last().hashes[0] = hi;
        last().hashes[1] = lo;
        return this;
    }

    /** The row's reference and its hash. */
    public MovementsBuilder reference(final String text, final long hi, final long lo) {
        last().texts[1] = text;
        last().hashes[2] = hi;
        last().hashes[3] = lo;
        return this;
    }

    /** The row's reason. */
    public MovementsBuilder reason(final String text) {
        last().texts[2] = text;
        return this;
    }

    /** The row's payment reference. */
    public MovementsBuilder paymentReference(final String text) {
        last().texts[3] = text;
        return this;
    }

    /** How many rows there are. */
    public int size() {
        return rows.size();
    }

    private Row last() {
        return rows.get(rows.size() - 1);
    }

    @Override
    MovementsBuilder self() {
        return this;
    }

    @Override
    int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
        final MovementsEncoder body = new MovementsEncoder().wrapAndApplyHeader(buffer, offset, header);
        envelope(body.envelope());
        final MovementsEncoder.RowsEncoder group = body.rowsCount(rows.size());
        for (final Row row : rows) {
            group.next()
                    .movement((short) row.movement)
                    .expected((short) row.expected)
                    .channel((short) row.channel)
                    .store(row.store)
                    .sku(row.sku)
                    .quantity(row.quantity)
                    .expectedOnHand(row.expectedOnHand)
                    .reservation(row.reservation)
                    .occurredAtMs(row.occurredAtMs)
                    .ownerHi(row.hashes[0])
                    .ownerLo(row.hashes[1])
                    .referenceHi(row.hashes[2])
                    .referenceLo(row.hashes[3])
                    .owner(row.texts[0])
                    .reference(row.texts[1])
                    .reason(row.texts[2])
                    .paymentReference(row.texts[3]);
        }
        return body.limit() - offset;
    }
}
