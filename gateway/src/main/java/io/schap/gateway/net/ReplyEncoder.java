package io.schap.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.schap.gateway.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Writes answers as bytes of HTTP/1.1. One of each event loop: it keeps the second's date. */
final class ReplyEncoder {

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD_BYTES = 256;

    private long dateSecond = -1;
    private String date = "";

    /**
     * Writes an answer.
     *
     * @param allocator of the connection.
     * @param reply     what to say.
     * @param bodiless  whether the body is left out, as in the answer to a HEAD.
     * @param close     whether the connection is closed after it.
     * @return head and body in one buffer.
     */
    ByteBuf encode(final ByteBufAllocator allocator, final Reply reply, final boolean bodiless, final boolean close) {
        final int length = reply.body().length;
        final ByteBuf out = allocator.buffer(HEAD_BYTES + (bodiless ? 0 : length));
        ascii(out, "HTTP/1.1 ");
        ascii(out, HttpResponseStatus.valueOf(reply.status()).toString());
        header(out, "Date", today());
        if (reply.contentType() != null) {
            header(out, "Content-Type", reply.contentType());
        }
        final List<String> headers = reply.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            header(out, headers.get(i), headers.get(i + 1));
        }
        if (hasLength(reply.status())) {
            header(out, "Content-Length", Integer.toString(length));
        }
        if (close) {
            header(out, "Connection", "close");
        }
        ascii(out, "\r\n\r\n");
        return bodiless ? out : out.writeBytes(reply.body());
    }

    /** An answer that never has a body says nothing of its length; 304 would have to say that of the body it stands for. */
    private static boolean hasLength(final int status) {
        return status != HttpResponseStatus.NO_CONTENT.code() && status != HttpResponseStatus.NOT_MODIFIED.code();
    }

    /**
     * Tells a client that waits for it to send its body.
     *
     * @param allocator of the connection.
     * @return the interim answer.
     */
    static ByteBuf goOn(final ByteBufAllocator allocator) {
        return allocator.buffer(CONTINUE.length).writeBytes(CONTINUE);
    }

    private String today() {
        final long second = System.currentTimeMillis() / 1_000;
        if (second != dateSecond) {
            dateSecond = second;
            date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        }
        return date;
    }

    private static void header(final ByteBuf out, final String name, final String value) {
        ascii(out, "\r\n");
        ascii(out, name);
        ascii(out, ": ");
        ascii(out, value);
    }

    private static void ascii(final ByteBuf out, final String text) {
        ByteBufUtil.writeAscii(out, text);
    }
}
