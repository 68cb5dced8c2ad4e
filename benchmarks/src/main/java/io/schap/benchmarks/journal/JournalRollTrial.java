package io.schap.benchmarks.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What a segment's end costs: the time of append and force over many ends, with the next segments prepared in the
 * background meanwhile, beside the same number of batches in one large segment without either. The two take turns.
 *
 * <p>Run: {@code java @config/jvm.options -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.journal.JournalRollTrial [RECORDS] [BATCHES] [ROUNDS]}; 64 records, 40,000 batches and 3 rounds when
 * left out.
 */
public final class JournalRollTrial {

    private static final long SEGMENT_BYTES = 64 << 20;
    private static final long LARGE_BYTES = 1 << 30;
    private static final int WARMUP_BATCHES = 2_000;

    private final int records;
    private final int batches;

    private JournalRollTrial(final int records, final int batches) {
        this.records = records;
        this.batches = batches;
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
        final int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        final JournalRollTrial trial = new JournalRollTrial(records, batches);
        System.out.printf("append and force, us; records a batch=%d, batches=%d%n", records, batches);
        System.out.printf("%-28s %8s %8s %8s %8s %8s %6s%n", "", "p50", "p99", "p99.9", "p99.99", "max", "rolls");
        for (int round = 0; round < rounds; round++) {
            trial.run("segments of 64 MB", SEGMENT_BYTES, RecordStream.PREPARING);
            trial.run("one segment of 1 GB", LARGE_BYTES, RecordStream.IDLE);
        }
    }

    private void run(final String name, final long segmentBytes, final ThreadFactory threads) throws IOException {
        final Histogram times = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        int rolls = 0;
        long waitedNs = 0;
        try (RecordStream stream = new RecordStream(segmentBytes, threads)) {
            for (int i = 0; i < WARMUP_BATCHES; i++) {
                stream.write(records);
            }
            Path file = stream.segmentFile();
            for (int i = 0; i < batches; i++) {
                if (!stream.fits(records)) {
                    waitedNs += awaitRoom(stream);
                }
                final long startNs = System.nanoTime();
                stream.write(records);
                times.recordValue(System.nanoTime() - startNs);
                if (!file.equals(stream.segmentFile())) {
                    file = stream.segmentFile();
                    rolls++;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-28s %8.0f %8.0f %8.0f %8.0f %8.0f %6d%s%n",
                name,
                times.getValueAtPercentile(50) / 1e3,
                times.getValueAtPercentile(99) / 1e3,
                times.getValueAtPercentile(99.9) / 1e3,
                times.getValueAtPercentile(99.99) / 1e3,
                times.getMaxValue() / 1e3,
                rolls,
                waitedNs > 0 ? "  waited for room, ms=" + waitedNs / 1_000_000 : "");
    }

    /** A server answers 507 meanwhile. */
    private long awaitRoom(final RecordStream stream) {
        final long startNs = System.nanoTime();
        while (!stream.fits(records)) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
        return System.nanoTime() - startNs;
    }
}
