package io.schap.benchmarks.query;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.schap.benchmarks.stream.Chain;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.RequestHandler;
import io.schap.gateway.http.Routes;
import io.schap.gateway.query.QueryRoutes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Baskets and bulk availability in process, by the very handlers that a socket reaches: parsing, reading and writing are
 * in the figures, and the socket is not. A chain of 207 stores, all of which have all SKUs; three cells in ten are empty.
 * Requests are drawn before they are timed, and every answer is checked. The bulk body is also asked in a form that only
 * the general reader takes, as a rival. Beside the wall's time of each request stands its processor time, which says what it
 * costs also on a machine where others are at work.
 *
 * <p>Run: {@code java @config/jvm.options -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.query.ListReadsTrial [SKUS] [REQUESTS] [ROUNDS]}; 5,000 SKUs (a million cells), 20,000 requests of
 * each kind and 5 rounds when left out.
 */
public final class ListReadsTrial {

    private static final int STORES = 207;
    private static final int LINES = 20;
    private static final int ITEMS = 1_000;
    private static final int DRAWN = 512;
    private static final int EMPTY_IN_TEN = 3;
    private static final int ROWS = 24;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Random random = new Random(1);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
    private final Routes routes = new Routes();
    private final int skus;
    private final int requests;
    private final StockLedger ledger = new StockLedger();
    private final Taker taker = new Taker();
    private long sequence;

    private ListReadsTrial(final int skus, final int requests) {
        this.skus = skus;
        this.requests = requests;
    }

    /**
     * Runs the trial.
     *
     * @param arguments SKUs, requests of each kind a round, rounds.
     */
    public static void main(final String[] arguments) {
        final int skus = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
        final int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        final int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        final ListReadsTrial trial = new ListReadsTrial(skus, requests);
        trial.makeChain();
        trial.run(rounds);
    }

    private void makeChain() {
        final Chain chain = Chain.dense(STORES, STORES * skus);
        chain.writeMasterData(this::apply);
        chain.writeOpeningStock(this::apply);
        for (int store = 0; store < STORES; store++) {
            apply(0, buffer, 0, locate(store));
        }
        for (int left = STORES * skus / 10 * EMPTY_IN_TEN; left > 0; left -= ROWS) {
            apply(0, buffer, 0, empty());
        }
        final StockView view = new StockView(ledger);
        view.publish(sequence);
        QueryRoutes.add(routes, view, 0);
    }

    private int locate(final int store) {
        final PutStoreEncoder put = new PutStoreEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put.envelope().logicVersion(1).channel((short) -1).actor(0);
        put.envelope().keyHi(0).keyLo(0).fingerprintHi(0).fingerprintLo(0);
        put.mask((short) StoreFields.ALL)
                .kind((short) 0)
                .pickup((short) 1)
                .active((short) 1)
                .located((short) 1)
                .latitude(51 + random.nextDouble() * 2)
                .longitude(4 + random.nextDouble() * 3);
        return put.code("s" + store).name("Store number " + store).country("NL").limit();
    }

    private int empty() {
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        final MovementsEncoder movements =
                new MovementsEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        movements.envelope().logicVersion(1).channel((short) -1);
        final MovementsEncoder.RowsEncoder rows = movements.rowsCount(ROWS);
        for (int i = 0; i < ROWS; i++) {
            rows.next()
                    .movement((short) MovementType.COUNT.ordinal())
                    .channel((short) -1)
                    .store(random.nextInt(STORES))
                    .sku(random.nextInt(skus))
                    .owner("")
                    .reference("")
                    .reason("")
                    .paymentReference("");
        }
        return movements.limit();
    }

    private void apply(final long timeMs, final DirectBuffer command, final int offset, final int length) {
        sequence++;
        ledger.apply(sequence, Math.max(timeMs, Chain.OPENING_MS), command, offset, length, EffectSink.NONE);
    }

    private void run(final int rounds) {
        final List<Request> baskets = new ArrayList<>();
        final List<Request> bulk = new ArrayList<>();
        final List<Request> general = new ArrayList<>();
        for (int i = 0; i < DRAWN; i++) {
            baskets.add(request("/v1/baskets/availability", basket()));
            final String body = bulk();
            bulk.add(request("/v1/availability", body));
            general.add(request("/v1/availability", body.replaceFirst("store", "stor\\\\u0065")));
        }
        System.out.printf("%d stores, %d SKUs; basket of %d lines, bulk of %d items%n", STORES, skus, LINES, ITEMS);
        System.out.printf(
                "%-26s %8s %8s %8s | %8s %8s %8s %12s | %8s%n",
                "us a request", "p50", "p99", "p99.9", "cpu p50", "p99", "p99.9", "M items/s", "bytes");
        for (int round = 0; round <= rounds; round++) {
            final String warmUp = round == 0 ? " (warm-up)" : "";
            play("basket" + warmUp, baskets, STORES * LINES);
            play("bulk" + warmUp, bulk, ITEMS);
            play("bulk, general" + warmUp, general, ITEMS);
        }
    }

    private void play(final String name, final List<Request> drawn, final int items) {
        final Histogram wall = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        final Histogram processor = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        final RequestHandler handler =
                (RequestHandler) routes.find("POST", drawn.get(0).path()).handler();
        taker.bytes = 0;
        long usedNs = 0;
        for (int i = 0; i < requests; i++) {
            final Request request = drawn.get(i % drawn.size());
            final long beforeNs = System.nanoTime();
            final long usedBeforeNs = threads.getCurrentThreadCpuTime();
            handler.handle(new Exchange(request, List.of(), Runnable::run, taker));
            final long tookNs = threads.getCurrentThreadCpuTime() - usedBeforeNs;
            wall.recordValue(System.nanoTime() - beforeNs);
            processor.recordValue(tookNs);
            usedNs += tookNs;
        }
        System.out.printf(
                "%-26s %8.1f %8.1f %8.1f | %8.1f %8.1f %8.1f %12.2f | %8d%n",
                name,
                micros(wall, 50),
                micros(wall, 99),
                micros(wall, 99.9),
                micros(processor, 50),
                micros(processor, 99),
                micros(processor, 99.9),
                requests * (double) items / usedNs * 1e3,
                taker.bytes / requests);
    }

    private static double micros(final Histogram times, final double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }

    private static Request request(final String path, final String body) {
        return new Request(
                "POST",
                path,
                path,
                "",
                new DefaultHttpHeaders(),
                body.getBytes(StandardCharsets.US_ASCII),
                Caller.OPEN);
    }

    private String basket() {
        final StringBuilder body = new StringBuilder("{\"near\":\"52.1,5.1\",\"limit\":207,\"lines\":[");
        for (int i = 0; i < LINES; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"sku-")
                    .append(random.nextInt(skus))
                    .append("\",\"quantity\":2}");
        }
        return body.append("]}").toString();
    }

    private String bulk() {
        final StringBuilder body = new StringBuilder("{\"items\":[");
        for (int i = 0; i < ITEMS; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"store\":\"s")
                    .append(random.nextInt(STORES))
                    .append("\",\"sku\":\"sku-")
                    .append(random.nextInt(skus))
                    .append("\"}");
        }
        return body.append("]}").toString();
    }

    /** Takes the answers. */
    private static final class Taker implements Exchange.Outcome {

        private long bytes;

        @Override
        public void send(final Reply reply) {
            if (reply.status() != 200 || reply.body()[reply.body().length - 1] != '}') {
                throw new AssertionError("not answered: status=" + reply.status());
            }
            bytes += reply.body().length;
        }

        @Override
        public void cut() {
            throw new AssertionError("cut");
        }
    }
}
