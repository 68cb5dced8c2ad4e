package io.schap.gateway.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.schap.gateway.http.ProblemCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The counts of all event loops, added up as they are scraped. */
final class GatewayMetrics implements MultiCollector {

    private final GatewayWatch watch;

    GatewayMetrics(final GatewayWatch watch) {
        this.watch = watch;
    }

    @Override
    public MetricSnapshots collect() {
        long opened = 0;
        long closed = 0;
        for (final LoopCounts loop : watch.loops()) {
            closed += loop.closedCount(); // first: a connection is opened before it is closed
            opened += loop.openedCount();
        }
        return new MetricSnapshots(
                Snapshots.gauge("schap_http_connections", "Connections that are open", Math.max(0, opened - closed)),
                Snapshots.counter("schap_http_connections_opened", "Connections that were opened", opened),
                requests(),
                problems(),
                durations());
    }

    private CounterSnapshot requests() {
        final CounterSnapshot.Builder requests =
                CounterSnapshot.builder().name("schap_http_requests").help("Requests that were answered");
        final Map<String, long[]> byRoute = new TreeMap<>();
        for (final LoopCounts loop : watch.loops()) {
            loop.routes().forEach((route, counts) -> add(counts, byRoute.computeIfAbsent(route, GatewayMetrics::none)));
        }
        byRoute.forEach((route, counts) -> {
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    final String method = RouteCounts.METHODS[i / RouteCounts.STATUSES.length];
                    final int status = RouteCounts.STATUSES[i % RouteCounts.STATUSES.length];
                    requests.dataPoint(Snapshots.count(
                            counts[i],
                            Labels.of(
                                    "route",
                                    route,
                                    "method",
                                    method,
                                    "status",
                                    status == 0 ? "other" : Integer.toString(status))));
                }
            }
        });
        return requests.build();
    }

    private static long[] none(final String route) {
        return new long[RouteCounts.METHODS.length * RouteCounts.STATUSES.length];
    }

    private static void add(final RouteCounts counts, final long[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += counts.at(i / RouteCounts.STATUSES.length, i % RouteCounts.STATUSES.length);
        }
    }

    private CounterSnapshot problems() {
        final CounterSnapshot.Builder problems = CounterSnapshot.builder()
                .name("schap_http_problems")
                .help("Requests that were answered with a problem");
        for (final ProblemCode code : ProblemCode.values()) {
            long count = 0;
            for (final LoopCounts loop : watch.loops()) {
                count += loop.refusedCount(code);
            }
            problems.dataPoint(Snapshots.count(count, Labels.of("code", code.code())));
        }
        return problems.build();
    }

    private HistogramSnapshot durations() {
        final HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
                .name("schap_http_request_duration_seconds")
                .help("From a request's head to its answer, those of the hot path left out");
        final double[] bounds = new double[Durations.COUNT];
        Arrays.setAll(bounds, Durations::boundSeconds);
        for (final LoopCounts.Work work : LoopCounts.Work.values()) {
            final long[] counts = new long[Durations.COUNT + 1];
            for (final LoopCounts loop : watch.loops()) {
                loop.durations(work).addTo(counts);
            }
            histogram.dataPoint(Snapshots.histogram(
                    bounds,
                    Arrays.copyOf(counts, Durations.COUNT),
                    counts[Durations.COUNT] / 1e9,
                    Labels.of("work", work.name().toLowerCase(Locale.ROOT))));
        }
        return histogram.build();
    }
}
