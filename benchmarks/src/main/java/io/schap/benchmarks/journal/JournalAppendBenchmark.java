package io.schap.benchmarks.journal;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Batches of records of 72 bytes, each encoded with its checksum, appended and forced; beside its rival, a plain
 * preallocated file that takes the same records with one write and one force a batch. The two take turns in blocks of 50
 * batches, so that a machine which drifts drifts under both, and begin new files every round. Both stay within one prepared
 * file and nothing is prepared meanwhile: what a segment's end costs is {@link JournalRollTrial}'s.
 *
 * <p>Run: {@code java @config/jvm.options -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.journal.JournalAppendBenchmark [ROUNDS] [BLOCKS]}; 5 rounds of 20 blocks each when left out.
 */
public final class JournalAppendBenchmark {

    private static final int[] RECORDS = {1, 64, 512};
    private static final int BLOCK = 50;
    private static final int WARMUP_BLOCKS = 10;
    private static final long FILE_BYTES = 128 << 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int records;
    private final Side journal = new Side();
    private final Side plain = new Side();
    private final List<Double> ratios = new ArrayList<>();

    /** Writes and forces one batch. */
    @FunctionalInterface
    private interface BatchTarget {
        void write(int records) throws IOException;
    }

    /** What was seen of one of the two. */
    private static final class Side {
        private final Histogram timesNs = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        private long cpuNs;
        private long batches;

        private double percentile(final double percentile) {
            return timesNs.getValueAtPercentile(percentile);
        }
    }

    private JournalAppendBenchmark(final int records) {
        this.records = records;
    }

    /**
     * Measures and prints.
     *
     * @param arguments rounds, blocks a round.
     * @throws IOException when the disk fails.
     */
    public static void main(final String[] arguments) throws IOException {
        final PrintStream out = System.out;
        final int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        final int blocks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        print(out, "us a record; median (p10, p99) over %d batches a side", rounds * blocks * BLOCK);
        print(
                out,
                "%8s %26s %26s %9s %9s %22s %19s",
                "records",
                "journal",
                "plain file",
                "x median",
                "x p10",
                "x block by block",
                "cpu: journal, plain");
        for (final int records : RECORDS) {
            final JournalAppendBenchmark benchmark = new JournalAppendBenchmark(records);
            for (int round = 0; round < rounds; round++) {
                benchmark.run(blocks);
            }
            benchmark.print(out);
        }
    }

    private void run(final int blocks) throws IOException {
        try (RecordStream stream = new RecordStream(FILE_BYTES, RecordStream.IDLE);
                PlainFile file = new PlainFile(FILE_BYTES)) {
            for (int i = 0; i < WARMUP_BLOCKS; i++) {
                block(stream::write, new Side());
                block(file::write, new Side());
            }
            for (int i = 0; i < blocks; i++) {
                final double journalNs;
                final double plainNs;
                if (i % 2 == 0) {
                    journalNs = block(stream::write, journal);
                    plainNs = block(file::write, plain);
                } else {
                    plainNs = block(file::write, plain);
                    journalNs = block(stream::write, journal);
                }
                ratios.add(journalNs / plainNs);
            }
        }
    }

    /** Returns the block's median time of a batch. */
    private double block(final BatchTarget target, final Side side) throws IOException {
        final long[] times = new long[BLOCK];
        final long startCpuNs = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < BLOCK; i++) {
            final long startNs = System.nanoTime();
            target.write(records);
            times[i] = System.nanoTime() - startNs;
        }
        side.cpuNs += THREADS.getCurrentThreadCpuTime() - startCpuNs;
        side.batches += BLOCK;
        for (final long time : times) {
            side.timesNs.recordValue(time);
        }
        Arrays.sort(times);
        return times[BLOCK / 2];
    }

    private void print(final PrintStream out) {
        Collections.sort(ratios);
        print(
                out,
                "%8d %26s %26s %9.2f %9.2f %22s %19s",
                records,
                spread(journal),
                spread(plain),
                journal.percentile(50) / plain.percentile(50),
                journal.percentile(10) / plain.percentile(10),
                String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio(0.5), ratio(0.1), ratio(0.9)),
                String.format(Locale.ROOT, "%.2f, %.2f", cpuUs(journal), cpuUs(plain)));
    }

    private String spread(final Side side) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f, %.2f)",
                side.percentile(50) / 1e3 / records,
                side.percentile(10) / 1e3 / records,
                side.percentile(99) / 1e3 / records);
    }

    private double cpuUs(final Side side) {
        return side.cpuNs / 1e3 / side.batches / records;
    }

    private double ratio(final double share) {
        return ratios.get((int) (share * (ratios.size() - 1)));
    }

    private static void print(final PrintStream out, final String format, final Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
