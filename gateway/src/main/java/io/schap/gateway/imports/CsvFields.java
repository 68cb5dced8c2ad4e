package io.schap.gateway.imports;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;

/** Takes the fields of one record apart, with its quotes as RFC 4180 has them. */
final class CsvFields {

    private final CsvReader.CsvReaderBuilder parser;
    private final Collector collector = new Collector();

    CsvFields(final char delimiter) {
        parser = CsvReader.builder().fieldSeparator(delimiter).skipEmptyLines(false);
    }

    /**
     * The fields of a record; the list is reused at the next call.
     *
     * @throws RowRejected when the quotes are not right.
     */
    List<String> of(final String record) throws RowRejected {
        try {
            return parser.ofSingleCsvRecord(collector, record);
        } catch (final CsvParseException e) {
            throw RowRejected.invalid("the row cannot be taken apart: something follows a closing quote, or a quote is "
                    + "not doubled within quotes; it begins " + RowRejected.quote(record));
        }
    }

    private static final class Collector extends AbstractBaseCsvCallbackHandler<List<String>> {

        private final List<String> fields = new ArrayList<>();

        @Override
        protected void handleBegin(final long startingLineNumber) {
            fields.clear();
        }

        @Override
        protected void handleField(
                final int index, final char[] buffer, final int offset, final int length, final boolean quoted) {
            fields.add(new String(buffer, offset, length));
        }

        @Override
        protected List<String> buildRecord() {
            return fields;
        }
    }
}
