package io.schap.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What comes before and after the play: imports of whole files, and the stock of a store, page by page. */
final class StockApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int PAGE = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    StockApi(final URI address) {
        this.address = address;
    }

    /**
     * Imports a file; every row of it must be accepted.
     *
     * @param kind    stores, products or stock.
     * @param file    a CSV, compressed when its name ends in {@code .gz}.
     * @param runName begins the idempotency key.
     * @return how many rows.
     */
    int importFile(final String kind, final Path file, final String runName) throws IOException, InterruptedException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/v1/imports/" + kind))
                .timeout(TIMEOUT)
                .header("content-type", "text/csv")
                .header("idempotency-key", runName + "-import-" + kind)
                .POST(HttpRequest.BodyPublishers.ofFile(file));
        if (file.toString().endsWith(".gz")) {
            request.header("content-encoding", "gzip");
        }
        final JsonNode report = send(request.build());
        final int rows = report.path("rows").asInt(-1);
        if (rows < 1
                || report.path("accepted").asInt(-1) != rows
                || report.path("rejected").asInt(-1) != 0) {
            throw new UnexpectedAnswerException("not every row was imported: kind=" + kind + ", report=" + report);
        }
        return rows;
    }

    /**
     * Reads all quantities of a store.
     *
     * @param into is given the units on hand of each of its cells.
     * @return units still reserved there.
     */
    long readStore(final String store, final Map<CellName, Integer> into) throws IOException, InterruptedException {
        long reserved = 0;
        String cursor = "";
        do {
            final JsonNode page = send(
                    HttpRequest.newBuilder(address.resolve("/v1/stores/" + store + "/stock?limit=" + PAGE + cursor))
                            .timeout(TIMEOUT)
                            .build());
            for (final JsonNode cell : page.path("items")) {
                into.put(
                        new CellName(store, cell.path("sku").asText()),
                        cell.path("onHand").asInt());
                reserved += cell.path("reserved").asInt();
            }
            final JsonNode next = page.path("nextCursor");
            cursor = next.isTextual() ? "&cursor=" + URLEncoder.encode(next.asText(), StandardCharsets.UTF_8) : "";
        } while (!cursor.isEmpty());
        return reserved;
    }

    private JsonNode send(final HttpRequest request) throws IOException, InterruptedException {
        final HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new UnexpectedAnswerException("unexpected answer: uri=" + request.uri() + ", status="
                    + response.statusCode() + ", body=" + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }
}
