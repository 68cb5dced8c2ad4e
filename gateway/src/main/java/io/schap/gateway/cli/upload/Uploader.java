package io.schap.gateway.cli.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Sends one file after another to a server. A file is sent again, with its key, when the server asks for patience or the
 * connection is lost on the way: the server then goes on where it stopped, and takes no row twice.
 */
public final class Uploader {

    /** Errors that are asked for. */
    public static final int MAX_ERRORS = 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_LOST_CONNECTIONS = 5;
    private static final long MAX_RETRY_AFTER_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String apiKey;
    private final String charset;
    private final long patienceNs;
    private final Consumer<String> report;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * An uploader to a server.
     *
     * @param server          its address, without a path.
     * @param apiKey          for it, or null.
     * @param charset         of the files, or null to let the server see.
     * @param patienceSeconds how long a server may ask to come again, from 0.
     * @param report          is told, a line each, why a file is sent again.
     */
    public Uploader(
            final URI server,
            final String apiKey,
            final String charset,
            final long patienceSeconds,
            final Consumer<String> report) {
        this.report = report;
        this.server = server;
        this.apiKey = apiKey;
        this.charset = charset;
        this.patienceNs = TimeUnit.SECONDS.toNanos(patienceSeconds);
    }

    /**
     * Sends a file; returns when it was answered.
     *
     * @param kind     the last segment of the path: stores, products, stock, policies or movements.
     * @param file     a CSV file, compressed when its name ends in {@code .gz}.
     * @param create   whether unknown stores and SKUs are made.
     * @param key      the idempotency key.
     * @param progress is told how many bytes of the file have been read to be sent; goes back when it is sent again.
     * @return what the server says of it.
     * @throws UploadFault          when the server refuses it or cannot be reached.
     * @throws IOException          when the file cannot be read.
     * @throws InterruptedException when the thread is interrupted.
     */
    public UploadResult send(
            final String kind, final Path file, final boolean create, final String key, final LongConsumer progress)
            throws IOException, InterruptedException {
        final String target = "/v1/imports/" + kind + "?maxErrors=" + MAX_ERRORS + (create ? "&create=true" : "");
        final long deadline = System.nanoTime() + patienceNs;
        int lost = 0;
        while (true) {
            final HttpResponse<byte[]> answer = exchange(target, file, key, progress, ++lost);
            if (answer == null) {
                TimeUnit.SECONDS.sleep(lost);
            } else if (isPatienceAskedFor(answer.statusCode()) && System.nanoTime() < deadline) {
                lost = 0;
                final long seconds = retryAfterSeconds(answer);
                report.accept(
                        file + ": the server answers " + answer.statusCode() + "; sent again in " + seconds + " s");
                TimeUnit.SECONDS.sleep(seconds);
            } else {
                return result(answer, file);
            }
        }
    }

    /** One try; null when the connection was lost and it makes sense to try again. */
    private HttpResponse<byte[]> exchange(
            final String target, final Path file, final String key, final LongConsumer progress, final int attempt)
            throws IOException, InterruptedException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(target))
                .header("Idempotency-Key", key)
                .header("Content-Type", charset == null ? "text/csv" : "text/csv; charset=" + charset)
                .POST(body(file, progress));
        if (file.toString().endsWith(".gz")) {
            request.header("Content-Encoding", "gzip");
        }
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (final ConnectException e) {
            if (attempt == 1) {
                throw new UploadFault("nothing answers at " + server, e);
            }
            return lost(file, attempt, e);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        } catch (final IOException e) {
            return lost(file, attempt, e);
        }
    }

    private HttpResponse<byte[]> lost(final Path file, final int attempt, final IOException fault) {
        if (attempt >= MAX_LOST_CONNECTIONS) {
            throw new UploadFault(file + ": the connection was lost " + attempt + " times: " + reason(fault), fault);
        }
        report.accept(file + ": the connection was lost (" + reason(fault) + "); sent again with its key");
        return null;
    }

    private static String reason(final IOException fault) {
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }

    private static BodyPublisher body(final Path file, final LongConsumer progress) throws IOException {
        final long length = Files.size(file);
        if (length == 0) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> counted(file, progress)), length);
    }

    private static InputStream counted(final Path file, final LongConsumer progress) {
        try {
            return new CountedStream(Files.newInputStream(file), progress);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPatienceAskedFor(final int status) {
        return status == 429 || status == 503 || status == 507;
    }

    private static long retryAfterSeconds(final HttpResponse<byte[]> answer) {
        final String header = answer.headers().firstValue("Retry-After").orElse("1");
        final boolean seconds =
                !header.isEmpty() && header.length() < 10 && header.chars().allMatch(c -> c >= '0' && c <= '9');
        return seconds ? Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Long.parseLong(header))) : 1;
    }

    private UploadResult result(final HttpResponse<byte[]> answer, final Path file) {
        final JsonNode body;
        try {
            body = JSON.readTree(answer.body());
        } catch (final JsonProcessingException e) {
            throw new UploadFault(server + " is no Schap server: it answered " + answer.statusCode(), e);
        } catch (final IOException e) {
            throw new UncheckedIOException("an answer in memory could not be read", e);
        }
        if (answer.statusCode() != 200) {
            final String code = body.path("type").asText().replace("urn:schap:problem:", "");
            throw new UploadFault(
                    file + ": " + answer.statusCode() + " " + code + ": "
                            + body.path("detail").asText("no detail"),
                    null);
        }
        return UploadResult.of(
                body, answer.headers().firstValue("Idempotent-Replayed").isPresent());
    }
}
