package io.schap.gateway.imports;

import java.util.List;
import java.util.Locale;

/** A column that some file may have, with the other names that it goes by in the shops' own sheets. */
enum ImportColumn {
    STORE("store", "filiaal", "winkel", "vestiging", "location"),
    SKU("sku", "artikel", "artikelnummer", "article"),
    NAME("name", "naam", "omschrijving"),
    KIND("kind"),
    PICKUP("pickup"),
    COUNTRY("country"),
    LATITUDE("latitude"),
    LONGITUDE("longitude"),
    PRICE("price", "prijs"),
    GTIN("gtin", "ean", "barcode"),
    ON_HAND("on_hand", "voorraad", "aantal", "quantity", "qty"),
    SAFETY_STOCK("safety_stock"),
    LOW_STOCK_THRESHOLD("low_stock_threshold"),
    TYPE("type"),
    QUANTITY("quantity"),
    CHANNEL("channel"),
    REFERENCE("reference"),
    REASON("reason"),
    OWNER("owner"),
    RESERVATION("reservation"),
    EXPECTED_ON_HAND("expected_on_hand"),
    OCCURRED_AT("occurred_at");

    private final String title;
    private final List<String> aliases;

    ImportColumn(final String title, final String... aliases) {
        this.title = title;
        this.aliases = List.of(aliases);
    }

    /** The name that the contract gives it. */
    String title() {
        return title;
    }

    /** Its other names. */
    List<String> aliases() {
        return aliases;
    }

    /** Whether a name of a header line, reduced by {@link #reduce}, means this column. */
    boolean isNamed(final String reduced) {
        return reduce(title).equals(reduced) || aliases.contains(reduced);
    }

    /** A name without what header lines vary in: case, spaces, underscores and hyphens. */
    static String reduce(final String name) {
        final StringBuilder reduced = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (!Character.isWhitespace(c) && c != '\u00a0' && c != '_' && c != '-') {
                reduced.append(c);
            }
        }
        return reduced.toString().toLowerCase(Locale.ROOT);
    }
}
