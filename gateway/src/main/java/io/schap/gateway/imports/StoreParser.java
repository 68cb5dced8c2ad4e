package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.command.StoreFields;
import java.util.Locale;

/** Rows of a stores file. A column that is absent leaves what is there; an empty field goes back to the default. */
final class StoreParser implements RowParser {

    private static final int MAX_LATITUDE = 90;
    private static final int MAX_LONGITUDE = 180;

    private final Header header;
    private final int mask;

    StoreParser(final Header header) {
        this.header = header;
        int fields = StoreFields.NAME;
        fields |= header.has(ImportColumn.KIND) ? StoreFields.KIND : 0;
        fields |= header.has(ImportColumn.PICKUP) ? StoreFields.PICKUP : 0;
        fields |= header.has(ImportColumn.COUNTRY) ? StoreFields.COUNTRY : 0;
        fields |= header.has(ImportColumn.LATITUDE) ? StoreFields.LOCATION : 0;
        this.mask = fields;
    }

    @Override
    public RowContent parse(final RowReader row) throws RowRejected {
        final String code = FieldParsing.code(ImportColumn.STORE, row.field(ImportColumn.STORE));
        final String name = FieldParsing.text(ImportColumn.NAME, row.field(ImportColumn.NAME), Limits.MAX_NAME_CHARS);
        final boolean warehouse = isWarehouse(row.field(ImportColumn.KIND));
        final boolean pickup = isPickup(row.field(ImportColumn.PICKUP));
        final String country = row.field(ImportColumn.COUNTRY);
        return new RowContent.Store(
                code,
                mask,
                name.isEmpty() ? code : name,
                warehouse,
                pickup,
                country == null ? "" : FieldParsing.text(ImportColumn.COUNTRY, country, Limits.MAX_COUNTRY_CHARS),
                location(row.field(ImportColumn.LATITUDE), row.field(ImportColumn.LONGITUDE)));
    }

    private static boolean isWarehouse(final String field) throws RowRejected {
        if (field == null || field.isEmpty()) {
            return false;
        }
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "shop" -> false;
            case "warehouse" -> true;
            default -> throw FieldParsing.wrong(ImportColumn.KIND, field, "shop or warehouse");
        };
    }

    private static boolean isPickup(final String field) throws RowRejected {
        return field == null || field.isEmpty() || FieldParsing.flag(ImportColumn.PICKUP, field);
    }

    private double[] location(final String latitude, final String longitude) throws RowRejected {
        if (latitude == null || latitude.isEmpty() && longitude.isEmpty()) {
            return null;
        }
        final boolean comma = header.allowsDecimalComma();
        return new double[] {
            FieldParsing.degrees(ImportColumn.LATITUDE, latitude, comma, MAX_LATITUDE),
            FieldParsing.degrees(ImportColumn.LONGITUDE, longitude, comma, MAX_LONGITUDE)
        };
    }
}
