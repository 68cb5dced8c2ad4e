package io.schap.benchmarks.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What a segment's end costs: the time of append and force over many ends, with the next segments prepared in the
 * background meanwhile, beside the same number of batches in one large segment without either. The two take turns, round
 * after round, each first in every other one; a thread that does nothing runs beside both and tells what the machine did.
 * At the end stand the appends that rolled, by themselves, beside those that did not.
 *
 * <p>Run: {@code java @config/jvm.options -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.journal.JournalRollTrial [RECORDS] [BATCHES] [ROUNDS]}; 64 records, 40,000 batches and 5 rounds when
 * left out.
 */
public final class JournalRollTrial {

    private static final long SEGMENT_BYTES = 64 << 20;
    private static final long LARGE_BYTES = 1 << 30;
    private static final int WARMUP_BATCHES = 2_000;
    private static final double[] PERCENTILES = {50, 99, 99.9, 99.99, 100};
    private static final int P9999 = 3;
    private static final int IDLE = 5;
    private static final double QUIET_US = 5_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int records;
    private final int batches;
    private final PrintStream out;
    private final Contender rolling = new Contender("segments of 64 MB", SEGMENT_BYTES, RecordStream.PREPARING);
    private final Contender single = new Contender("one segment of 1 GB", LARGE_BYTES, RecordStream.IDLE);

    /** One of the two, with what each of its rounds gave. */
    private static final class Contender {
        private final String name;
        private final long segmentBytes;
        private final ThreadFactory threads;
        private final List<double[]> rounds = new ArrayList<>();
        private final Costs costs = new Costs();

        private Contender(final String name, final long segmentBytes, final ThreadFactory threads) {
            this.name = name;
            this.segmentBytes = segmentBytes;
            this.threads = threads;
        }

        private List<Double> column(final int index) {
            return rounds.stream().map(row -> row[index]).toList();
        }
    }

    /** Appends alone, without their forces: those that rolled one by one, the others together. */
    private static final class Costs {
        private final List<Double> rolledWallNs = new ArrayList<>();
        private final List<Double> rolledCpuNs = new ArrayList<>();
        private final List<Double> rolledBatchNs = new ArrayList<>();
        private final Histogram wallNs = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        private final Histogram cpuNs = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    }

    private JournalRollTrial(final int records, final int batches, final PrintStream out) {
        this.records = records;
        this.batches = batches;
        this.out = out;
    }

    /**
     * Runs the trial.
     *
     * @param arguments records a batch, batches a round, rounds.
     * @throws IOException when the disk fails.
     */
    public static void main(final String[] arguments) throws IOException {
        final int records = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        final int batches = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40_000;
        final int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        new JournalRollTrial(records, batches, System.out).run(rounds);
    }

    private void run(final int rounds) throws IOException {
        print("append and force, us; records a batch=%d, batches=%d", records, batches);
        final String head = "%5s %-22s %8s %8s %8s %8s %8s %6s   %s";
        print(head, "round", "", "p50", "p99", "p99.9", "p99.99", "max", "rolls", "idle thread: p99.99, max");
        for (int round = 1; round <= rounds; round++) {
            run(round, round % 2 == 1 ? rolling : single);
            run(round, round % 2 == 1 ? single : rolling);
        }
        printMedians(rolling);
        printMedians(single);
        printRatio("all rounds", Double.MAX_VALUE);
        printRatio("rounds in which the idle thread was never more than 5 ms late", QUIET_US);
        printCosts();
    }

    private void run(final int round, final Contender contender) throws IOException {
        final Histogram times = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        long waitedNs = 0;
        final int rolls;
        final Hiccups hiccups;
        try (RecordStream stream = new RecordStream(contender.segmentBytes, contender.threads)) {
            for (int i = 0; i < WARMUP_BATCHES; i++) {
                stream.write(records);
            }
            final int before = contender.costs.rolledBatchNs.size();
            hiccups = new Hiccups();
            try (hiccups) {
                for (int i = 0; i < batches; i++) {
                    if (!stream.fits(records)) {
                        waitedNs += awaitRoom(stream);
                    }
                    times.recordValue(measure(stream, contender.costs));
                }
            }
            rolls = contender.costs.rolledBatchNs.size() - before;
        }
        final double[] row = new double[PERCENTILES.length + 1];
        for (int i = 0; i < PERCENTILES.length; i++) {
            row[i] = times.getValueAtPercentile(PERCENTILES[i]) / 1e3;
        }
        row[IDLE] = hiccups.late().getMaxValue() / 1e3;
        contender.rounds.add(row);
        print(
                "%5d %-22s %8.0f %8.0f %8.0f %8.0f %8.0f %6d   %.0f, %.0f%s",
                round,
                contender.name,
                row[0],
                row[1],
                row[2],
                row[3],
                row[4],
                rolls,
                hiccups.late().getValueAtPercentile(99.99) / 1e3,
                row[IDLE],
                waitedNs > 0 ? "  waited for room, ms=" + waitedNs / 1_000_000 : "");
    }

