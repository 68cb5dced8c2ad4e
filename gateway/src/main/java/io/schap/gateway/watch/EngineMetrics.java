package io.schap.gateway.watch;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.HistogramReading;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusHistogram;
import io.schap.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's own counters and histograms, read out of its status file as they are scraped: the writer is asked nothing.
 * Bounds of histograms are powers of two less one, at which the file's buckets end, so that they are exact.
 */
final class EngineMetrics implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(EngineMetrics.class);
    private static final String ANSWERS = "answers.";
    private static final int FIRST_COUNT_BITS = 1;
    private static final int LAST_COUNT_BITS = 13;

    private static final Map<StatusHistogram, String> STAGES = new EnumMap<>(Map.of(
            StatusHistogram.GATHER_NS, "gather",
            StatusHistogram.APPEND_NS, "append",
            StatusHistogram.FORCE_NS, "force",
            StatusHistogram.APPLY_NS, "apply",
            StatusHistogram.ANSWER_NS, "answer",
            StatusHistogram.BATCH_NS, "batch"));

    private final Path dataDirectory;

    EngineMetrics(final Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    @Override
    public MetricSnapshots collect() {
        final StatusReader status;
        try {
            status = StatusReader.read(dataDirectory);
        } catch (final IOException e) {
            LOG.warn("the engine's status could not be read for its metrics", e);
            return new MetricSnapshots();
        }
        final List<MetricSnapshot> metrics = new ArrayList<>();
        metrics.add(states(status));
        addGauges(metrics, status);
        addCounters(metrics, status);
        metrics.add(refusals(status));
        metrics.add(answers(status));
        metrics.add(stages(status));
        metrics.add(batchCommands(status));
        return new MetricSnapshots(metrics);
    }

    private static GaugeSnapshot states(final StatusReader status) {
        final GaugeSnapshot.Builder states =
                GaugeSnapshot.builder().name("schap_engine_state").help("1 for the state that the engine is in");
        for (final EngineState state : EngineState.values()) {
            states.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                    .value(state == status.state() ? 1 : 0)
                    .labels(Labels.of("state", state.name()))
                    .build());
        }
        return states.build();
    }

    private static void addGauges(final List<MetricSnapshot> metrics, final StatusReader status) {
        gauge(
                metrics,
                status,
                "schap_reservations_live",
                "Held and confirmed reservations",
                StatusCounter.LIVE_RESERVATIONS);
        gauge(metrics, status, "schap_engine_last_sequence", "The last applied command", StatusCounter.LAST_SEQUENCE);
        gauge(metrics, status, "schap_engine_epoch", "This start of the server", StatusCounter.EPOCH);
        gauge(metrics, status, "schap_engine_ring_slots", "Slots of the command ring", StatusCounter.RING_SLOTS);
        gauge(
                metrics,
                status,
                "schap_engine_ring_fill",
                "Slots in use as the last batch began",
                StatusCounter.RING_FILL);
        gauge(metrics, status, "schap_engine_credits", "Credits of all ports", StatusCounter.CREDITS);
        gauge(metrics, status, "schap_engine_credits_used", "Credits in use", StatusCounter.CREDITS_USED);
        gauge(metrics, status, "schap_engine_faults", "1 after a halt", StatusCounter.FAULTS);
        metrics.add(Snapshots.gauge(
                "schap_engine_clock_lag_seconds",
                "Wall clock less batch time",
                status.value(StatusCounter.CLOCK_LAG_MS) / 1e3));
        metrics.add(Snapshots.gauge(
                "schap_engine_updated_timestamp_seconds",
                "When the writer last said that it lives",
                status.value(StatusCounter.UPDATED_MS) / 1e3));
    }

    private static void gauge(
            final List<MetricSnapshot> metrics,
            final StatusReader status,
            final String name,
            final String help,
            final StatusCounter counter) {
        metrics.add(Snapshots.gauge(name, help, status.value(counter)));
    }

    private static void addCounters(final List<MetricSnapshot> metrics, final StatusReader status) {
        counter(metrics, status, "schap_engine_commands", "Commands applied, ticks among them", StatusCounter.COMMANDS);
        counter(metrics, status, "schap_engine_batches", "Batches", StatusCounter.BATCHES);
        counter(metrics, status, "schap_engine_batch_bytes", "Bytes of all batches", StatusCounter.BATCH_BYTES);
        counter(metrics, status, "schap_engine_forces", "Forces", StatusCounter.FORCES);
        counter(metrics, status, "schap_engine_ticks", "Tick commands", StatusCounter.TICKS);
        counter(
                metrics,
                status,
                "schap_reservations_expired",
                "Reservations that their deadline closed",
                StatusCounter.EXPIRATIONS);
        counter(
                metrics,
                status,
                "schap_answers_forgotten",
                "Remembered answers that went",
                StatusCounter.ANSWERS_FORGOTTEN);
        counter(
                metrics,
                status,
                "schap_answers_forgotten_early",
                "Remembered answers that went before their time, since too many came after them",
                StatusCounter.ANSWERS_FORGOTTEN_EARLY);
        counter(
                metrics,
                status,
                "schap_storage_full_episodes",
                "Times without room",
                StatusCounter.STORAGE_FULL_EPISODES);
        counter(metrics, status, "schap_engine_clock_jumps", "Jumps of the wall clock", StatusCounter.CLOCK_JUMPS);
    }

    private static void counter(
            final List<MetricSnapshot> metrics,
            final StatusReader status,
            final String name,
            final String help,
            final StatusCounter counter) {
        metrics.add(Snapshots.counter(name, help, status.value(counter)));
    }

    private static CounterSnapshot refusals(final StatusReader status) {
        return CounterSnapshot.builder()
                .name("schap_engine_refused")
                .help("Commands that were not taken, by what was full")
                .dataPoint(Snapshots.count(status.value(StatusCounter.REFUSED_RING_FULL), Labels.of("full", "ring")))
                .dataPoint(Snapshots.count(status.value(StatusCounter.REFUSED_NO_CREDIT), Labels.of("full", "credits")))
                .build();
    }

    private static CounterSnapshot answers(final StatusReader status) {
        final CounterSnapshot.Builder answers =
                CounterSnapshot.builder().name("schap_engine_answers").help("Answers of the ledger, by result");
        status.counters().forEach((label, count) -> {
            if (label.startsWith(ANSWERS) && !label.startsWith("answers.forgotten")) {
                final String result = label.substring(ANSWERS.length()).replace('.', '-');
                answers.dataPoint(Snapshots.count(count, Labels.of("result", result)));
            }
        });
        return answers.build();
    }

    private static HistogramSnapshot stages(final StatusReader status) {
        final HistogramSnapshot.Builder stages = HistogramSnapshot.builder()
                .name("schap_engine_stage_duration_seconds")
                .help("How long each stage of a batch took");
        STAGES.forEach((histogram, stage) -> stages.dataPoint(point(
                status.histogram(histogram),
                Durations.FIRST_BITS,
                Durations.LAST_BITS,
                1e9,
                Labels.of("stage", stage))));
        return stages.build();
    }

    private static HistogramSnapshot batchCommands(final StatusReader status) {
        final HistogramReading reading = status.histogram(StatusHistogram.BATCH_COMMANDS);
        return HistogramSnapshot.builder()
                .name("schap_engine_batch_commands")
                .help("Commands of a batch")
                .dataPoint(point(reading, FIRST_COUNT_BITS, LAST_COUNT_BITS, 1, Labels.EMPTY))
                .build();
    }

    private static HistogramSnapshot.HistogramDataPointSnapshot point(
            final HistogramReading reading,
            final int firstBits,
            final int lastBits,
            final double unit,
            final Labels labels) {
        final int bounded = lastBits - firstBits + 1;
        final double[] bounds = new double[bounded + 1];
        final long[] counts = new long[bounded + 1];
        long before = 0;
        for (int i = 0; i < bounded; i++) {
            final long bound = (1L << firstBits + i) - 1;
            final long upTo = reading.countUpTo(bound);
            bounds[i] = bound / unit;
            counts[i] = upTo - before;
            before = upTo;
        }
        bounds[bounded] = Double.POSITIVE_INFINITY;
        counts[bounded] = reading.count() - before;
        return Snapshots.histogram(bounds, counts, reading.sum() / unit, labels);
    }
}
