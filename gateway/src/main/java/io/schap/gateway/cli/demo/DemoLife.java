package io.schap.gateway.cli.demo;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A little life in the chain: every fifth of a second a till sells something, the web shop holds, pays, hands over or lets
 * go, or a van delivers. The shelf that the demo's commands ask for is left alone, so that they show what they say.
 */
public final class DemoLife implements AutoCloseable {

    private static final long PACE_MS = 200;
    private static final int MOST_OPEN_ORDERS = 40;
    private static final List<String> CHANNELS = List.of("web", "app", "phone");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    private final DemoChain chain;
    private final DemoApi api;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Deque<String> orders = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "demo-life");

    private DemoLife(final DemoChain chain, final DemoApi api) {
        this.chain = chain;
        this.api = api;
    }

    /**
     * Begins.
     *
     * @param chain whose shops and articles they are.
     * @param api   where it happens.
     * @return life, until it is closed.
     */
    public static DemoLife start(final DemoChain chain, final DemoApi api) {
        final DemoLife life = new DemoLife(chain, api);
        life.thread.setDaemon(true);
        life.thread.start();
        return life;
    }

    /** Ends it, and waits for its last request for a second. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(1));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PACE_MS);
                final int chance = random.nextInt(10);
                if (chance < 5) {
                    move("sale", 1 + random.nextInt(2));
                } else if (chance < 6) {
                    move("receipt", 6 + random.nextInt(18));
                } else if (chance < 8 && orders.size() < MOST_OPEN_ORDERS) {
                    order();
                } else if (!orders.isEmpty()) {
                    goOn(orders.removeFirst());
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final IOException e) {
            // The server is going; life ends with it.
            orders.clear();
        }
    }

    private void move(final String type, final int quantity) throws IOException, InterruptedException {
        api.post(
                "/v1/stock/movements",
                text(
                        "{\"movements\":[{\"type\":\"%s\",\"store\":\"%s\",\"sku\":\"%s\",\"quantity\":%d,\"channel\":\"pos\"}]}",
                        type, store(), sku(), quantity));
    }

    private void order() throws IOException, InterruptedException {
        final String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
        final HttpResponse<String> response = api.post(
                "/v1/reservations",
                text(
                        "{\"channel\":\"%s\",\"store\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1}]}",
                        channel, store(), sku()));
        final Matcher id = ID.matcher(response.body());
        if (response.statusCode() == 201 && id.find()) {
            orders.addLast(id.group(1));
        }
    }

    private void goOn(final String order) throws IOException, InterruptedException {
        final String path = "/v1/reservations/" + order;
        if (random.nextInt(5) == 0) {
            api.post(path + "/release", "{}");
        } else {
            api.post(path + "/confirm", "{\"pickupSeconds\":86400}");
            api.post(path + "/fulfil", "{}");
        }
    }

    private String store() {
        return chain.shops().get(random.nextInt(chain.shops().size())).code();
    }

    /** Any article but the shown one, which is the first. */
    private String sku() {
        return chain.articles()
                .get(1 + random.nextInt(chain.articles().size() - 1))
                .sku();
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
