package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The command line in a JVM of its own, as a person runs it; its output lies in files. */
final class SchapProcess implements AutoCloseable {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final Path out;
    private final Path err;

    private SchapProcess(final Process process, final Path out, final Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static SchapProcess start(final Path directory, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Djava.io.tmpdir=" + directory);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Schap.class.getName()));
        command.addAll(List.of(arguments));
        final Path out = Files.createTempFile(directory, "out", ".txt");
        final Path err = Files.createTempFile(directory, "err", ".txt");
        final Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new SchapProcess(process, out, err);
    }

    /** Runs a command to its end. */
    static SchapProcess run(final Path directory, final String... arguments) throws IOException, InterruptedException {
        final SchapProcess run = start(directory, arguments);
        run.awaitEnd();
        return run;
    }

    /** Waits for a line on standard output. */
    String awaitLine(final Predicate<String> wanted) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (true) {
            final boolean ended = !process.isAlive();
            final String text = Files.readString(out);
            final String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            final var line = whole.lines().filter(wanted).findFirst();
            if (line.isPresent()) {
                return line.get();
            }
            assertTrue(!ended && System.nanoTime() - deadlineNs < 0, () -> "no such line: " + text + errQuietly());
            Thread.onSpinWait();
        }
    }

    int awaitEnd() throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it did not end");
        return process.exitValue();
    }

    /** SIGTERM. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    int status() {
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    private String errQuietly() {
        try {
            return err();
        } catch (final IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