    /** One batch; returns the time of its append and force, without its encoding. */
    private long measure(final RecordStream stream, final Costs costs) throws IOException {
        final Path file = stream.segmentFile();
        stream.encode(records);
        final long startCpuNs = THREADS.getCurrentThreadCpuTime();
        final long startNs = System.nanoTime();
        stream.append();
        final long appendedNs = System.nanoTime();
        final long cpuNs = THREADS.getCurrentThreadCpuTime() - startCpuNs;
        final long beforeForceNs = System.nanoTime();
        stream.force();
        final long batchNs = appendedNs - startNs + System.nanoTime() - beforeForceNs;
        if (file.equals(stream.segmentFile())) {
            costs.wallNs.recordValue(appendedNs - startNs);
            costs.cpuNs.recordValue(cpuNs);
        } else {
            costs.rolledWallNs.add((double) (appendedNs - startNs));
            costs.rolledCpuNs.add((double) cpuNs);
            costs.rolledBatchNs.add((double) batchNs);
        }
        return batchNs;
    }

    /** A server answers 507 meanwhile. */
    private long awaitRoom(final RecordStream stream) {
        final long startNs = System.nanoTime();
        while (!stream.fits(records)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        return System.nanoTime() - startNs;
    }

    private void printMedians(final Contender contender) {
        print(
                "%5s %-22s %8.0f %8.0f %8.0f %8.0f %8.0f",
                "med.",
                contender.name,
                median(contender.column(0)),
                median(contender.column(1)),
                median(contender.column(2)),
                median(contender.column(3)),
                median(contender.column(4)));
    }

    private void printRatio(final String which, final double latestUs) {
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rolling.rounds.size(); i++) {
            final double[] with = rolling.rounds.get(i);
            final double[] without = single.rounds.get(i);
            if (Math.max(with[IDLE], without[IDLE]) <= latestUs) {
                ratios.add(with[P9999] / without[P9999]);
            }
        }
        if (ratios.isEmpty()) {
            print("p99.99 with rolls / without, %s: there was none", which);
        } else {
            print(
                    "p99.99 with rolls / without, %s, %d: median %.2f (%.2f to %.2f)",
                    which, ratios.size(), median(ratios), Collections.min(ratios), Collections.max(ratios));
        }
    }

    private void printCosts() {
        final Costs costs = rolling.costs;
        print("append alone, us, in segments of 64 MB, median (p99.99 or most)");
        print(
                "  that did not roll: wall %.1f (%.0f), cpu %.1f (%.0f)",
                costs.wallNs.getValueAtPercentile(50) / 1e3,
                costs.wallNs.getValueAtPercentile(99.99) / 1e3,
                costs.cpuNs.getValueAtPercentile(50) / 1e3,
                costs.cpuNs.getValueAtPercentile(99.99) / 1e3);
        if (!costs.rolledWallNs.isEmpty()) {
            print(
                    "  that rolled, %d: wall %.1f (%.0f), cpu %.1f (%.0f); with its force %.0f (%.0f)",
                    costs.rolledWallNs.size(),
                    median(costs.rolledWallNs) / 1e3,
                    Collections.max(costs.rolledWallNs) / 1e3,
                    median(costs.rolledCpuNs) / 1e3,
                    Collections.max(costs.rolledCpuNs) / 1e3,
                    median(costs.rolledBatchNs) / 1e3,
                    Collections.max(costs.rolledBatchNs) / 1e3);
        }
    }

    private static double median(final List<Double> values) {
        final List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private void print(final String format, final Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
