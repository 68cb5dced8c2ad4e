package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.schap.engine.EngineContext;
import io.schap.engine.journal.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Request ids come back as they were sent, are made where none was, and stand in the access log. */
@Timeout(60)
final class RequestIdsTest {

    private static final String CELL = "/v1/stores/S1/skus/A/availability";

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final ch.qos.logback.classic.Logger access =
            (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("access");
    private final ch.qos.logback.core.AppenderBase<ch.qos.logback.classic.spi.ILoggingEvent> ear =
            new ch.qos.logback.core.AppenderBase<>() {
                @Override
                protected void append(final ch.qos.logback.classic.spi.ILoggingEvent event) {
                    logged.add(event.getFormattedMessage());
                }
            };
    private RunningGateway schap;

    @BeforeEach
    void start(@TempDir final Path directory) {
        ear.start();
        access.setLevel(ch.qos.logback.classic.Level.INFO);
        access.setAdditive(false);
        access.addAppender(ear);
        schap = RunningGateway.start(
                        new EngineContext().dataDirectory(directory).durability(Durability.PROCESS),
                        new GatewayContext().eventLoops(2).accessLogEvery(1))
                .withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
        access.detachAppender(ear);
    }

    @Test
    void shouldReturnTheIdThatWasSent() {
        for (final String id : List.of("a", "x y", "~".repeat(128), "{\"quoted\"}")) {
            assertEquals(
                    id, schap.call("GET", CELL, null, null, "X-Request-Id", id).header("X-Request-Id"));
            assertEquals(
                    id,
                    schap.call("GET", "/nowhere", null, null, "X-Request-Id", id)
                            .header("X-Request-Id"));
        }
    }

    @Test
    void shouldMakeAnIdWhereNoneOrAWrongOneWasSent() throws IOException {
        final String one = schap.get("/healthz").header("X-Request-Id");
        final String two = schap.get("/healthz").header("X-Request-Id");
        assertTrue(one.matches("[0-9a-f]{16}"), one);
        assertNotEquals(one, two);
        final String tooLong = "y".repeat(129);
        final String made = schap.call("GET", "/healthz", null, null, "X-Request-Id", tooLong)
                .header("X-Request-Id");
        assertTrue(made.matches("[0-9a-f]{16}"), made);
        final String malformed = RawClient.ask(schap.port(), "GET /healthz HTTP/1.1\r\n\r\n");
        assertTrue(malformed.startsWith("HTTP/1.1 400"), malformed);
        assertTrue(malformed.contains("\r\nX-Request-Id: "), malformed);
    }

    @Test
    void shouldLeaveTheIdOutOfAnAvailabilityThatSentNone() {
        assertNull(schap.get(CELL).header("X-Request-Id"));
        assertEquals(
                16,
                schap.get("/v1/stores/S9/skus/A/availability")
                        .header("X-Request-Id")
                        .length());
    }

    @Test
    void shouldLogOneLineOfJsonForAnAnswer() throws IOException {
        logged.clear();
        schap.call("GET", "/v1/skus/Z?key=secret", null, null, "X-Request-Id", "id\"1");
        final JsonNode line = RunningGateway.JSON.readTree(logged.get(0));
        assertEquals("id\"1", line.get("id").asText());
        assertEquals("GET", line.get("method").asText());
        assertEquals("/v1/skus/Z", line.get("path").asText());
        assertEquals("/v1/skus/{sku}", line.get("route").asText());
        assertTrue(line.get("status").asInt() >= 400);
        assertFalse(line.get("problem").asText().isEmpty());
        assertTrue(line.get("tookMicros").asLong() >= 0);
        assertFalse(logged.get(0).contains("secret"));
    }

    @Test
    void shouldLogNothingUnlessItIsSet(@TempDir final Path directory) {
        try (RunningGateway quiet = RunningGateway.start(directory)) {
            logged.clear();
            quiet.get("/healthz");
            assertEquals(List.of(), logged);
        }
    }
}
