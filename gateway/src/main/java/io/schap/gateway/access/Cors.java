package io.schap.gateway.access;

import io.schap.gateway.http.Reply;
import java.nio.charset.StandardCharsets;

/** What a browser is told, so that a page of an allowed origin may ask, and read the answer. */
final class Cors {

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final String EXPOSED = "ETag, Retry-After, Location, Date, Idempotent-Replayed, X-Request-Id";
    private static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id";
    private static final String MAX_AGE_SECONDS = "7200";

    /** What {@link #vary} adds, as a line of a head. */
    static final byte[] VARY_LINE = "Vary: Origin\r\n".getBytes(StandardCharsets.US_ASCII);

    private Cors() {}

    /** Adds what an answer to an allowed origin says. */
    static void allow(final Reply reply, final String origin) {
        reply.header(ALLOW_ORIGIN, origin).header(EXPOSE, EXPOSED);
    }

    /** Adds that an answer is for one origin only. */
    static void vary(final Reply reply) {
        reply.header("Vary", "Origin");
    }

    /** The answer to a browser that asks whether it may ask. */
    static Reply preflight() {
        return Reply.empty(204)
                .header("Access-Control-Allow-Methods", ALLOWED_METHODS)
                .header("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                .header("Access-Control-Max-Age", MAX_AGE_SECONDS);
    }

    /** The same as {@link #allow} and {@link #vary} add, as lines of a head. */
    static byte[] lines(final String origin) {
        return (ALLOW_ORIGIN + ": " + origin + "\r\n" + EXPOSE + ": " + EXPOSED + "\r\nVary: Origin\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
