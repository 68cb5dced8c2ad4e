package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is told, over a socket, since Java's own client does not send an {@code Origin}. */
@Timeout(60)
final class CorsTest {

    private static final String SHOP = "https://shop.example";
    private static final String CELL = "/v1/stores/S1/skus/A/availability";
    private static final String ALLOWED = "Access-Control-Allow-Origin: " + SHOP + "\r\n";
    private static final String EXPOSED = "Access-Control-Expose-Headers: "
            + "ETag, Retry-After, Location, Date, Idempotent-Replayed, X-Request-Id\r\n";
    private static final String VARY = "Vary: Origin\r\n";

    @TempDir
    private static Path directory;

    private static RunningGateway gateway;
    private static String widget;
    private static String other;
    private static String secret;

    @BeforeAll
    static void start() {
        final KeyRing ring = new KeyRing(directory);
        widget = ring.publishable("widget", SHOP, "http://localhost:3000");
        other = ring.publishable("other", "https://other.example");
        secret = ring.all("secret");
        gateway = RunningGateway.start(directory, context -> context).as(secret);
        gateway.withStock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String ask(final String method, final String path, final String... headers) throws IOException {
        final StringBuilder request = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: stock.example\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return RawClient.ask(gateway.port(), request + "\r\n");
    }

    private static void assertAllowed(final String answer, final int status) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertTrue(answer.contains(ALLOWED) && answer.contains(EXPOSED) && answer.contains(VARY), answer);
    }

    private static void assertNotAllowed(final String answer, final int status) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertFalse(answer.contains("Access-Control"), answer);
        assertTrue(answer.contains(VARY), answer);
    }

    @Test
    void shouldLetAPageOfAnAllowedOriginReadTheAnswerAndTheErrors() throws IOException {
        assertAllowed(ask("GET", CELL + "?key=" + widget, "Origin", SHOP), 200);
        assertAllowed(ask("GET", CELL, "Origin", SHOP, "Authorization", "Bearer " + widget), 200);
        assertAllowed(ask("GET", CELL, "Origin", SHOP), 401);
        assertAllowed(ask("GET", "/v1/skus?key=" + widget, "Origin", SHOP), 403);
        assertAllowed(ask("GET", CELL + "?what=1&key=" + widget, "Origin", SHOP), 400);
        assertAllowed(ask("GET", "/v1/nothing?key=" + widget, "Origin", SHOP), 404);
        assertAllowed(ask("DELETE", CELL + "?key=" + widget, "Origin", SHOP), 405);
        assertAllowed(ask("GET", "/healthz", "Origin", SHOP), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "https://shop.example.evil",
                "http://shop.example",
                "https://SHOP.example"
            })
    void shouldRefuseAPublishableKeyFromAnotherOrigin(final String origin) throws IOException {
        assertNotAllowed(ask("GET", CELL + "?key=" + widget, "Origin", origin), 403);
    }

    @Test
    void shouldRefuseAPublishableKeyFromTheOriginOfAnother() throws IOException {
        assertAllowed(ask("GET", CELL + "?key=" + other, "Origin", SHOP), 403);
    }

    @Test
    void shouldSayWithoutAnOriginTooThatAnswersDifferByIt() throws IOException {
        assertNotAllowed(ask("GET", CELL + "?key=" + widget), 200);
        assertNotAllowed(ask("GET", CELL, "Authorization", "Bearer " + secret, "Origin", "https://evil.example"), 200);
    }

    @Test
    void shouldAnswerAPreflightWithoutAKey() throws IOException {
        final String answer = ask(
                "OPTIONS",
                "/v1/baskets/availability",
                "Origin",
                SHOP,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type");
        assertAllowed(answer, 204);
        assertTrue(answer.contains("Access-Control-Max-Age: 7200\r\n"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: GET, HEAD, POST, PUT, PATCH, DELETE\r\n"), answer);
        assertTrue(answer.contains("Access-Control-Allow-Headers: Authorization, Content-Type,"), answer);
        assertAllowed(ask("OPTIONS", CELL + "?key=x", "Origin", SHOP, "Access-Control-Request-Method", "GET"), 204);
    }

    @Test
    void shouldAllowNothingToAPreflightOfAnotherOrigin() throws IOException {
        assertNotAllowed(
                ask("OPTIONS", CELL, "Origin", "https://evil.example", "Access-Control-Request-Method", "GET"), 401);
        assertNotAllowed(ask("OPTIONS", CELL, "Authorization", "Bearer " + secret), 204);
    }

    @Test
    void shouldKeepTheConnectionAfterAPreflight() throws IOException {
        try (RawClient client = new RawClient(gateway.port())) {
            client.send("OPTIONS " + CELL + " HTTP/1.1\r\nHost: x\r\nOrigin: " + SHOP
                    + "\r\nAccess-Control-Request-Method: GET\r\n\r\n");
            assertTrue(client.answer().startsWith("HTTP/1.1 204"));
            client.send("GET " + CELL + "?key=" + widget + " HTTP/1.1\r\nHost: x\r\nOrigin: " + SHOP + "\r\n\r\n");
            assertAllowed(client.answer(), 200);
        }
    }

    @Test
    void shouldSayNothingOfOriginsWhileItIsOpen(@TempDir final Path open) throws IOException {
        try (RunningGateway running = RunningGateway.start(open, context -> context)) {
            final String answer = RawClient.ask(
                    running.port(), "GET /healthz HTTP/1.1\r\nHost: localhost\r\nOrigin: " + SHOP + "\r\n\r\n");
            assertEquals(-1, answer.indexOf("Access-Control"), answer);
            assertEquals(-1, answer.indexOf("Vary"), answer);
        }
    }
}
