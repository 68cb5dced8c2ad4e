package io.schap.gateway.cli;

import io.schap.engine.status.EngineState;
import io.schap.engine.status.HistogramReading;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the counters file of a running or dead server. It asks the server nothing and does not slow it. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the counters of a running or dead server: its state, its last fault, how many commands, batches and "
                    + "forces, and how long they took.",
            "Times are in nanoseconds where the name ends in .ns. Percentiles are at most 1/32 too high; max is exact."
        },
        footer = {"", "Example:", "  bin/schap stat --data /var/lib/schap"})
final class StatCommand implements Callable<Integer> {

    /** Shown with a date. */
    private static final Set<StatusCounter> TIMES = Set.of(
            StatusCounter.STARTED_MS, StatusCounter.UPDATED_MS, StatusCounter.LAST_TIME_MS, StatusCounter.FAULT_MS);

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The server's data directory.")
    private Path data;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(data)) {
            throw new CommandFault(CommandFault.FAILED, "there is no directory " + data);
        }
        final StatusReader status;
        try {
            status = StatusReader.read(data);
        } catch (final NoSuchFileException e) {
            throw new CommandFault(
                    CommandFault.FAILED, "no server has run on " + data + ": " + e.getFile() + " is missing", e);
        }
        final PrintWriter out = spec.commandLine().getOut();
        printState(out, status);
        printCounters(out, status);
        printHistograms(out, status);
        out.flush();
        return 0;
    }

    private static void printState(final PrintWriter out, final StatusReader status) {
        final long pid = status.value(StatusCounter.PID);
        final EngineState state = status.state();
        final boolean ended = state == EngineState.CLOSED || state == EngineState.HALTED;
        final String process = status.isProcessAlive() ? "alive" : ended ? "gone" : "gone, without an end in order";
        row(out, "state", state.name());
        row(out, "process", pid + " (" + process + ")");
        final String fault = status.lastFault();
        if (fault == null) {
            row(out, "last fault", "none");
        } else {
            row(out, "last fault", time(status.value(StatusCounter.FAULT_MS)));
            fault.lines().forEach(line -> out.println("    " + line.replace("\t", "  ")));
        }
    }

    private static void printCounters(final PrintWriter out, final StatusReader status) {
        for (final Map.Entry<String, Long> counter : status.counters().entrySet()) {
            final String label = counter.getKey();
            if (label.equals(StatusCounter.STATE.label())
                    || label.equals(StatusCounter.PID.label())
                    || label.startsWith("answers.") && counter.getValue() == 0) {
                continue;
            }
            row(out, label, isTime(label) ? time(counter.getValue()) : text("%,d", counter.getValue()));
        }
    }

    private static void printHistograms(final PrintWriter out, final StatusReader status) {
        out.println();
        out.println(text(
                "%-24s %12s %12s %12s %12s %12s %12s %12s",
                "a batch", "count", "mean", "p50", "p90", "p99", "p99.9", "max"));
        for (final HistogramReading histogram : status.histograms()) {
            out.println(text(
                    "%-24s %,12d %,12.0f %,12d %,12d %,12d %,12d %,12d",
                    histogram.label(),
                    histogram.count(),
                    histogram.mean(),
                    histogram.percentile(50),
                    histogram.percentile(90),
                    histogram.percentile(99),
                    histogram.percentile(99.9),
                    histogram.max()));
        }
    }

    private static boolean isTime(final String label) {
        return TIMES.stream().anyMatch(counter -> counter.label().equals(label));
    }

    private static String time(final long timeMs) {
        return timeMs == 0 ? "never" : Instant.ofEpochMilli(timeMs).toString();
    }

    private static void row(final PrintWriter out, final String name, final String value) {
        out.println(text("%-28s %s", name, value));
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
