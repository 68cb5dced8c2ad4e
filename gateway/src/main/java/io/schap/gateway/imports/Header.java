package io.schap.gateway.imports;

import io.schap.gateway.http.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which column of a file means what. */
final class Header {

    private static final int ABSENT = -1;

    private final int[] positions = new int[ImportColumn.values().length];
    private final List<String> columns = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private final int count;
    private final boolean decimalComma;

    private Header(final int count, final boolean decimalComma) {
        this.count = count;
        this.decimalComma = decimalComma;
        Arrays.fill(positions, ABSENT);
    }

    /**
     * Reads a header line.
     *
     * @param kind      of file.
     * @param names     its fields.
     * @param delimiter between them.
     * @throws io.schap.gateway.http.Refusal when a needed column is missing, or one that counts is there twice.
     */
    static Header of(final ImportKind kind, final List<String> names, final char delimiter) {
        if (names.size() > ImportLimits.MAX_COLUMNS) {
            throw Problem.invalid(
                    "", "the header line has " + names.size() + " columns, at most " + ImportLimits.MAX_COLUMNS);
        }
        final Header header = new Header(names.size(), delimiter == ';');
        for (int i = 0; i < names.size(); i++) {
            header.add(kind.columnNamed(names.get(i)), names, i);
        }
        for (final ImportColumn column : kind.needed()) {
            header.require(column);
        }
        if (header.has(ImportColumn.LATITUDE) != header.has(ImportColumn.LONGITUDE)) {
            header.require(ImportColumn.LATITUDE);
            header.require(ImportColumn.LONGITUDE);
        }
        return header;
    }

    private void add(final ImportColumn column, final List<String> names, final int position) {
        if (column == null) {
            ignored.add(shown(names.get(position)));
            return;
        }
        final int before = positions[column.ordinal()];
        if (before != ABSENT) {
            throw Problem.invalid(
                    "#/" + column.title(),
                    "column " + column.title() + " is there twice: " + RowRejected.quote(names.get(before)) + " and "
                            + RowRejected.quote(names.get(position)));
        }
        positions[column.ordinal()] = position;
        columns.add(column.title());
    }

    private void require(final ImportColumn column) {
        if (!has(column)) {
            final String others = column.aliases().isEmpty() ? "" : " (or " + String.join(", ", column.aliases()) + ")";
            throw Problem.invalid(
                    "#/" + column.title(),
                    "column " + column.title() + others + " is missing; the header line names "
                            + (columns.isEmpty() ? "none of the columns" : String.join(", ", columns))
                            + (ignored.isEmpty() ? "" : " and, unknown here, " + shown(String.join(", ", ignored))));
        }
    }

    /** Whether the file has a column. */
    boolean has(final ImportColumn column) {
        return positions[column.ordinal()] != ABSENT;
    }

    /** Where a column stands in each row, -1 when the file does not have it. */
    int position(final ImportColumn column) {
        return positions[column.ordinal()];
    }

    /** How many fields each row has. */
    int count() {
        return count;
    }

    /** Whether prices and coordinates may be written with a decimal comma. */
    boolean allowsDecimalComma() {
        return decimalComma;
    }

    /** The columns that are read, by the contract's names, in the file's order. */
    List<String> columns() {
        return columns;
    }

    /** The other columns, as the file names them. */
    List<String> ignored() {
        return ignored;
    }

    private static String shown(final String name) {
        final String quoted = RowRejected.quote(name);
        return quoted.substring(1, quoted.length() - 1);
    }
}
