package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.journal.Durability;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.BodyFlow;
import io.schap.gateway.http.BodyReceiver;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Refusal;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Request;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;

/** A real engine and its import service, fed without sockets: the test's thread is the event loop. */
final class ImportDesk implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<Throwable> halts = new ConcurrentLinkedQueue<>();
    private final Engine engine;
    private final ImportService service;

    ImportDesk(final Path directory) throws IOException {
        this(directory, LedgerSettings.DEFAULTS);
    }

    ImportDesk(final Path directory, final LedgerSettings settings) throws IOException {
        this(directory, context -> context.ledgerSettings(settings));
    }

    ImportDesk(final Path directory, final UnaryOperator<EngineContext> settings) throws IOException {
        engine = Engine.launch(settings.apply(new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.MEMORY)
                .set(EngineSetting.RING_SLOTS, 256)
                .ledgerSettings(LedgerSettings.DEFAULTS)
                .report(line -> {})
                .haltHandler(halts::add)));
        service = ImportService.launch(engine);
    }

    StockView view() {
        return engine.view();
    }

    Engine engine() {
        return engine;
    }

    ImportService service() {
        return service;
    }

    int onHand(final String store, final String sku) {
        final CellReading cell = new CellReading();
        view().readCell(view().storeIndex(store), view().skuIndex(sku), cell);
        return cell.onHand();
    }

    /** An upload under way. */
    final class Upload implements BodyFlow, Exchange.Outcome {

        private final CompletableFuture<Reply> reply = new CompletableFuture<>();
        private final BodyReceiver receiver;
        private volatile boolean paused;

        private Upload(final String target, final Map<String, String> headers) {
            final DefaultHttpHeaders all = new DefaultHttpHeaders();
            headers.forEach(all::add);
            final int question = target.indexOf('?');
            final String query = question < 0 ? "" : target.substring(question + 1);
            final String kind = question < 0 ? target : target.substring(0, question);
            final Request request = new Request(
                    "POST", "/v1/imports/" + target, "/v1/imports/" + kind, query, all, Request.NO_BODY, Caller.OPEN);
            BodyReceiver taker = BodyReceiver.IGNORE;
            try {
                taker = service.begin(new Exchange(request, List.of(kind), Runnable::run, this), this);
            } catch (final Refusal e) {
                reply.complete(e.problem().reply());
            }
            receiver = taker;
        }

        @Override
        public void send(final Reply answer) {
            reply.complete(answer);
        }

        @Override
        public void cut() {
            reply.completeExceptionally(new IOException("cut"));
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }

        boolean isPaused() {
            return paused;
        }

        boolean isAnswered() {
            return reply.isDone();
        }

        /** Sends what a stream holds in pieces of some bytes, slowed down as a socket would be. */
        Upload send(final InputStream body, final int pieceBytes) throws IOException {
            for (byte[] piece = body.readNBytes(pieceBytes); piece.length > 0; piece = body.readNBytes(pieceBytes)) {
                final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
                while (paused) {
                    assertTrue(System.nanoTime() < deadline, "paused for too long");
                    LockSupport.parkNanos(100_000);
                }
                receiver.piece(piece);
            }
            return this;
        }

        Upload send(final byte[] body) throws IOException {
            return send(new ByteArrayInputStream(body), 1_000);
        }

        /** The body is complete. */
        Answer end() throws Exception {
            receiver.end();
            return answer();
        }

        /** The connection is lost before the body is complete; waits until the worker saw it. */
        void lose() {
            receiver.cut();
            reply.handle((answer, fault) -> 0)
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }

        Answer answer() throws Exception {
            final Reply given = reply.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            return new Answer(
                    given.status(), JSON.readTree(given.body()), given.headers().contains("Idempotent-Replayed"));
        }
    }

    /** What an import was answered. */
    record Answer(int status, JsonNode body, boolean replayed) {

        long count(final String field) {
            return body.path(field).asLong(-1);
        }

        String detail() {
            return body.path("detail").asText();
        }

        JsonNode error(final int index) {
            return body.path("errors").path(index);
        }

        String errorCode(final int index) {
            return error(index).path("error").path("code").asText();
        }

        String errorDetail(final int index) {
            return error(index).path("error").path("detail").asText();
        }
    }

    Upload begin(final String target, final String key) {
        return begin(target, Map.of("Idempotency-Key", key, "Content-Type", "text/csv"));
    }

    Upload begin(final String target, final Map<String, String> headers) {
        return new Upload(target, headers);
    }

    Answer post(final String target, final String key, final String csv) throws Exception {
        return post(target, key, csv.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(final String target, final String key, final byte[] body) throws Exception {
        return begin(target, key).send(body).end();
    }

    Answer post(final String target, final Map<String, String> headers, final byte[] body) throws Exception {
        return begin(target, headers).send(body).end();
    }

    static byte[] gzip(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
            stream.write(bytes);
        }
        return zipped.toByteArray();
    }

    @Override
    public void close() throws IOException {
        service.close();
        engine.close();
        assertEquals(List.of(), List.copyOf(halts));
    }
}
