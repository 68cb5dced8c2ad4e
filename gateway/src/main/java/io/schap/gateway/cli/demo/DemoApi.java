package io.schap.gateway.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** The chain's own systems: they use the same API as everybody. Safe for many threads. */
public final class DemoApi {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    /**
     * A client of one server.
     *
     * @param server scheme, host and port.
     */
    public DemoApi(final URI server) {
        this.server = server;
    }

    /**
     * Loads a sheet.
     *
     * @param kind  stores, products or stock.
     * @param sheet the file.
     * @throws IOException          when it is not accepted whole.
     * @throws InterruptedException when the thread is interrupted.
     */
    public void load(final String kind, final Path sheet) throws IOException, InterruptedException {
        final HttpResponse<String> response =
                post("/v1/imports/" + kind, "text/csv; charset=utf-8", BodyPublishers.ofFile(sheet));
        if (response.statusCode() != 200 || !response.body().contains("\"rejected\":0,")) {
            throw new IOException(kind + " were not loaded: " + response.statusCode() + " " + response.body());
        }
    }

    HttpResponse<String> post(final String path, final String json) throws IOException, InterruptedException {
        return post(path, "application/json", BodyPublishers.ofString(json));
    }

    private HttpResponse<String> post(final String path, final String type, final HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(body)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
