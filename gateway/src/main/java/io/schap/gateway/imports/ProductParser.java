package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.command.SkuFields;
import java.util.List;

/** Rows of a products file. A column that is absent leaves what is there; an empty field clears it. */
final class ProductParser implements RowParser {

    private final Header header;
    private final int mask;

    ProductParser(final Header header) {
        this.header = header;
        int fields = SkuFields.NAME;
        fields |= header.has(ImportColumn.PRICE) ? SkuFields.PRICE : 0;
        fields |= header.has(ImportColumn.GTIN) ? SkuFields.GTINS : 0;
        this.mask = fields;
    }

    @Override
    public RowContent parse(final RowReader row) throws RowRejected {
        final String code = FieldParsing.code(ImportColumn.SKU, row.field(ImportColumn.SKU));
        final String name = FieldParsing.text(ImportColumn.NAME, row.field(ImportColumn.NAME), Limits.MAX_NAME_CHARS);
        final String price = row.field(ImportColumn.PRICE);
        final String gtins = row.field(ImportColumn.GTIN);
        return new RowContent.Product(
                code,
                mask,
                name.isEmpty() ? code : name,
                price == null ? "" : FieldParsing.price(ImportColumn.PRICE, price, header.allowsDecimalComma()),
                gtins == null ? List.of() : FieldParsing.gtins(ImportColumn.GTIN, gtins));
    }
}
