package io.schap.gateway.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON of a known shape into memory that is used again: long lists cost a copy of their constants and digits, and
 * no object for each member. For one thread.
 */
final class JsonBytes {

    private static final int FIRST_BYTES = 16_384;
    private static final int KEPT_BYTES = 1 << 20;
    private static final int MAX_DIGITS = 20;
    private static final int MAX_BYTES_OF_CHAR = 6;
    private static final byte[] HEX = ascii("0123456789ABCDEF");

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** A constant, for {@link #raw}. */
    static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    JsonBytes clear() {
        length = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        return this;
    }

    /** What was written, for the caller to keep. */
    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Bytes as they are. */
    JsonBytes raw(final byte[] constant) {
        return raw(constant, 0, constant.length);
    }

    /** Bytes as they are. */
    JsonBytes raw(final byte[] from, final int offset, final int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** One byte as it is. */
    JsonBytes raw(final char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    /** An integer. */
    JsonBytes number(final long value) {
        room(MAX_DIGITS);
        if (value < 0) {
            return raw(ascii(Long.toString(value)));
        }
        int digits = 1;
        for (long left = value; left >= 10; left /= 10) {
            digits++;
        }
        long left = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += digits;
        return this;
    }

    /** A text without lone surrogates, in quotes. */
    JsonBytes text(final String text) {
        room(2 + MAX_BYTES_OF_CHAR * text.length());
        bytes[length++] = '"';
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c >= 0x80) {
                raw(text.substring(i).getBytes(StandardCharsets.UTF_8), text, i);
                break;
            }
            plainOrEscaped(c);
        }
        return raw('"');
    }

    /** The rest of a text, from its first character that is not ASCII. */
    private void raw(final byte[] utf8, final String text, final int from) {
        room(MAX_BYTES_OF_CHAR * (text.length() - from) + 1);
        for (final byte b : utf8) {
            if (b < 0) {
                bytes[length++] = b;
            } else {
                plainOrEscaped((char) b);
            }
        }
    }

    private void plainOrEscaped(final char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\b' -> bytes[length++] = 'b';
            case '\t' -> bytes[length++] = 't';
            case '\n' -> bytes[length++] = 'n';
            case '\f' -> bytes[length++] = 'f';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void room(final int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
