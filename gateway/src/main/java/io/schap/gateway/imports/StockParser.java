package io.schap.gateway.imports;

import io.schap.engine.command.MovementType;

/** Rows of a stock file: absolute counts. */
final class StockParser implements RowParser {

    @Override
    public RowContent parse(final RowReader row) throws RowRejected {
        return new RowContent.Movement(
                MovementType.COUNT,
                FieldParsing.code(ImportColumn.STORE, row.field(ImportColumn.STORE)),
                FieldParsing.code(ImportColumn.SKU, row.field(ImportColumn.SKU)),
                FieldParsing.units(ImportColumn.ON_HAND, row.field(ImportColumn.ON_HAND)),
                null,
                0,
                0,
                RowContent.Texts.NONE);
    }
}
