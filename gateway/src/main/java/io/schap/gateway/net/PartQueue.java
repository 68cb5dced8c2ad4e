package io.schap.gateway.net;

import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/** Decoded parts of requests that wait for the request before them. */
final class PartQueue {

    private final ArrayDeque<Object> parts = new ArrayDeque<>();
    private int bytes;

    void add(final Object part) {
        parts.add(part);
        bytes += bytesOf(part);
    }

    /** The next part, whose reference the caller now holds. */
    Object poll() {
        final Object part = parts.poll();
        bytes -= bytesOf(part);
        return part;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether so much waits that no more should be read. */
    boolean isFull() {
        return parts.size() > NetLimits.MAX_QUEUED_PARTS || bytes > NetLimits.MAX_QUEUED_BYTES;
    }

    void drop() {
        while (!parts.isEmpty()) {
            ReferenceCountUtil.release(poll());
        }
    }

    private static int bytesOf(final Object part) {
        return part instanceof final HttpContent content ? content.content().readableBytes() : 0;
    }
}
