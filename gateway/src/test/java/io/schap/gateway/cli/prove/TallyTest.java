package io.schap.gateway.cli.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proof is worth what it would notice: a small shop that cheats in each way, and one that does not. */
@Timeout(60)
final class TallyTest {

    private static final Proof.Size SIZE = new Proof.Size(40, 5, 4);

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final Map<String, String> grants = new LinkedHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private HttpServer server;
    private int units = SIZE.units();
    private boolean forgetsKeys;
    private boolean sharesReservations;
    private boolean losesOne;
    private int answersToSkip;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/reservations", this::reservation);
        server.createContext("/v1/stores/", exchange -> {
            final int reserved = grants.size() - (losesOne ? 1 : 0);
            answer(exchange, 200, "{\"reserved\":" + reserved + "}");
        });
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    @Test
    void shouldFindNothingWrongWithAShopThatKeepsItsWord() throws IOException, InterruptedException {
        final Tally tally = race();
        assertEquals(new Tally(5, 35, 0, 0), tally);
        assertTrue(tally.isRight(SIZE));
        assertEquals("granted 5, refused 35, twice 0, lost 0", tally.toString());
    }

    @Test
    void shouldAskAgainWithTheSameKeyWhenNoAnswerComes() throws IOException, InterruptedException {
        answersToSkip = 3;
        assertEquals(new Tally(5, 35, 0, 0), race());
    }

    @Test
    void shouldNoticeAUnitTooMany() throws IOException, InterruptedException {
        units = SIZE.units() + 1;
        assertFalse(race().isRight(SIZE));
    }

    @Test
    void shouldNoticeThatAShopperIsToldTwoThings() throws IOException, InterruptedException {
        units = 1_000;
        forgetsKeys = true;
        final Tally tally = race();
        assertTrue(tally.twice() >= 40, tally::toString);
    }

    @Test
    void shouldNoticeThatTwoHoldOneReservation() throws IOException, InterruptedException {
        sharesReservations = true;
        assertEquals(4, race().twice());
    }

    @Test
    void shouldNoticeALostPromise() throws IOException, InterruptedException {
        losesOne = true;
        final Tally tally = race();
        assertTrue(tally.lost() >= 1, tally::toString);
        assertFalse(tally.isRight(SIZE));
    }

    private Tally race() throws IOException, InterruptedException {
        final URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        final Race race =
                new Race(SIZE.shoppers(), SIZE.connections(), System.nanoTime() + TimeUnit.SECONDS.toNanos(30));
        race.serverIsAt(address);
        race.start().finish();
        try (Connection connection = new Connection(address)) {
            return Tally.take(race, race.askAgain(), connection);
        }
    }

    private synchronized void reservation(final HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            final String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            final boolean first = id.equals(grants.values().iterator().next());
            answer(exchange, losesOne && first ? 404 : 200, "{\"state\":\"HELD\"}");
            return;
        }
        exchange.getRequestBody().readAllBytes();
        final String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (!refused.contains(key) && (forgetsKeys || !grants.containsKey(key))) {
            if (units == 0) {
                refused.add(key);
            } else {
                units--;
                grants.put(key, sharesReservations ? "r" : "r" + units);
            }
        }
        if (answersToSkip > 0) {
            answersToSkip--;
            exchange.close();
        } else if (refused.contains(key)) {
            answer(exchange, 409, "{}");
        } else {
            answer(exchange, 201, "{\"id\":\"" + grants.get(key) + "\"}");
        }
    }

    private static void answer(final HttpExchange exchange, final int status, final String body) throws IOException {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
