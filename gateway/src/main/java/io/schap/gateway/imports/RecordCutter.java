package io.schap.gateway.imports;

import java.io.IOException;

/**
 * Cuts a stream of characters into records: at a line feed, a carriage return or both, outside of quotes. It finds where
 * a record begins and ends, and nothing more; what stands between is parsed record by record, so that a record that
 * cannot be parsed spoils no other. A quote opens a quoted field only at the field's start, as RFC 4180 has it.
 *
 * <p>A record is bounded. A quoted field that is not closed within the bound, or before the end, is most likely one
 * quote too many: then only the line on which the record began is given up, and cutting goes on at the next.
 */
final class RecordCutter {

    /** What is wrong with a record as a whole. */
    enum Flaw {
        /** Nothing. */
        NONE,
        /** It is longer than a row may be; what the cutter shows is its beginning. */
        TOO_LONG,
        /** A quoted field is never closed. */
        UNCLOSED_QUOTE
    }

    private static final char ANY_DELIMITER = 0;
    private static final int ROOM = 8_192;

    private final StrictReader source;
    private final int maxChars;
    private final char[] buffer;
    private char delimiter = ANY_DELIMITER;
    private int start;
    private int end;
    private int next;
    private int limit;
    private boolean skipLineFeed;
    private long line;
    private long nextLine = 1;
    private Flaw flaw = Flaw.NONE;

    // The scan of the record at hand.
    private int at;
    private boolean quoted;
    private boolean closing;
    private boolean fieldStart;
    private boolean afterReturn;
    private int linesInside;
    private int firstLineEnd;

    RecordCutter(final StrictReader source) {
        this(source, ImportLimits.MAX_ROW_CHARS);
    }

    RecordCutter(final StrictReader source, final int maxChars) {
        this.source = source;
        this.maxChars = maxChars;
        this.buffer = new char[maxChars + ROOM];
    }

    /** From here on fields are divided by this; before, by any of the delimiters that a file may have. */
    void delimiter(final char divider) {
        this.delimiter = divider;
    }

    /**
     * Goes to the next record that is not an empty line.
     *
     * @return false at the end.
     */
    boolean next() throws IOException {
        do {
            if (!cut()) {
                return false;
            }
        } while (start == end && flaw == Flaw.NONE);
        return true;
    }

    /** The record, without its line end. */
    String text() {
        return new String(buffer, start, end - start);
    }

    /** The line on which the record begins, from 1. */
    long line() {
        return line;
    }

    /** What is wrong with the record as a whole. */
    Flaw flaw() {
        return flaw;
    }

    private boolean cut() throws IOException {
        start = next;
        line = nextLine;
        flaw = Flaw.NONE;
        if (!begin()) {
            return false;
        }
        while (true) {
            if (at - start > maxChars) {
                return overlong();
            }
            if (at == limit && !fill()) {
                return last();
            }
            final char c = buffer[at++];
            if (quoted) {
                inQuotes(c);
            } else if (c == '\n' || c == '\r') {
                skipLineFeed = c == '\r';
                return endAt(at - 1, at, linesInside + 1);
            } else {
                outOfQuotes(c);
            }
        }
    }

    private boolean begin() throws IOException {
        at = start;
        quoted = false;
        closing = false;
        fieldStart = true;
        afterReturn = false;
        linesInside = 0;
        firstLineEnd = -1;
        if (at == limit && !fill()) {
            return false;
        }
        if (skipLineFeed && buffer[at] == '\n') {
            start++;
            at++;
        }
        skipLineFeed = false;
        return at < limit || fill();
    }

    private void inQuotes(final char c) {
        if (c == '"') {
            quoted = false;
            closing = true;
        } else if (c == '\n' || c == '\r') {
            if (firstLineEnd < 0) {
                firstLineEnd = at - 1 - start;
            }
            linesInside += c == '\n' && afterReturn ? 0 : 1;
        }
        afterReturn = c == '\r';
    }

    private void outOfQuotes(final char c) {
        if (c == '"' && (fieldStart || closing)) {
            quoted = true;
            fieldStart = false;
        } else {
            fieldStart = isDelimiter(c);
        }
        closing = false;
        afterReturn = false;
    }

    private boolean isDelimiter(final char c) {
        return delimiter == ANY_DELIMITER ? Delimiters.isOne(c) : c == delimiter;
    }

    /** The text ended within a record. */
    private boolean last() {
        return quoted ? giveUpFirstLine() : endAt(limit, limit, linesInside);
    }

    private boolean overlong() throws IOException {
        if (quoted) {
            if (firstLineEnd >= 0) {
                return giveUpFirstLine();
            }
            flaw = Flaw.UNCLOSED_QUOTE;
        } else {
            flaw = Flaw.TOO_LONG;
        }
        final int shown = Math.min(ImportLimits.MAX_QUOTED_CHARS, at - start);
        skipToLineEnd();
        end = start + shown;
        return true;
    }

    /** Throws away the rest of the line; the record's beginning stays where it is. */
    private void skipToLineEnd() throws IOException {
        final int keep = start + ImportLimits.MAX_QUOTED_CHARS;
        while (true) {
            if (at == limit) {
                at = keep;
                limit = keep;
                if (!fill()) {
                    next = limit;
                    nextLine = line + linesInside;
                    return;
                }
            }
            final char c = buffer[at++];
            if (c == '\n' || c == '\r') {
                skipLineFeed = c == '\r';
                next = at;
                nextLine = line + linesInside + 1;
                return;
            }
        }
    }

    private boolean giveUpFirstLine() {
        flaw = Flaw.UNCLOSED_QUOTE;
        if (firstLineEnd < 0) {
            return endAt(limit, limit, 0);
        }
        final int lineEnd = start + firstLineEnd;
        skipLineFeed = buffer[lineEnd] == '\r';
        return endAt(lineEnd, lineEnd + 1, 1);
    }

    private boolean endAt(final int recordEnd, final int nextRecord, final int lines) {
        end = recordEnd;
        next = nextRecord;
        nextLine = line + lines;
        return true;
    }

    /** Reads more behind what there is; may move the record at hand to the buffer's front. */
    private boolean fill() throws IOException {
        if (start > 0 && buffer.length - limit < ROOM / 2) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            at -= start;
            limit -= start;
            start = 0;
        }
        final int read = source.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        return true;
    }
}
