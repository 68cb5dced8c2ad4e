package io.schap.gateway.imports;

import io.schap.gateway.command.RequestKeys;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.Times;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;

/**
 * What the head of a request says about an import.
 *
 * @param kind    of file.
 * @param key     the idempotency key; null where nothing is written.
 * @param wishes  of the query.
 * @param gzip    whether the body is compressed.
 * @param charset of the text as declared, or null.
 */
record ImportOptions(ImportKind kind, String key, Wishes wishes, boolean gzip, Charset charset) {

    /**
     * What the query says.
     *
     * @param create     whether unknown stores and SKUs are made.
     * @param maxErrors  how many errors are listed.
     * @param dryRun     whether nothing is written.
     * @param zeroAbsent whether cells that the file does not name are set to zero.
     * @param takenAtMs  when the file was taken, in milliseconds since 1970; {@link Times#NOT_A_TIME} for not said.
     */
    record Wishes(boolean create, int maxErrors, boolean dryRun, boolean zeroAbsent, long takenAtMs) {}

    private static final String TAKEN_AT_RULE = "an RFC 3339 time that has passed, as 2026-01-31T02:00:00+01:00";

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
        final boolean dryRun = Boolean.TRUE.equals(query.flag("dryRun"));
        final boolean zeroAbsent = zeroAbsent(query, kind);
        final long takenAtMs = takenAt(query, kind);
        query.end();
        final Charset charset = charset(request.header("Content-Type"));
        final boolean gzip = isGzip(request.header("Content-Encoding"));
        return new ImportOptions(
                kind,
                RequestKeys.keyOf(request, !dryRun),
                new Wishes(Boolean.TRUE.equals(create), maxErrors, dryRun, zeroAbsent, takenAtMs),
                gzip,
                charset);
    }

    private static boolean zeroAbsent(final QueryParameters query, final ImportKind kind) {
        final String absent = query.text("absent");
        if (absent != null && !absent.equals("zero")) {
            query.faults().value("?absent", absent, "zero");
        } else if (absent != null && kind != ImportKind.STOCK) {
            query.faults()
                    .add("?absent", "?absent stands with a file of " + kind.segment() + "; it may stand with stock");
        }
        return absent != null;
    }

    private static long takenAt(final QueryParameters query, final ImportKind kind) {
        final String sent = query.text("takenAt");
        if (sent == null) {
            return Times.NOT_A_TIME;
        }
        // A plus in a query stands for a space; before an offset it was one.
        final String text = sent.replaceFirst(" (\\d\\d:\\d\\d)$", "+$1");
        final long timeMs = Times.parse(text);
        if (timeMs == Times.NOT_A_TIME || timeMs > System.currentTimeMillis()) {
            query.faults().value("?takenAt", text, TAKEN_AT_RULE);
        } else if (kind != ImportKind.STOCK) {
            query.faults()
                    .add("?takenAt", "?takenAt stands with a file of " + kind.segment() + "; it may stand with stock");
        }
        return timeMs;
    }

    /** Whether unknown stores and SKUs are made. */
    boolean create() {
        return wishes.create;
    }

    /** How many errors are listed. */
    int maxErrors() {
        return wishes.maxErrors;
    }

    /** Whether nothing is written. */
    boolean dryRun() {
        return wishes.dryRun;
    }

    /** Whether cells that the file does not name are set to zero. */
    boolean zeroAbsent() {
        return wishes.zeroAbsent;
    }

    /** Whether cells are left alone that moved since the file was taken. */
    boolean isGuarded() {
        return wishes.takenAtMs != Times.NOT_A_TIME;
    }

    /** When the file was taken, where that {@link #isGuarded}. */
    long takenAtMs() {
        return wishes.takenAtMs;
    }

    /** What the fingerprint of an upload begins with: all that changes what becomes of its rows, or what is answered. */
    String fingerprint() {
        return "imports/" + kind.segment() + "?create=" + create() + "&maxErrors=" + maxErrors()
                + (zeroAbsent() ? "&absent=zero" : "")
                + (isGuarded() ? "&takenAt=" + takenAtMs() : "");
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
