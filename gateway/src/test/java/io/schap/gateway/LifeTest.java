package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.journal.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway from its start to its end. */
@Timeout(60)
final class LifeTest {

    private static final String HOST = "Host: localhost\r\n";

    @Test
    void shouldListenBeforeTheEngineHasRecovered(@TempDir final Path directory) throws IOException {
        try (Gateway gateway = Gateway.launch(new GatewayContext())) {
            assertTrue(get(gateway, "/healthz").startsWith("HTTP/1.1 200 "));
            for (final String path : new String[] {"/readyz", "/v1/stores", "/nothing"}) {
                final String answer = get(gateway, path);
                assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                assertTrue(answer.contains("urn:schap:problem:not-ready"), answer);
                assertTrue(answer.contains("Retry-After: 1"), answer);
            }
            try (RawClient client = new RawClient(gateway.port())) {
                client.send("GET /readyz HTTP/1.1\r\n" + HOST + "\r\n");
                assertTrue(client.answer().startsWith("HTTP/1.1 503 "));
                try (Engine engine = Engine.launch(
                        new EngineContext().dataDirectory(directory).durability(Durability.PROCESS))) {
                    gateway.attach(engine);
                    client.send("GET /readyz HTTP/1.1\r\n" + HOST + "\r\n");
                    assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
                    assertTrue(get(gateway, "/v1/stores").startsWith("HTTP/1.1 200 "));
                    assertThrows(IllegalStateException.class, () -> gateway.attach(engine));
                }
                client.send("GET /readyz HTTP/1.1\r\n" + HOST + "\r\n");
                assertTrue(client.answer().startsWith("HTTP/1.1 503 "));
            }
        }
    }

    @Test
    void shouldFinishWhatIsInFlightAndClose(@TempDir final Path directory) throws Exception {
        final ExecutorService drainer = Executors.newSingleThreadExecutor();
        try (RunningGateway schap = RunningGateway.start(directory).withStock();
                RawClient idle = new RawClient(schap.port());
                RawClient busy = new RawClient(schap.port())) {
            idle.send("GET /readyz HTTP/1.1\r\n" + HOST + "\r\n");
            assertTrue(idle.answer().startsWith("HTTP/1.1 200 "));
            final String body = RunningGateway.reservation("S1", "A", 1);
            busy.send("POST /v1/reservations HTTP/1.1\r\n" + HOST + "Idempotency-Key: k\r\nContent-Length: "
                    + body.length() + "\r\nExpect: 100-continue\r\n\r\n");
            assertTrue(busy.answer().startsWith("HTTP/1.1 100 "));
            final Future<Boolean> drained = drainer.submit(() -> schap.gateway().drain(10_000));
            assertTrue(idle.isClosed());
            final String ready = RawClient.ask(schap.port(), "GET /readyz HTTP/1.1\r\n" + HOST + "\r\n");
            assertTrue(ready.startsWith("HTTP/1.1 503 "), ready);
            assertTrue(ready.contains("Connection: close"), ready);
            busy.send(body);
            final String made = busy.answer();
            assertTrue(made.startsWith("HTTP/1.1 201 "), made);
            assertTrue(made.contains("Connection: close"), made);
            busy.close();
            assertTrue(drained.get(15, TimeUnit.SECONDS));
        } finally {
            drainer.shutdownNow();
        }
    }

    @Test
    void shouldCloseAnIdleConnectionWhoseLastBodyCameByItself(@TempDir final Path directory) throws Exception {
        try (RunningGateway schap = RunningGateway.start(directory).withStock();
                RawClient idle = new RawClient(schap.port())) {
            final String body = RunningGateway.reservation("S1", "A", 1);
            idle.send("POST /v1/reservations HTTP/1.1\r\n" + HOST + "Idempotency-Key: k\r\nContent-Length: "
                    + body.length() + "\r\nExpect: 100-continue\r\n\r\n");
            assertTrue(idle.answer().startsWith("HTTP/1.1 100 "));
            idle.send(body);
            assertTrue(idle.answer().startsWith("HTTP/1.1 201 "));
            assertTrue(schap.gateway().drain(10_000));
            assertTrue(idle.isClosed());
        }
    }

    @Test
    void shouldSayNotReadyOnceTheEngineIsClosed(@TempDir final Path directory) throws IOException {
        try (RunningGateway schap = RunningGateway.start(directory).withStock()) {
            schap.engine().close();
            final RunningGateway.Answer refused =
                    schap.post("/v1/reservations", RunningGateway.reservation("S1", "A", 1));
            assertEquals(503, refused.status());
            assertEquals("not-ready", refused.problem());
            assertEquals("1", refused.header("Retry-After"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "epoll", "nio"})
    void shouldServeOnEachTransport(final String transport) throws IOException {
        try (Gateway gateway = Gateway.launch(new GatewayContext().transport(transport))) {
            assertTrue(get(gateway, "/healthz").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void shouldRefuseWrongSettings() {
        final GatewayContext[] wrong = {
            new GatewayContext().host("0.0.0.0"),
            new GatewayContext().port(-1),
            new GatewayContext().eventLoops(0),
            new GatewayContext().transport("pigeon"),
            new GatewayContext().maxConnections(0),
        };
        for (final GatewayContext context : wrong) {
            assertThrows(IllegalArgumentException.class, () -> Gateway.launch(context));
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() throws IOException {
        try (Gateway gateway = Gateway.launch(new GatewayContext())) {
            final IOException taken =
                    assertThrows(IOException.class, () -> Gateway.launch(new GatewayContext().port(gateway.port())));
            assertTrue(taken.getMessage().contains("in use"), taken::getMessage);
        }
    }

    @Test
    void shouldCloseConnectionsOverTheirNumber() throws IOException {
        try (Gateway gateway = Gateway.launch(new GatewayContext().maxConnections(1));
                RawClient first = new RawClient(gateway.port())) {
            first.send("GET /healthz HTTP/1.1\r\n" + HOST + "\r\n");
            assertTrue(first.answer().startsWith("HTTP/1.1 200 "));
            try (RawClient second = new RawClient(gateway.port())) {
                assertTrue(second.isClosed());
            }
        }
    }

    private static String get(final Gateway gateway, final String path) throws IOException {
        return RawClient.ask(gateway.port(), "GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
    }
}
