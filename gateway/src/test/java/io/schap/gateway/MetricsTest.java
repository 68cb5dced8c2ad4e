package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape tells is what was done. */
@Timeout(60)
final class MetricsTest {

    private static final String ROUTE = "{method=\"GET\",route=\"/v1/stores/{store}/skus/{sku}/stock\",status=\"";

    private RunningGateway schap;

    @BeforeEach
    void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
    }

    @Test
    void shouldCountRequestsByRouteMethodAndStatus() {
        for (int i = 0; i < 5; i++) {
            schap.get("/v1/stores/S1/skus/A/stock");
        }
        schap.call("HEAD", "/v1/stores/S1/skus/A/stock", null, null);
        schap.get("/v1/stores/S9/skus/A/stock");
        schap.get("/nowhere");
        final Map<String, Double> metrics = scrape();
        assertEquals(6, metrics.get("schap_http_requests_total" + ROUTE + "200\"}"));
        assertEquals(1, metrics.get("schap_http_requests_total" + ROUTE + "404\"}"));
        assertEquals(1, metrics.get("schap_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"}"));
        assertEquals(1, metrics.get("schap_http_problems_total{code=\"unknown-store\"}"));
        assertEquals(1, metrics.get("schap_http_problems_total{code=\"not-found\"}"));
    }

    @Test
    void shouldShowHistogramsWhoseBucketsAddUpToTheirCount() {
        for (int i = 0; i < 20; i++) {
            schap.reserve("S1", "A", 1);
            schap.count("S1", "A", 100);
        }
        final Map<String, Double> metrics = scrape();
        final String apply = "schap_engine_stage_duration_seconds_";
        final double count = metrics.get(apply + "count{stage=\"apply\"}");
        assertEquals(count, metrics.get(apply + "bucket{stage=\"apply\",le=\"+Inf\"}"));
        assertEquals(count, metrics.get("schap_engine_batches_total"));
        assertTrue(metrics.get(apply + "sum{stage=\"apply\"}") > 0);
        double before = 0;
        for (final Map.Entry<Double, Double> bucket : buckets(metrics, apply + "bucket{stage=\"apply\",le=\"")) {
            assertTrue(bucket.getValue() >= before, metrics::toString);
            before = bucket.getValue();
        }
        assertEquals(
                metrics.get("schap_engine_batch_commands_sum"),
                metrics.get("schap_engine_commands_total"),
                "every command is in one batch");
        assertTrue(metrics.get("schap_http_request_duration_seconds_count{work=\"write\"}") >= 40);
    }

    @Test
    void shouldShowTheEnginesRoomItsReservationsAndTheMachine() {
        schap.reserve("S1", "A", 2);
        Map<String, Double> metrics = scrape();
        while (metrics.get("schap_engine_credits") == 0) { // the writer says it every 100 ms; the timeout is the bound
            metrics = scrape();
        }
        assertEquals(1, metrics.get("schap_engine_state{state=\"RUNNING\"}"));
        assertEquals(0, metrics.get("schap_engine_state{state=\"HALTED\"}"));
        assertEquals(schap.engine().ringSlots(), metrics.get("schap_engine_ring_slots"));
        assertTrue(metrics.get("schap_http_connections") >= 1);
        assertEquals(0, metrics.get("schap_answers_forgotten_early_total"));
        for (final String name :
                new String[] {"schap_build_info", "jvm_memory_used_bytes", "jvm_threads_live_threads"}) {
            assertTrue(metrics.keySet().toString().contains(name), name);
        }
    }

    @Test
    void shouldAnswerEveryScrapeOfAHandful() {
        final Map<String, Double> first = scrape();
        assertFalse(first.isEmpty());
        assertTrue(scrape().get("schap_engine_last_sequence") >= first.get("schap_engine_last_sequence"));
    }

    private static Iterable<Map.Entry<Double, Double>> buckets(final Map<String, Double> metrics, final String prefix) {
        final java.util.TreeMap<Double, Double> buckets = new java.util.TreeMap<>();
        metrics.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                final String bound = name.substring(prefix.length(), name.length() - 2);
                buckets.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), value);
            }
        });
        return buckets.entrySet();
    }

    private Map<String, Double> scrape() {
        final RunningGateway.Answer answer = schap.get("/metrics");
        assertEquals(200, answer.status());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", answer.header("Content-Type"));
        final Map<String, Double> metrics = new HashMap<>();
        for (final String line : answer.raw().lines().toList()) {
            if (!line.startsWith("#")) {
                final int space = line.lastIndexOf(' ');
                metrics.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            }
        }
        return metrics;
    }
}
