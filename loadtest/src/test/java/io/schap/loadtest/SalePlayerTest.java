package io.schap.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The player against a small counter of stock over real sockets, which puts requests off, answers retries of a key from
 * memory, and cuts connections after it has carried a request out.
 */
@Timeout(60)
final class SalePlayerTest {

    private static final int NOTHING = 0;
    private static final int PUT_OFF = 1;
    private static final int CUT = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final StockCounter counter = new StockCounter();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", counter::handle);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void shouldReserveAndHandOverOrTakeBack() throws Exception {
        final List<SaleLine> lines = lines(4, 8, -6, 8);
        final SaleTally tally = play(lines, 2);

        assertEquals(2, tally.granted());
        assertEquals(1, tally.refused());
        assertEquals(1, tally.returned());
        assertEquals(0, tally.replayed());
        final NaiveStock model = new NaiveStock(Map.of(lines.get(0).cell(), StockCounter.OPENING));
        assertEquals(0, tally.differencesFrom(model.playAll(lines)));
    }

    @Test
    void shouldSendARequestThatIsPutOffAgain() throws Exception {
        counter.mood = request -> request % 3 == 0 ? PUT_OFF : NOTHING;
        final SaleTally tally = play(lines(4, 8, -6, 8), 2);

        assertEquals(2, tally.granted());
        assertTrue(tally.putOff() > 0);
        assertEquals(0, tally.replayed());
    }

    @Test
    void shouldSendARequestAgainWithItsKeyWhenTheConnectionIsCut() throws Exception {
        counter.mood = request -> request % 4 == 3 ? CUT : NOTHING;
        final SaleTally tally = play(lines(4, 8, -6, 8, 1, 1, -1, 1), 3);

        assertEquals(5, tally.granted() + tally.refused() - 1);
        assertEquals(2, tally.returned());
        assertTrue(tally.cutConnections() > 0);
        assertTrue(tally.replayed() > 0);
    }

    @Test
    void shouldFailOnAnAnswerThatTheContractDoesNotAllow() {
        counter.status = 418;
        final ExecutionException failure = assertThrows(ExecutionException.class, () -> play(lines(4), 1));
        assertTrue(failure.getCause().getMessage().contains("status=418"), failure::toString);
    }

    private SaleTally play(final List<SaleLine> lines, final int connections) throws Exception {
        final URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new SalePlayer(lines, "test", connections, address, done -> {}).play(30);
    }

    private static List<SaleLine> lines(final int... quantities) {
        final List<SaleLine> lines = new ArrayList<>();
        for (final int quantity : quantities) {
            lines.add(new SaleLine(lines.size(), "1", new CellName("0001", "A"), "web", quantity, "7"));
        }
        return lines;
    }

    /** One cell of ten units, and the answers that it gave. */
    private static final class StockCounter {

        private static final int OPENING = 10;

        private final ObjectMapper json = new ObjectMapper();
        private final Map<String, String> answers = new HashMap<>();
        private IntUnaryOperator mood = request -> NOTHING;
        private int status;
        private int requests;
        private int units = OPENING;

        private synchronized void handle(final HttpExchange exchange) throws IOException {
            final int todo = mood.applyAsInt(requests++);
            final JsonNode body = json.readTree(exchange.getRequestBody());
            if (status != 0) {
                answer(exchange, status + " {}");
                return;
            }
            if (todo == PUT_OFF) {
                answer(exchange, "503 {}");
                return;
            }
            final String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            String answer = answers.get(key);
            if (answer == null) {
                answer = judge(exchange.getRequestURI().getPath(), body);
                answers.put(key, answer);
            } else {
                exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
            }
            if (todo == CUT) {
                exchange.close();
            } else {
                answer(exchange, answer);
            }
        }

        private String judge(final String path, final JsonNode body) {
            if (path.endsWith("/fulfil")) {
                return "200 {\"state\":\"FULFILLED\"}";
            }
            if (path.equals("/v1/stock/movements")) {
                units += body.path("movements").path(0).path("quantity").asInt();
                return "200 {\"accepted\":1}";
            }
            final int quantity = body.path("lines").path(0).path("quantity").asInt();
            if (quantity > units) {
                return "409 {\"type\":\"urn:schap:problem:insufficient-stock\",\"shortfalls\":[{\"available\":" + units
                        + "}]}";
            }
            units -= quantity;
            return "201 {\"id\":\"r1\"}";
        }

        private static void answer(final HttpExchange exchange, final String answer) throws IOException {
            final byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }
}
