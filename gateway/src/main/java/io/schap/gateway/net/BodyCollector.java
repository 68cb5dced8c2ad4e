package io.schap.gateway.net;

import io.netty.buffer.ByteBuf;
import io.schap.gateway.http.Request;
import java.util.Arrays;

/** Collects a body that fits in memory. */
final class BodyCollector {

    private static final int FIRST_BYTES = 1_024;

    private byte[] bytes = Request.NO_BODY;
    private int length;

    /** Forgets everything. */
    void clear() {
        bytes = Request.NO_BODY;
        length = 0;
    }

    /**
     * Takes a piece.
     *
     * @param piece not released.
     * @return false when the body is now too large; the piece is not taken then.
     */
    boolean add(final ByteBuf piece) {
        final int more = piece.readableBytes();
        if (length + more > NetLimits.MAX_BODY_BYTES) {
            return false;
        }
        if (length + more > bytes.length) {
            final int doubled = Math.min(NetLimits.MAX_BODY_BYTES, Math.max(FIRST_BYTES, bytes.length * 2));
            bytes = Arrays.copyOf(bytes, Math.max(length + more, doubled));
        }
        piece.getBytes(piece.readerIndex(), bytes, length, more);
        length += more;
        return true;
    }

    /**
     * What was collected.
     *
     * @return the body, for the caller to keep.
     */
    byte[] take() {
        final byte[] body = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        clear();
        return body;
    }
}
