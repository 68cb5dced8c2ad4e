package io.schap.gateway.imports;

import static io.schap.gateway.imports.ImportColumn.CHANNEL;
import static io.schap.gateway.imports.ImportColumn.COUNTRY;
import static io.schap.gateway.imports.ImportColumn.EXPECTED_ON_HAND;
import static io.schap.gateway.imports.ImportColumn.GTIN;
import static io.schap.gateway.imports.ImportColumn.KIND;
import static io.schap.gateway.imports.ImportColumn.LATITUDE;
import static io.schap.gateway.imports.ImportColumn.LONGITUDE;
import static io.schap.gateway.imports.ImportColumn.LOW_STOCK_THRESHOLD;
import static io.schap.gateway.imports.ImportColumn.NAME;
import static io.schap.gateway.imports.ImportColumn.OCCURRED_AT;
import static io.schap.gateway.imports.ImportColumn.ON_HAND;
import static io.schap.gateway.imports.ImportColumn.OWNER;
import static io.schap.gateway.imports.ImportColumn.PICKUP;
import static io.schap.gateway.imports.ImportColumn.PRICE;
import static io.schap.gateway.imports.ImportColumn.QUANTITY;
import static io.schap.gateway.imports.ImportColumn.REASON;
import static io.schap.gateway.imports.ImportColumn.REFERENCE;
import static io.schap.gateway.imports.ImportColumn.RESERVATION;
import static io.schap.gateway.imports.ImportColumn.SAFETY_STOCK;
import static io.schap.gateway.imports.ImportColumn.SKU;
import static io.schap.gateway.imports.ImportColumn.STORE;
import static io.schap.gateway.imports.ImportColumn.TYPE;

import java.util.List;

/** What a file is about: the last segment of the path that it is sent to, and the columns that it has. */
enum ImportKind {
    STORES("stores", List.of(STORE, NAME), List.of(KIND, PICKUP, COUNTRY, LATITUDE, LONGITUDE)),
    PRODUCTS("products", List.of(SKU, NAME), List.of(PRICE, GTIN)),
    STOCK("stock", List.of(STORE, SKU, ON_HAND), List.of()),
    POLICIES("policies", List.of(STORE), List.of(SKU, SAFETY_STOCK, LOW_STOCK_THRESHOLD)),
    MOVEMENTS(
            "movements",
            List.of(TYPE, STORE, SKU, QUANTITY),
            List.of(CHANNEL, REFERENCE, REASON, OWNER, RESERVATION, EXPECTED_ON_HAND, OCCURRED_AT));

    private final String segment;
    private final List<ImportColumn> needed;
    private final List<ImportColumn> optional;

    ImportKind(final String segment, final List<ImportColumn> needed, final List<ImportColumn> optional) {
        this.segment = segment;
        this.needed = needed;
        this.optional = optional;
    }

    /** The kind of a path's last segment, or null. */
    static ImportKind of(final String segment) {
        for (final ImportKind kind : values()) {
            if (kind.segment.equals(segment)) {
                return kind;
            }
        }
        return null;
    }

    String segment() {
        return segment;
    }

    /** The columns that a file of this kind must have. */
    List<ImportColumn> needed() {
        return needed;
    }

    /** The column that a name of the header line means, or null. */
    ImportColumn columnNamed(final String name) {
        final String reduced = ImportColumn.reduce(name);
        for (final ImportColumn column : needed) {
            if (column.isNamed(reduced)) {
                return column;
            }
        }
        for (final ImportColumn column : optional) {
            if (column.isNamed(reduced)) {
                return column;
            }
        }
        return null;
    }

    /** Whether rows travel several to a command, as stock facts do. */
    boolean isStockFacts() {
        return this == STOCK || this == MOVEMENTS;
    }
}
