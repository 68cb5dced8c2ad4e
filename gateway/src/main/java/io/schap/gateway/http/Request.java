package io.schap.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * What a client asks.
 *
 * @param method  in capitals, as sent; a HEAD is handed to handlers as a GET.
 * @param target  path and query, as sent.
 * @param path    the path, as sent.
 * @param query   what follows the question mark, as sent; empty without one.
 * @param headers of the request.
 * @param body    the whole body; empty for a streamed one.
 * @param caller  who asks; nobody knows yet while it is null.
 */
public record Request(
        String method, String target, String path, String query, HttpHeaders headers, byte[] body, Caller caller) {

    /** A body of no bytes. */
    public static final byte[] NO_BODY = {};

    /**
     * A header that may stand once.
     *
     * @param name of the header, in any case.
     * @return its value, null when it is not there.
     * @throws Refusal when it stands twice.
     */
    public String header(final String name) {
        final List<String> values = headers.getAll(name);
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            throw Problem.invalid(
                    name + ":", "header " + name + " stands " + values.size() + " times; it may stand once");
        }
        return values.get(0);
    }

    /**
     * The same request with its body.
     *
     * @param bytes the body.
     * @return a request.
     */
    public Request withBody(final byte[] bytes) {
        return new Request(method, target, path, query, headers, bytes, caller);
    }

    /**
     * The same request once it is known who asks.
     *
     * @param who    asks.
     * @param rest   of the query, without the key that may stand in it.
     * @return a request.
     */
    public Request by(final Caller who, final String rest) {
        final String without = rest.equals(query) ? target : rest.isEmpty() ? path : path + '?' + rest;
        return new Request(method, without, path, rest, headers, body, who);
    }
}
