package io.schap.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.journal.Durability;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.access.AccessSettings;
import io.schap.gateway.access.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A real engine in a directory with a real gateway before it, and a client that speaks to it over a socket. */
final class RunningGateway implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path directory;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final LedgerSettings settings;
    private UnaryOperator<GatewayContext> setUp = context -> context;
    private String bearer;
    private Engine engine;
    private Gateway gateway;

    private RunningGateway(final Path directory, final LedgerSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    static RunningGateway start(final Path directory) {
        return start(directory, (LedgerSettings) null);
    }

    static RunningGateway start(final Path directory, final LedgerSettings settings) {
        final RunningGateway running = new RunningGateway(directory, settings);
        running.open();
        return running;
    }

    /** A gateway that is set up in some way; its keys lie in the directory. */
    static RunningGateway start(final Path directory, final UnaryOperator<GatewayContext> setUp) {
        final RunningGateway running = new RunningGateway(directory, null);
        running.setUp = context ->
                setUp.apply(context.access(AccessSettings.DEFAULTS.withKeys(directory.resolve(KeyFile.NAME))));
        running.open();
        return running;
    }

    /** From now on requests carry this key, unless they say otherwise. */
    RunningGateway as(final String key) {
        bearer = key;
        return this;
    }

    static RunningGateway start(final EngineContext context) {
        return start(context, new GatewayContext().eventLoops(2));
    }

    static RunningGateway start(final EngineContext context, final GatewayContext gatewayContext) {
        final RunningGateway running = new RunningGateway(context.dataDirectory(), null);
        running.open(context, gatewayContext);
        return running;
    }

    private void open() {
        final EngineContext context =
                new EngineContext().dataDirectory(directory).durability(Durability.PROCESS);
        open(settings == null ? context : context.ledgerSettings(settings), new GatewayContext().eventLoops(2));
    }

    private void open(final EngineContext context, final GatewayContext gatewayContext) {
        try {
            gateway = Gateway.launch(setUp.apply(gatewayContext));
            engine = Engine.launch(context);
            gateway.attach(engine);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void restart() {
        close();
        open();
    }

    Engine engine() {
        return engine;
    }

    Gateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.port();
    }

    @Override
    public void close() {
        gateway.close();
        try {
            engine.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chain of two stores with 10 of SKU A in the first and 5 of B in both. */
    RunningGateway withStock() {
        put("/v1/stores/S1", "{\"name\":\"One\",\"kind\":\"shop\",\"latitude\":52.0,\"longitude\":5.0}");
        put("/v1/stores/S2", "{\"name\":\"Two\",\"kind\":\"warehouse\",\"pickup\":false,\"country\":\"NL\"}");
        put("/v1/skus/A", "{\"name\":\"Apple\",\"gtins\":[\"4006381333931\"],\"price\":\"1.95\"}");
        put("/v1/skus/B", "{\"name\":\"Bean\"}");
        count("S1", "A", 10);
        count("S1", "B", 5);
        count("S2", "B", 5);
        return this;
    }

    void count(final String store, final String sku, final int quantity) {
        final Answer answer = post(
                "/v1/stock/movements",
                "{\"movements\":[{\"type\":\"count\",\"store\":\"" + store + "\",\"sku\":\"" + sku + "\",\"quantity\":"
                        + quantity + "}]}");
        if (answer.status() != 200 || answer.body().get("accepted").asInt() != 1) {
            throw new AssertionError("stock was not counted: " + answer);
        }
    }

    /** Reserves units of one cell; the id. */
    String reserve(final String store, final String sku, final int quantity) {
        final Answer answer = post("/v1/reservations", reservation(store, sku, quantity));
        if (answer.status() != 201) {
            throw new AssertionError("no reservation was made: " + answer);
        }
        return answer.text("id");
    }

    static String reservation(final String store, final String sku, final int quantity) {
        return "{\"channel\":\"web\",\"store\":\"" + store + "\",\"lines\":[{\"sku\":\"" + sku + "\",\"quantity\":"
                + quantity + "}]}";
    }

    static String newKey() {
        return "key-" + KEYS.incrementAndGet();
    }

    Answer get(final String path) {
        return call("GET", path, null, null);
    }

    Answer put(final String path, final String body) {
        return call("PUT", path, body, null);
    }

    Answer patch(final String path, final String body) {
        return call("PATCH", path, body, null);
    }

    /** Posts with a fresh key. */
    Answer post(final String path, final String body) {
        return call("POST", path, body, newKey());
    }

    Answer call(final String method, final String path, final String body, final String key, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (final IOException e) {
            throw new UncheckedIOException("no answer: " + method + " " + path, e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String raw() {
            return response.body();
        }

        String header(final String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        JsonNode body() {
            try {
                return JSON.readTree(response.body());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text(final String field) {
            return body().path(field).asText();
        }

        /** The code of a problem, after {@code urn:schap:problem:}. */
        String problem() {
            return text("type").replace("urn:schap:problem:", "");
        }

        @Override
        public String toString() {
            return status() + " " + response.headers().map() + " " + raw();
        }
    }
}
