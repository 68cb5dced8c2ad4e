package io.schap.gateway.imports;

import io.schap.gateway.command.RequestKeys;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Request;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;

/**
 * What the head of a request says about an import.
 *
 * @param kind      of file.
 * @param key       the idempotency key.
 * @param create    whether unknown stores and SKUs are made.
 * @param maxErrors how many errors are listed.
 * @param gzip      whether the body is compressed.
 * @param charset   of the text as declared, or null.
 */
record ImportOptions(ImportKind kind, String key, boolean create, int maxErrors, boolean gzip, Charset charset) {

    private static final Set<String> MEDIA_TYPES = Set.of(
            "text/csv",
            "text/plain",
            "text/tab-separated-values",
            "application/csv",
            "application/vnd.ms-excel",
            "application/octet-stream",
            "application/gzip",
            // What curl --data-binary says when nobody tells it otherwise.
            "application/x-www-form-urlencoded");

    /**
     * Reads the head of a request.
     *
     * @throws io.schap.gateway.http.Refusal when anything in it is not as it may be.
     */
    static ImportOptions of(final ImportKind kind, final Request request) {
        final QueryParameters query = new QueryParameters(request.query());
        final Boolean create = query.flag("create");
        final int maxErrors = query.integer("maxErrors", 0, ImportLimits.MAX_ERRORS, ImportLimits.DEFAULT_ERRORS);
        for (final String later : new String[] {"dryRun", "absent", "takenAt"}) {
            if (query.text(later) != null) {
                query.faults().add("?" + later, "?" + later + " is not available yet");
            }
        }
        query.end();
        final Charset charset = charset(request.header("Content-Type"));
        final boolean gzip = isGzip(request.header("Content-Encoding"));
        return new ImportOptions(
                kind, RequestKeys.keyOf(request, true), Boolean.TRUE.equals(create), maxErrors, gzip, charset);
    }

    private static boolean isGzip(final String encoding) {
        final String name = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "gzip", "x-gzip" -> true;
            case "", "identity" -> false;
            default ->
                throw Problem.refusal(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding holds " + RowRejected.quote(encoding) + "; it may hold gzip");
        };
    }

    private static Charset charset(final String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return null;
        }
        final String[] parts = contentType.split(";", -1);
        if (!MEDIA_TYPES.contains(parts[0].strip().toLowerCase(Locale.ROOT))) {
            throw Problem.refusal(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type holds " + RowRejected.quote(contentType) + "; it may hold text/csv");
        }
        for (int i = 1; i < parts.length; i++) {
            final int equals = parts[i].indexOf('=');
            if (equals > 0
                    && "charset".equalsIgnoreCase(parts[i].substring(0, equals).strip())) {
                return charsetNamed(parts[i].substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return null;
    }

    private static Charset charsetNamed(final String name) {
        final Charset charset = TextEncoding.declared(name);
        if (charset == null) {
            throw Problem.refusal(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "the charset of Content-Type holds " + RowRejected.quote(name)
                            + "; it may hold utf-8, windows-1252, iso-8859-1 or utf-16");
        }
        return charset;
    }
}
