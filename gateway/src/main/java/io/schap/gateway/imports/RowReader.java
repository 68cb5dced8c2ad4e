package io.schap.gateway.imports;

import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import java.io.IOException;
import java.util.List;

/** Reads a file row by row: the header line first, then each row's fields or what is wrong with it. */
final class RowReader {

    private final RecordCutter cutter;
    private final CsvFields parser;
    private final Header header;
    private final String headerText;
    private String text;
    private List<String> fields = List.of();
    private RowRejected flaw;
    private boolean isApart;

    /**
     * Reads the header line.
     *
     * @throws io.schap.gateway.http.Refusal when it is not one of a file of this kind.
     * @throws IOException                   when the upload ends before its end.
     */
    RowReader(final ImportKind kind, final StrictReader source) throws IOException {
        cutter = new RecordCutter(source);
        if (!cutter.next()) {
            throw Problem.invalid("", "the file is empty: its first line names the columns");
        }
        headerText = cutter.text();
        if (cutter.flaw() != RecordCutter.Flaw.NONE || StrictReader.firstUndecoded(headerText) >= 0) {
            throw Problem.invalid(
                    "",
                    "the header line cannot be read; it begins " + RowRejected.quote(headerText)
                            + "; is it text, in the charset of Content-Type (default utf-8)?");
        }
        final char delimiter = Delimiters.of(headerText);
        cutter.delimiter(delimiter);
        parser = new CsvFields(delimiter);
        try {
            header = Header.of(kind, List.copyOf(parser.of(headerText)), delimiter);
        } catch (final RowRejected e) {
            throw Problem.invalid("", "header line: " + e.detail());
        }
    }

    Header header() {
        return header;
    }

    /** The header line as it was sent. */
    String headerText() {
        return headerText;
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end of the file.
     */
    boolean next() throws IOException {
        if (!cutter.next()) {
            return false;
        }
        text = cutter.text();
        flaw = null;
        isApart = false;
        try {
            take();
        } catch (final RowRejected e) {
            flaw = e;
        }
        return true;
    }

    private void take() throws RowRejected {
        switch (cutter.flaw()) {
            case TOO_LONG ->
                throw RowRejected.invalid("the row is longer than " + ImportLimits.MAX_ROW_CHARS
                        + " characters; it begins " + RowRejected.quote(text));
            case UNCLOSED_QUOTE ->
                throw RowRejected.invalid("a quoted field that begins on this line is not closed; the line begins "
                        + RowRejected.quote(text));
            default -> fields = parser.of(text);
        }
        isApart = true;
        final int undecoded = StrictReader.firstUndecoded(text);
        if (undecoded >= 0) {
            throw new RowRejected(ProblemCode.BAD_ENCODING, undecoded(undecoded));
        }
        if (fields.size() != header.count()) {
            throw RowRejected.invalid("the row has " + fields.size() + " fields, the header line " + header.count());
        }
    }

    private String undecoded(final int at) {
        return String.format(
                "the byte 0x%02x is none of the charset of this upload; the row reads %s",
                text.charAt(at) & 0xff, RowRejected.quote(text));
    }

    /** The row as it was sent, without its line end; the beginning only when it is too long. */
    String text() {
        return text;
    }

    /** The line on which the row begins; the header line is 1. */
    long line() {
        return cutter.line();
    }

    /** The code in a column of a row that may have a flaw; null when it is none, or cannot be read for certain. */
    String readableCode(final ImportColumn column) {
        final int position = header.position(column);
        if (position < 0 || !isApart || fields.size() != header.count()) {
            return null;
        }
        final String field = fields.get(position);
        return Codes.isCode(field) ? field : null;
    }

    /** What is wrong with the row as a whole, or null. */
    RowRejected flaw() {
        return flaw;
    }

    /** The field of a column; null when the file does not have it. Only for a row without a flaw. */
    String field(final ImportColumn column) {
        final int position = header.position(column);
        return position < 0 ? null : fields.get(position);
    }
}
