package io.schap.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Plays real sales against a server of its own and compares everything with a naive model. Exit status 0 when all is
 * equal, 1 otherwise.
 */
@Command(
        name = "retail-trial",
        mixinStandardHelpOptions = true,
        description = "Plays real sales over HTTP against a server of its own, and compares every line and every cell"
                + " with a naive model.")
public final class RetailTrial implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--files",
            defaultValue = "../shared/data/retail",
            description = "Directory of stores.csv, products.csv, stock.csv.gz and transactions.csv.gz"
                    + " (default: ${DEFAULT-VALUE}).")
    private Path files;

    @Option(names = "--lines", description = "Lines to play at most (default: all).")
    private int lines = Integer.MAX_VALUE;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "Connections, each with one request under way (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--durability", defaultValue = "disk", description = "disk, process or memory.")
    private String durability;

    @Option(
            names = "--kills",
            defaultValue = "0",
            description = "How often the server is killed with -9 on the way and started again"
                    + " (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--data", description = "The server's data directory (default: a temporary one).")
    private Path data;

    @Option(names = "--timeout", defaultValue = "900", description = "Seconds that the play may take.")
    private int timeoutSeconds;

    /**
     * Runs the trial.
     *
     * @param arguments see {@code --help}.
     */
    public static void main(final String[] arguments) {
        System.exit(new CommandLine(new RetailTrial()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        final PrintWriter out = spec.commandLine().getOut();
        final RetailFiles retail = new RetailFiles(files);
        if (!retail.arePresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "the retail files are not there: directory=" + files.toAbsolutePath());
        }
        final Path directory = data == null ? Files.createTempDirectory("schap-retail") : data;
        try {
            final RetailRun.Plan plan = new RetailRun.Plan(lines, connections, durability, kills, timeoutSeconds);
            final RetailReport report = new RetailRun(retail, directory, plan, line -> {
                        out.println("  " + line);
                        out.flush();
                    })
                    .run();
            report.print(out);
            return report.isEqual() ? 0 : 1;
        } finally {
            if (data == null) {
                delete(directory);
            }
        }
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (final Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
