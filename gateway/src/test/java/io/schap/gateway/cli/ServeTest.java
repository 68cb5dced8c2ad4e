package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schap.gateway.cli.prove.ServerProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: how it starts, stops, dies and comes back. */
@Timeout(120)
final class ServeTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private Path data;
    private Path log;

    @BeforeEach
    void chooseFiles() {
        data = directory.resolve("data");
        log = directory.resolve("server.log");
    }

    @Test
    void shouldServeWhenItSaysReadyAndEndInOrderBySigterm() throws IOException, InterruptedException {
        final String id;
        try (ServerProcess server = serve()) {
            assertEquals(200, get(server.address(), "/readyz").statusCode());
            id = makeReservation(server.address());
            assertEquals(0, server.stop());
        }
        assertTrue(stat().contains("CLOSED") && stat().contains("(gone)"), this::stat);
        try (ServerProcess server = serve()) {
            assertTrue(get(server.address(), "/v1/reservations/" + id).body().contains("\"HELD\""));
        }
    }

    @Test
    void shouldHaveEverythingAgainAfterKill9() throws IOException, InterruptedException {
        final String id;
        try (ServerProcess server = serve()) {
            id = makeReservation(server.address());
            assertTrue(stat().contains("RUNNING") && stat().contains("(alive)"), this::stat);
            server.kill();
            server.awaitEnd();
        }
        assertTrue(stat().contains("gone, without an end in order"), this::stat);
        try (ServerProcess server = serve()) {
            assertTrue(get(server.address(), "/v1/reservations/" + id).body().contains("\"HELD\""));
            assertEquals(0, server.stop());
        }
        assertTrue(inProcess("journal", "verify", "--data", data.toString()).contains("verified: epochs=2"));
        assertDumps(id);
    }

    @Test
    void shouldRefuseADirectoryOrAPortThatAnotherServerHas() throws IOException, InterruptedException {
        try (ServerProcess server = serve()) {
            final SchapProcess second = SchapProcess.run(directory, "serve", "--data", data.toString(), "--port", "0");
            assertEquals(1, second.status());
            assertEquals("", second.out());
            assertEquals(1, second.err().lines().count(), second.err());
            assertTrue(second.err().contains("in use") && second.err().contains(Long.toString(server.pid())));
            final String port = Integer.toString(server.address().getPort());
            final Path other = directory.resolve("other");
            final SchapProcess third = SchapProcess.run(directory, "serve", "--data", other.toString(), "--port", port);
            assertEquals(1, third.status(), third.err());
            assertEquals("", third.out());
            assertTrue(third.err().contains("port " + port + " is in use"), third.err());
            assertTrue(Files.notExists(other));
            assertEquals(200, get(server.address(), "/readyz").statusCode());
        }
    }

    @Test
    void shouldTakeSettingsFromAFile() throws IOException, InterruptedException {
        final Path config = Files.writeString(directory.resolve("schap.conf"), "ledger.max.stores = 1\n");
        try (ServerProcess server =
                ServerProcess.start(log, "--data", data.toString(), "--port", "0", "--config", config.toString())) {
            assertTrue(put(server.address(), "/v1/stores/1", "{\"name\":\"a\",\"kind\":\"shop\"}") < 300);
            assertTrue(put(server.address(), "/v1/stores/2", "{\"name\":\"b\",\"kind\":\"shop\"}") >= 400);
        }
    }

    @Test
    void shouldFailInOneLineWhenTheDirectoryIsAFile() throws IOException {
        Files.writeString(data, "not a directory");
        assertThrows(IOException.class, this::serve);
        assertEquals(1, Files.readAllLines(log).size(), () -> logText());
    }

    private String stat() {
        return inProcess("stat", "--data", data.toString());
    }

    private String inProcess(final String... arguments) {
        final StringWriter out = new StringWriter();
        assertEquals(
                0, Schap.commandLine(new PrintWriter(out), new PrintWriter(out)).execute(arguments), out::toString);
        return out.toString();
    }

    private void assertDumps(final String reservation) throws IOException, InterruptedException {
        final SchapProcess dump = SchapProcess.run(directory, "journal", "dump", "--data", data.toString());
        assertEquals(0, dump.status(), dump.err());
        final ObjectMapper mapper = new ObjectMapper();
        long sequence = 0;
        boolean reserved = false;
        final List<String> lines = dump.out().lines().toList();
        for (final String line : lines) {
            final JsonNode command = mapper.readTree(line);
            sequence++;
            assertEquals(sequence, command.path("sequence").asLong());
            reserved |= command.path("answer").path("reservation").asText().equals(reservation);
        }
        assertTrue(reserved, dump.out());
        final SchapProcess some =
                SchapProcess.run(directory, "journal", "dump", "--data", data.toString(), "--from", "2", "--to", "3");
        assertEquals(lines.subList(1, 3), some.out().lines().toList());
    }

    private ServerProcess serve() throws IOException {
        return ServerProcess.start(log, "--data", data.toString(), "--port", "0");
    }

    private String makeReservation(final URI server) throws IOException, InterruptedException {
        assertTrue(put(server, "/v1/stores/1", "{\"name\":\"a\",\"kind\":\"shop\"}") < 300);
        assertTrue(put(server, "/v1/skus/1", "{\"name\":\"b\"}") < 300);
        final HttpResponse<String> count = post(
                server,
                "/v1/stock/movements",
                "{\"movements\":[{\"type\":\"count\",\"store\":\"1\",\"sku\":\"1\",\"quantity\":5}]}");
        assertEquals(200, count.statusCode(), count.body());
        final HttpResponse<String> made = post(
                server,
                "/v1/reservations",
                "{\"channel\":\"web\",\"store\":\"1\",\"lines\":[{\"sku\":\"1\",\"quantity\":2}]}");
        assertEquals(201, made.statusCode(), made.body());
        return new ObjectMapper().readTree(made.body()).path("id").asText();
    }

    private HttpResponse<String> get(final URI server, final String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    }

    private int put(final URI server, final String path, final String body) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(server.resolve(path))
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> post(final URI server, final String path, final String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "key" + path)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String logText() {
        try {
            return Files.readString(log);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
