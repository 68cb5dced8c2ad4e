package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one cell that everybody wants, seen over HTTP. Safe for many threads; each call takes the server's address anew. */
final class Shop {

    static final String STORE = "0042";
    static final String SKU = "85123A";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern RESERVED = Pattern.compile("\"reserved\":(\\d+)");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Lays the last units on the shelf. */
    void open(final URI server, final int units) throws IOException, InterruptedException {
        expect(200, 201, send(put(server, "/v1/stores/" + STORE, "{\"name\":\"Utrecht\",\"kind\":\"shop\"}")));
        expect(200, 201, send(put(server, "/v1/skus/" + SKU, "{\"name\":\"The last of its kind\"}")));
        final String count = "{\"movements\":[{\"type\":\"count\",\"store\":\"" + STORE + "\",\"sku\":\"" + SKU
                + "\",\"quantity\":" + units + "}]}";
        expect(200, 200, send(post(server, "/v1/stock/movements", "the-count", count)));
    }

    /** One shopper asks for one unit, with the key that is the shopper's own. */
    Answer ask(final URI server, final String channel, final String key) throws IOException, InterruptedException {
        final String body =
                "{\"channel\":\"" + channel + "\",\"store\":\"" + STORE + "\",\"holdSeconds\":3600,\"owner\":\"" + key
                        + "\",\"lines\":[{\"sku\":\"" + SKU + "\",\"quantity\":1}]}";
        final HttpResponse<String> response = send(post(server, "/v1/reservations", key, body));
        return new Answer(response.statusCode(), response.body());
    }

    /** Whether a reservation can be read and is held. */
    boolean isHeld(final URI server, final String reservation) throws IOException, InterruptedException {
        final HttpResponse<String> response = send(get(server, "/v1/reservations/" + reservation));
        return response.statusCode() == 200 && response.body().contains("\"state\":\"HELD\"");
    }

    /** The units that the cell says are reserved. */
    int reserved(final URI server) throws IOException, InterruptedException {
        final HttpResponse<String> response = send(get(server, "/v1/stores/" + STORE + "/skus/" + SKU + "/stock"));
        expect(200, 200, response);
        final Matcher found = RESERVED.matcher(response.body());
        if (!found.find()) {
            throw new IOException("a cell without \"reserved\": " + response.body());
        }
        return Integer.parseInt(found.group(1));
    }

    private HttpResponse<String> send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder get(final URI server, final String path) {
        return HttpRequest.newBuilder(server.resolve(path)).GET();
    }

    private static HttpRequest.Builder put(final URI server, final String path, final String body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body));
    }

    private static HttpRequest.Builder post(final URI server, final String path, final String key, final String body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body));
    }

    private static void expect(final int one, final int other, final HttpResponse<String> response) throws IOException {
        if (response.statusCode() != one && response.statusCode() != other) {
            throw new IOException(
                    "unexpected answer: " + response.uri() + " " + response.statusCode() + " " + response.body());
        }
    }
}
