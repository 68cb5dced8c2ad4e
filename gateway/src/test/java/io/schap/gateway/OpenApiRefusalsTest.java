package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.gateway.access.AccessSettings;
import io.schap.gateway.access.KeyFile;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What keys, limits and a start refuse: every operation that documents such a status answers with it, and as documented.
 * {@link OpenApiTest} does the rest.
 */
@Timeout(120)
final class OpenApiRefusalsTest {

    private static final Set<String> FREE =
            Set.of("GET /healthz", "GET /readyz", "GET /openapi.yaml", "GET /docs", "GET /docs/", "GET /docs/{file}");
    private static final String METRICS = "GET /metrics";

    @Test
    void shouldAskForAKeyAndItsScopeAsDocumented(@TempDir final Path directory) {
        final KeyRing ring = new KeyRing(directory);
        final String reader = ring.secret("reader", Scope.READ);
        final String stocker = ring.secret("stocker", Scope.STOCK);
        try (RunningGateway locked = RunningGateway.start(directory, context -> context)) {
            final OpenApiDocument document =
                    OpenApiDocument.parse(locked.get("/openapi.yaml").raw());
            final List<String> differences = new ArrayList<>();
            for (final String operation : secured(document)) {
                check(document, differences, operation, 401, locked.as("no-such-key"));
                final boolean reads = document.operation(operation)
                        .at("/security/0/secretKey/0")
                        .asText()
                        .equals("read");
                check(document, differences, operation, 403, locked.as(reads ? stocker : reader));
            }
            assertEquals(List.of(), differences);
        }
    }

    @Test
    void shouldBoundHowOftenAKeyMayAskAsDocumented(@TempDir final Path directory) {
        final String key = new KeyRing(directory).all("busy");
        final AccessSettings slow = new AccessSettings(
                directory.resolve(KeyFile.NAME),
                AccessSettings.MAX_QUANTITY_SHOWN,
                List.of(),
                new AccessSettings.Limit(1, 1),
                AccessSettings.PER_ADDRESS,
                null,
                null);
        try (RunningGateway busy = RunningGateway.start(directory, context -> context.access(slow))) {
            final OpenApiDocument document =
                    OpenApiDocument.parse(busy.get("/openapi.yaml").raw());
            busy.as(key);
            final List<String> differences = new ArrayList<>();
            for (final String operation : secured(document)) {
                RunningGateway.Answer answer = call(busy, operation);
                while (answer.status() != 429) { // one a second is let through; the timeout is the bound
                    answer = call(busy, operation);
                }
                addDifferences(document, differences, operation, answer);
            }
            assertEquals(List.of(), differences);
        }
    }

    @Test
    void shouldSayThatItIsNotReadyAsDocumented(@TempDir final Path directory) throws IOException {
        try (Gateway starting = Gateway.launch(new GatewayContext().eventLoops(1))) {
            final OpenApiDocument document =
                    OpenApiDocument.parse(send(starting, "GET", "/openapi.yaml").raw());
            final TreeSet<String> waiting = document.operations();
            waiting.removeAll(FREE);
            waiting.remove(METRICS);
            waiting.add("GET /readyz");
            final List<String> differences = new ArrayList<>();
            for (final String operation : waiting) {
                final RunningGateway.Answer answer =
                        send(starting, operation.substring(0, operation.indexOf(' ')), pathOf(operation));
                assertEquals(503, answer.status(), operation);
                addDifferences(document, differences, operation, answer);
            }
            assertEquals(List.of(), differences);
        }
    }

    private static TreeSet<String> secured(final OpenApiDocument document) {
        final TreeSet<String> secured = document.operations();
        secured.removeAll(FREE);
        return secured;
    }

    private static void check(
            final OpenApiDocument document,
            final List<String> differences,
            final String operation,
            final int status,
            final RunningGateway gateway) {
        final RunningGateway.Answer answer = call(gateway, operation);
        assertEquals(status, answer.status(), () -> operation + ": " + answer);
        addDifferences(document, differences, operation, answer);
    }

    private static RunningGateway.Answer call(final RunningGateway gateway, final String operation) {
        final String method = operation.substring(0, operation.indexOf(' '));
        return gateway.call(method, pathOf(operation), null, RunningGateway.newKey());
    }

    private static void addDifferences(
            final OpenApiDocument document,
            final List<String> differences,
            final String operation,
            final RunningGateway.Answer answer) {
        document.differences(operation, answer).forEach(fault -> differences.add(operation + ": " + fault));
    }

    private static String pathOf(final String operation) {
        return operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{store}", "S1")
                .replace("{sku}", "A")
                .replace("{id}", "none")
                .replace("{kind}", "stock");
    }

    private static RunningGateway.Answer send(final Gateway gateway, final String method, final String path)
            throws IOException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return new RunningGateway.Answer(
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
