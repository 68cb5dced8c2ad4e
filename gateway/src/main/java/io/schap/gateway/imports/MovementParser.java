package io.schap.gateway.imports;

import io.schap.engine.command.MovementType;
import io.schap.engine.command.ReservationIds;
import java.util.Locale;

/** Rows of a movements file: stock facts of every type. */
final class MovementParser implements RowParser {

    private static final long MAX_AHEAD_MS = 5 * 60_000;
    private static final long UNKNOWN_RESERVATION = -1;

    private final ReservationIds ids;

    MovementParser(final ReservationIds ids) {
        this.ids = ids;
    }

    @Override
    public RowContent parse(final RowReader row) throws RowRejected {
        final MovementType type = type(row.field(ImportColumn.TYPE));
        final String store = FieldParsing.code(ImportColumn.STORE, row.field(ImportColumn.STORE));
        final String sku = FieldParsing.code(ImportColumn.SKU, row.field(ImportColumn.SKU));
        return new RowContent.Movement(
                type,
                store,
                sku,
                quantity(type, row.field(ImportColumn.QUANTITY)),
                expectedOnHand(type, row.field(ImportColumn.EXPECTED_ON_HAND)),
                reservation(type, row.field(ImportColumn.RESERVATION)),
                FieldParsing.time(ImportColumn.OCCURRED_AT, row.field(ImportColumn.OCCURRED_AT)),
                texts(row));
    }

    /**
     * Compares a row with the clock. This is no part of what the row says: when it is sent again, it may be in time.
     *
     * @return why the row is rejected, or null.
     */
    @Override
    public RowRejected flawNow(final RowContent content, final long nowMs) {
        return content instanceof final RowContent.Movement fact && fact.occurredAtMs() > nowMs + MAX_AHEAD_MS
                ? RowRejected.invalid(
                        "occurred_at holds a time that is to come; it may hold one at most 5 minutes ahead")
                : null;
    }

    private static RowContent.Texts texts(final RowReader row) throws RowRejected {
        final String channel = FieldParsing.channel(ImportColumn.CHANNEL, row.field(ImportColumn.CHANNEL));
        final byte[] owner = FieldParsing.note(ImportColumn.OWNER, row.field(ImportColumn.OWNER));
        final byte[] reference = FieldParsing.note(ImportColumn.REFERENCE, row.field(ImportColumn.REFERENCE));
        final byte[] reason = FieldParsing.note(ImportColumn.REASON, row.field(ImportColumn.REASON));
        return new RowContent.Texts(channel, owner, reference, reason);
    }

    private static MovementType type(final String field) throws RowRejected {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "receipt" -> MovementType.RECEIPT;
            case "sale" -> MovementType.SALE;
            case "return" -> MovementType.RETURN;
            case "adjustment" -> MovementType.ADJUSTMENT;
            case "count" -> MovementType.COUNT;
            default -> throw FieldParsing.wrong(ImportColumn.TYPE, field, "receipt, sale, return, adjustment or count");
        };
    }

    private static int quantity(final MovementType type, final String field) throws RowRejected {
        final boolean signed = type == MovementType.ADJUSTMENT || type == MovementType.COUNT;
        return signed
                ? FieldParsing.units(ImportColumn.QUANTITY, field)
                : (int) FieldParsing.units(ImportColumn.QUANTITY, field, 1);
    }

    private static Integer expectedOnHand(final MovementType type, final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return null;
        }
        if (type != MovementType.COUNT) {
            throw FieldParsing.wrong(ImportColumn.EXPECTED_ON_HAND, field, "nothing, unless type is count");
        }
        return FieldParsing.units(ImportColumn.EXPECTED_ON_HAND, field);
    }

    private long reservation(final MovementType type, final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return 0;
        }
        if (type != MovementType.SALE) {
            throw FieldParsing.wrong(ImportColumn.RESERVATION, field, "nothing, unless type is sale");
        }
        final long number = ids.numberOf(field);
        return number == ReservationIds.NOT_AN_ID ? UNKNOWN_RESERVATION : number;
    }
}
