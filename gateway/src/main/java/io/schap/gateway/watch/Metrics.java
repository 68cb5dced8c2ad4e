package io.schap.gateway.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code GET /metrics}. A scrape is put together on a thread of its own, which is there while it is needed; a few
 * may wait, more are refused.
 */
public final class Metrics implements RequestHandler, AutoCloseable {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int MAX_WAITING = 4;
    private static final int IDLE_SECONDS = 30;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final ThreadPoolExecutor scraper;

    private Metrics() {
        scraper = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    final Thread thread = new Thread(task, "metrics");
                    thread.setDaemon(true);
                    return thread;
                });
        scraper.allowCoreThreadTimeOut(true);
    }

    /**
     * Metrics of the gateway and of the JVM; those of the engine come with {@link #attach}.
     *
     * @param watch whose counts are shown.
     * @return to be closed.
     */
    public static Metrics launch(final GatewayWatch watch) {
        final Metrics metrics = new Metrics();
        final PrometheusMeterRegistry registry = metrics.registry;
        metrics.gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        final String version = Metrics.class.getPackage().getImplementationVersion();
        Gauge.builder("schap.build.info", () -> 1)
                .description("1; the labels say what runs")
                .tag("version", version == null ? "unknown" : version)
                .tag("java", Runtime.version().toString())
                .register(registry);
        registry.getPrometheusRegistry().register(new GatewayMetrics(watch));
        return metrics;
    }

    /**
     * Shows the engine's counters too.
     *
     * @param dataDirectory in which its status file lies.
     */
    public void attach(final Path dataDirectory) {
        registry.getPrometheusRegistry().register(new EngineMetrics(dataDirectory));
    }

    @Override
    public void handle(final Exchange exchange) {
        QueryParameters.none(exchange);
        try {
            scraper.execute(() -> scrape(exchange));
        } catch (final RejectedExecutionException e) {
            throw Problem.refusal(ProblemCode.OVERLOADED, "scrapes are waiting already");
        }
    }

    private void scrape(final Exchange exchange) {
        final byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        exchange.replyFromAnywhere(Reply.of(200, CONTENT_TYPE, text).header("Cache-Control", "no-store"));
    }

    @Override
    public void close() {
        scraper.shutdownNow();
        gc.close();
        registry.close();
    }
}
