package io.schap.gateway.web;

import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A file out of the jar.
 *
 * @param contentType what it is.
 * @param body        the whole of it; not to be changed.
 * @param tag         its strong entity tag.
 */
record WebFile(String contentType, byte[] body, String tag) {

    /**
     * A page may load parts of its own server only, and nobody may frame it. Styles that a script sets on an element are
     * styles that stand in line, and pictures in a style sheet are data.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    private static final int TAG_BYTES = 12;

    /**
     * Reads a file that lies beside this class.
     *
     * @param name with the directories below this package.
     * @return the file.
     */
    static WebFile read(final String name) {
        try (InputStream in = WebFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("a file is missing from the jar: name=" + name);
            }
            final byte[] body = in.readAllBytes();
            return new WebFile(contentTypeOf(name), body, tagOf(body));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentTypeOf(final String name) {
        final String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "yaml" -> "application/yaml";
            case "png" -> "image/png";
            default -> throw new IllegalArgumentException("a file of no known type: name=" + name);
        };
    }

    private static String tagOf(final byte[] body) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + '"';
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Answers with the file, or with 304 to who has it. */
    void reply(final Exchange exchange) {
        QueryParameters.none(exchange);
        final String known = exchange.request().header("If-None-Match");
        final boolean same = known != null && (known.equals("*") || known.contains(tag));
        final Reply reply = same ? Reply.empty(304) : Reply.of(200, contentType, body);
        reply.header("ETag", tag).header("Cache-Control", "no-cache").header("X-Content-Type-Options", "nosniff");
        if (contentType.startsWith("text/html")) {
            reply.header("Content-Security-Policy", POLICY).header("Referrer-Policy", "no-referrer");
        }
        exchange.reply(reply);
    }
}
