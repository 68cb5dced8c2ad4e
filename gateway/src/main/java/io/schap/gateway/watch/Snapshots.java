package io.schap.gateway.watch;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** How a number that was read becomes a metric. */
final class Snapshots {

    private Snapshots() {}

    static GaugeSnapshot gauge(final String name, final String help, final double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }

    static CounterSnapshot counter(final String name, final String help, final double value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(count(value, Labels.EMPTY))
                .build();
    }

    static CounterSnapshot.CounterDataPointSnapshot count(final double value, final Labels labels) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(value)
                .labels(labels)
                .build();
    }

    /** A histogram of which each bucket's own count is known. */
    static HistogramSnapshot.HistogramDataPointSnapshot histogram(
            final double[] bounds, final long[] counts, final double sum, final Labels labels) {
        return HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(sum)
                .labels(labels)
                .build();
    }
}
