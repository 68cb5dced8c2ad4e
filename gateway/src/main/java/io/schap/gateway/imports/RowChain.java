package io.schap.gateway.imports;

import io.schap.engine.command.KeyedHash;

/**
 * The fingerprint of a file up to a row: each row is hashed together with the fingerprint before it, beginning with what
 * the request says. So a part's fingerprint speaks for its own rows and for all rows before them, rejected ones too; where
 * an upload that is sent again with its key has other bytes, its parts are refused from there on.
 */
final class RowChain {

    private static final int HEAD = 16;

    private final KeyedHash hash;
    private byte[] bytes = new byte[512];
    private long hi;
    private long lo;

    RowChain(final KeyedHash hash) {
        this.hash = hash;
    }

    /** Adds a row, or what else the file is known by, as text. */
    void add(final String text) {
        final int length = HEAD + 2 * text.length();
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, 2 * bytes.length)];
        }
        put(0, hi);
        put(8, lo);
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            bytes[HEAD + 2 * i] = (byte) c;
            bytes[HEAD + 2 * i + 1] = (byte) (c >> 8);
        }
        hash.hash(bytes, 0, length);
        hi = hash.hi();
        lo = hash.lo();
    }

    /** The high half of the fingerprint so far. */
    long hi() {
        return hi;
    }

    /** The low half of the fingerprint so far. */
    long lo() {
        return lo;
    }

    private void put(final int at, final long value) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
