package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 on a socket: pipelines, keep-alive, pieces, and requests that are not what they seem. */
@Timeout(60)
final class ConnectionsTest {

    private static final String HOST = "Host: localhost\r\n";
    private static final String READ = "GET /v1/stores/S1/skus/A/availability HTTP/1.1\r\n" + HOST + "\r\n";

    private static RunningGateway schap;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @Test
    void shouldAnswerAPipelineInOrder() throws Exception {
        schap.count("S1", "B", 500);
        final int before = schap.get("/v1/stores/S1/skus/B/availability")
                .body()
                .get("available")
                .asInt();
        try (RawClient client = new RawClient(schap.port())) {
            final StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                requests.append(write("pipe-" + i))
                        .append("GET /v1/stores/S1/skus/B/availability?n")
                        .append(i)
                        .append(" HTTP/1.1\r\n")
                        .append(HOST)
                        .append("\r\n")
                        .append("GET /v1/stores/S1/skus/B/availability")
                        .append(" HTTP/1.1\r\n")
                        .append(HOST)
                        .append("\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < 200; i++) {
                final String made = client.answer();
                assertTrue(made.startsWith("HTTP/1.1 201 "), made);
                assertTrue(made.contains("\"reference\":\"pipe-" + i + "\""), made);
                assertTrue(client.answer().contains("?n" + i + " "), "the answer to another request came");
                final String read = client.answer();
                assertTrue(read.contains("\"available\":" + (before - 1 - i) + ","), read);
            }
        }
    }

    @Test
    void shouldReadARequestThatComesByteByByte() throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            final String request = write("bytes");
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertTrue(client.answer().startsWith("HTTP/1.1 201 "));
            client.send(READ);
            assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void shouldReadAChunkedBody() throws Exception {
        final String rest = "\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}";
        try (RawClient client = new RawClient(schap.port())) {
            client.send("POST /v1/availability HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "1;x=y\r\n{\r\n" + Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n"
                    + "0\r\n\r\n" + READ);
            final String bulk = client.answer();
            assertTrue(bulk.startsWith("HTTP/1.1 200 "), bulk);
            assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void shouldKeepConnectionsOpenAndCloseThemWhenAsked() throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            client.send(READ);
            assertFalse(client.answer().contains("Connection: close"));
            client.send("GET /nothing HTTP/1.1\r\n" + HOST + "\r\n"
                    + READ.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
            assertTrue(client.answer().startsWith("HTTP/1.1 404 "));
            assertTrue(client.answer().contains("Connection: close"));
            assertTrue(client.isClosed());
        }
        try (RawClient client = new RawClient(schap.port())) {
            client.send("GET /healthz HTTP/1.0\r\n" + HOST + "\r\n");
            assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldAnswerAClientThatHasSaidAll() throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            client.send(READ + write("half"));
            client.endOfInput();
            final List<String> answers = client.answers(2);
            assertTrue(answers.get(0).startsWith("HTTP/1.1 200 "), answers::toString);
            assertTrue(answers.get(1).startsWith("HTTP/1.1 201 "), answers::toString);
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldTellAClientThatWaitsToGoOn() throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            final String body = "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"}]}";
            client.send("POST /v1/availability HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length()
                    + "\r\nExpect: 100-continue\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.answer());
            client.send(body);
            assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
        }
        try (RawClient client = new RawClient(schap.port())) {
            client.send("POST /v1/availability HTTP/1.1\r\n" + HOST
                    + "Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
            assertTrue(client.answer().startsWith("HTTP/1.1 413 "));
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldReadTheAbsoluteForm() throws Exception {
        final String answer = RawClient.ask(
                schap.port(), "GET http://localhost/v1/stores/S1/skus/A/availability HTTP/1.1\r\n" + HOST + "\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        final String other = RawClient.ask(schap.port(), "GET http://example.com/healthz HTTP/1.1\r\n" + HOST + "\r\n");
        assertTrue(other.startsWith("HTTP/1.1 403 "), other);
    }

    @Test
    void shouldWaitForAReaderThatIsSlow() throws Exception {
        final StringBuilder items = new StringBuilder("{\"items\":[");
        for (int i = 0; i < 5_000; i++) {
            items.append(i == 0 ? "" : ",").append("{\"store\":\"S1\",\"sku\":\"A\"}");
        }
        final String body = items.append("]}").toString();
        final String request =
                "POST /v1/availability HTTP/1.1\r\n" + HOST + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawClient client = new RawClient(schap.port())) {
            final Thread sender = new Thread(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        client.send(request);
                    }
                } catch (final java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            for (int i = 0; i < 40; i++) {
                final String answer = client.answer();
                assertTrue(answer.startsWith("HTTP/1.1 200 "), () -> answer.substring(0, 200));
                assertTrue(answer.endsWith("]}"), "the answer was cut");
            }
            sender.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /healthz HTTP/1.1\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "GET /healthz\r\n\r\n",
                "garbage\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX : y\r\n\r\n",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5x\r\n\r\nhello",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/availability HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
                "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
            })
    void shouldRefuseWhatIsNotHttpAndClose(final String request) throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            client.send(request);
            final String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("urn:schap:problem:invalid-request"), answer);
            assertTrue(answer.contains("Connection: close"), answer);
            assertTrue(client.isClosed());
        }
    }

    @Test
    void shouldBoundTheLineAndTheHeaders() throws Exception {
        final String line = RawClient.ask(schap.port(), "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
        assertTrue(line.startsWith("HTTP/1.1 400 "), line);
        final String headers = RawClient.ask(
                schap.port(), "GET /healthz HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(40_000) + "\r\n\r\n");
        assertTrue(headers.startsWith("HTTP/1.1 400 "), headers);
    }

    @Test
    void shouldGiveUpOnAHeadThatNeverEnds() throws Exception {
        try (RawClient client = new RawClient(schap.port())) {
            client.send("GET /healthz HTTP/1.1\r\n");
            assertTrue(client.isClosed());
        }
    }

    private static String write(final String reference) {
        final String body = "{\"channel\":\"web\",\"store\":\"S1\",\"reference\":\"" + reference
                + "\",\"lines\":[{\"sku\":\"B\",\"quantity\":1}]}";
        return "POST /v1/reservations HTTP/1.1\r\n" + HOST + "Idempotency-Key: key-" + reference
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
