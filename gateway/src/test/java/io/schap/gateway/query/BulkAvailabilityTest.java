package io.schap.gateway.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.schap.engine.BlockingPort;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.journal.Durability;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.RequestHandler;
import io.schap.gateway.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recognised in a bulk body, and that it is answered as everything else is. */
final class BulkAvailabilityTest {

    private static final Pattern AS_OF = Pattern.compile("\"asOf\":\"[^\"]*\"");
    private static final String LETTERS = "{}[]\",: \\.azSKU0123456789items\n\té";

    private static final UnsafeBuffer COMMAND = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private static Engine engine;
    private static Routes routes;

    @BeforeAll
    static void start(@TempDir final Path directory) throws IOException {
        engine = Engine.launch(new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.MEMORY)
                .report(line -> {}));
        try (BlockingPort port = engine.openBlockingPort(10_000)) {
            final PutStoreEncoder store = new PutStoreEncoder().wrapAndApplyHeader(COMMAND, 0, HEADER);
            store.envelope().logicVersion(1).channel((short) -1);
            store.mask((short) 0).code("S1").name("One").country("");
            port.ask(COMMAND, 0, store.limit());
            for (final String code : new String[] {"A/b", "C d"}) {
                final PutSkuEncoder sku = new PutSkuEncoder().wrapAndApplyHeader(COMMAND, 0, HEADER);
                sku.envelope().logicVersion(1).channel((short) -1);
                sku.mask((short) 0).gtinsCount(0);
                sku.code(code).name(code).price("");
                port.ask(COMMAND, 0, sku.limit());
            }
            count(port, 0, 7);
            count(port, 1, 1);
        }
        routes = new Routes();
        QueryRoutes.add(routes, engine.view(), 0);
    }

    private static void count(final BlockingPort port, final int sku, final int units) throws IOException {
        COMMAND.setMemory(0, COMMAND.capacity(), (byte) 0);
        final MovementsEncoder movements = new MovementsEncoder().wrapAndApplyHeader(COMMAND, 0, HEADER);
        movements.envelope().logicVersion(1).channel((short) -1);
        movements
                .rowsCount(1)
                .next()
                .movement((short) MovementType.COUNT.ordinal())
                .expected((short) 0)
                .channel((short) -1)
                .store(0)
                .sku(sku)
                .quantity(units)
                .owner("")
                .reference("")
                .reason("")
                .paymentReference("");
        port.ask(COMMAND, 0, movements.limit());
    }

    @AfterAll
    static void stop() throws IOException {
        engine.close();
    }

    private String answer(final String body) {
        final Request request = new Request(
                "POST",
                "/v1/availability",
                "/v1/availability",
                "",
                new DefaultHttpHeaders(),
                body.getBytes(StandardCharsets.UTF_8),
                Caller.OPEN);
        final Routes.Match match = routes.find(request.method(), request.path());
        final AtomicReference<Reply> reply = new AtomicReference<>();
        final Exchange exchange = new Exchange(request, match.pathValues(), Runnable::run, new Exchange.Outcome() {
            @Override
            public void send(final Reply sent) {
                reply.set(sent);
            }

            @Override
            public void cut() {
                throw new AssertionError("nothing is cut here");
            }
        });
        exchange.attempt(() -> ((RequestHandler) match.handler()).handle(exchange));
        final String text = reply.get().status() + " " + new String(reply.get().body(), StandardCharsets.UTF_8);
        return AS_OF.matcher(text).replaceAll("\"asOf\":\"?\"");
    }

    private static boolean recognises(final String body) {
        return new BulkBody(10_000).recognise(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(final String items) {
        return "{\"items\":[" + items + "]}";
    }

    @Test
    void shouldRecogniseWhatClientsWrite() {
        assertTrue(recognises(of("{\"store\":\"0042\",\"sku\":\"85123A\"}")));
        assertTrue(recognises(of("{\"store\":\"a b\",\"sku\":\"x/y\"},{\"store\":\"..a\",\"sku\":\"é\"}")
                .replace("é", "e")));
        assertTrue(recognises(
                " { \"items\" : [\n {\"store\": \"S\", \"sku\": \"A\"} ,\t{\"store\":\"S\",\"sku\":\"B\"} ] }\r\n"));
    }

    @Test
    void shouldLeaveEverythingElseToTheGeneralReader() {
        final String item = "{\"store\":\"S\",\"sku\":\"A\"}";
        for (final String body : new String[] {
            "",
            "{}",
            "[]",
            of(""),
            of(item) + "x",
            of(item + ","),
            of(item).replace("]}", "],\"more\":1}"),
            of("{\"sku\":\"A\",\"store\":\"S\"}"),
            of("{\"store\":\"S\"}"),
            of("{\"store\":\"S\",\"sku\":1}"),
            of("{\"store\":\"\\u0053\",\"sku\":\"A\"}"),
            of("{\"store\":\"\",\"sku\":\"A\"}"),
            of("{\"store\":\" S\",\"sku\":\"A\"}"),
            of("{\"store\":\"S\",\"sku\":\"..\"}"),
            of("{\"store\":\"S\",\"sku\":\".\"}"),
            of("{\"store\":\"S\",\"sku\":\"é\"}"),
            of("{\"store\":\"S\",\"sku\":\"" + "x".repeat(65) + "\"}"),
            of(item).substring(0, 20)
        }) {
            assertFalse(recognises(body), body);
        }
        assertTrue(recognises(of("{\"store\":\"S\",\"sku\":\"" + "x".repeat(64) + "\"}")));
        assertTrue(recognises(of(item + ("," + item).repeat(9_999))));
        assertFalse(recognises(of(item + ("," + item).repeat(10_000))));
    }

    @Test
    void shouldAnswerARecognisedBodyItemByItem() {
        final String answer = answer(of("{\"store\":\"S1\",\"sku\":\"A/b\"},{\"store\":\"S1\",\"sku\":\"C d\"},"
                + "{\"store\":\"s1\",\"sku\":\"C d\"}"));
        assertTrue(
                answer.contains("\"items\":[{\"store\":\"S1\",\"sku\":\"A/b\",\"available\":7,\"status\":\"InStock\"},"
                        + "{\"store\":\"S1\",\"sku\":\"C d\",\"available\":1,\"status\":\"LimitedAvailability\"},"
                        + "{\"error\":{\"code\":\"unknown-store\",\"status\":404,"),
                answer);
    }

    /**
     * The general reader is asked the same by writing the last letter of {@code store} as an escape, which means the same
     * and is not recognised.
     */
    @Test
    void shouldAnswerOrRefuseAnyBodyAsTheGeneralReaderDoes() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        int recognised = 0;
        for (int round = 0; round < 30_000; round++) {
            final String body =
                    mutated(of("{\"store\":\"S1\",\"sku\":\"A/b\"},{\"store\":\"S1\",\"sku\":\"C d\"}"), random);
            if (recognises(body)) {
                recognised++;
                final String generally = body.replaceFirst("\"store\"", "\"stor\\\\u0065\"");
                assertFalse(recognises(generally), generally);
                assertEquals(answer(generally), answer(body), "seed=" + seed);
            }
        }
        assertTrue(recognised > 1_000, "recognised=" + recognised);
    }

    private static String mutated(final String body, final Random random) {
        final StringBuilder text = new StringBuilder(body);
        for (int i = random.nextInt(3); i >= 0; i--) {
            final int at = random.nextInt(text.length());
            final char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, letter);
                case 1 -> text.insert(at, letter);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
