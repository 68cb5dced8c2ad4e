package io.schap.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Contenders that take turns, round after round, so that a machine which drifts drifts under all of them. Each round
 * gives every contender's time by the wall and by the processor; the medians over the rounds, and their quotient with
 * the first contender, are what counts. On a machine that others use too, processor time is the steadier of the two.
 */
public final class Rounds {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final PrintStream out;
    private final List<Entry> entries = new ArrayList<>();

    /** Does a piece of work on the calling thread, and says how much. */
    @FunctionalInterface
    public interface Contender {
        /**
         * Works, and times the parts that count.
         *
         * @param stopwatch runs only while what is measured runs.
         * @return how many operations were done.
         */
        long work(Stopwatch stopwatch);
    }

    private record Entry(String name, Contender contender, double[] wallNs, double[] cpuNs) {}

    /** Sums up the time of the measured parts of a round. */
    public static final class Stopwatch {
        private long wallNs;
        private long cpuNs;

        /** A measured part begins. */
        public void start() {
            cpuNs -= THREADS.getCurrentThreadCpuTime();
            wallNs -= System.nanoTime();
        }

        /** A measured part ends. */
        public void stop() {
            wallNs += System.nanoTime();
            cpuNs += THREADS.getCurrentThreadCpuTime();
        }
    }

    /**
     * Rounds to come.
     *
     * @param rounds how many, odd for a median that was measured.
     * @param out    where results are printed.
     */
    public Rounds(final int rounds, final PrintStream out) {
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Adds a contender; the first is the one that the others are compared with.
     *
     * @param name      as printed.
     * @param contender does the work.
     * @return this.
     */
    public Rounds with(final String name, final Contender contender) {
        entries.add(new Entry(name, contender, new double[rounds], new double[rounds]));
        return this;
    }

    /**
     * Runs all rounds and prints the results.
     *
     * @return the median processor time of an operation, in nanoseconds, by contender.
     */
    public double[] run() {
        for (int round = 0; round < rounds; round++) {
            for (final Entry entry : entries) {
                final Stopwatch stopwatch = new Stopwatch();
                final long operations = entry.contender().work(stopwatch);
                entry.wallNs()[round] = (double) stopwatch.wallNs / operations;
                entry.cpuNs()[round] = (double) stopwatch.cpuNs / operations;
            }
        }
        final double first = median(entries.get(0).cpuNs());
        print("%-44s %9s %9s %19s %9s %7s", "", "cpu ns/op", "cpu M/s", "cpu ns min..max", "wall M/s", "x first");
        final double[] medians = new double[entries.size()];
        for (int i = 0; i < medians.length; i++) {
            final Entry entry = entries.get(i);
            medians[i] = median(entry.cpuNs());
            print(
                    "%-44s %9.1f %9.2f %9.1f..%8.1f %9.2f %7.2f",
                    entry.name(),
                    medians[i],
                    1e3 / medians[i],
                    Arrays.stream(entry.cpuNs()).min().orElseThrow(),
                    Arrays.stream(entry.cpuNs()).max().orElseThrow(),
                    1e3 / median(entry.wallNs()),
                    first / medians[i]);
        }
        return medians;
    }

    private void print(final String format, final Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
