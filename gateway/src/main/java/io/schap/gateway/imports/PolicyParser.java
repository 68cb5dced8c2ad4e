package io.schap.gateway.imports;

import io.schap.engine.command.PolicyAction;

/** Rows of a policies file: of a cell, or of a store where the SKU is empty. */
final class PolicyParser implements RowParser {

    private static final RowContent.Setting KEEP = new RowContent.Setting(PolicyAction.KEEP, 0);
    private static final RowContent.Setting CLEAR = new RowContent.Setting(PolicyAction.CLEAR, 0);

    @Override
    public RowContent parse(final RowReader row) throws RowRejected {
        final String sku = row.field(ImportColumn.SKU);
        return new RowContent.Policy(
                FieldParsing.code(ImportColumn.STORE, row.field(ImportColumn.STORE)),
                sku == null || sku.isEmpty() ? null : FieldParsing.code(ImportColumn.SKU, sku),
                setting(ImportColumn.SAFETY_STOCK, row.field(ImportColumn.SAFETY_STOCK)),
                setting(ImportColumn.LOW_STOCK_THRESHOLD, row.field(ImportColumn.LOW_STOCK_THRESHOLD)));
    }

    private static RowContent.Setting setting(final ImportColumn column, final String field) throws RowRejected {
        if (field == null) {
            return KEEP;
        }
        if (field.isEmpty()) {
            return CLEAR;
        }
        return new RowContent.Setting(PolicyAction.SET, (int) FieldParsing.units(column, field, 0));
    }
}
