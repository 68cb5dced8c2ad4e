package io.schap.loadtest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server of our own in a process of its own, made of the classes that this JVM runs with. */
final class ServerProcess implements AutoCloseable {

    private static final String MAIN_CLASS = "io.schap.gateway.cli.Schap";
    private static final String READY = "ready ";
    private static final int READY_TIMEOUT_S = 120;
    private static final int STOP_TIMEOUT_S = 30;

    private final Process process;
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    private ServerProcess(final Process process) {
        this.process = process;
    }

    /**
     * Starts a server and waits until it takes commands.
     *
     * @param dataDirectory where its journal lies.
     * @param durability    disk, process or memory.
     * @param log           is told each line that it prints, on a thread of its own.
     * @throws IOException when it ends, or prints no ready line in time.
     */
    static ServerProcess launch(final Path dataDirectory, final String durability, final Consumer<String> log)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + jvmOptions(),
                "-Xmx2g",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                MAIN_CLASS,
                "serve",
                "--data",
                dataDirectory.toString(),
                "--port",
                "0",
                "--durability",
                durability));
        final ServerProcess server = new ServerProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        final Thread reader = new Thread(() -> server.read(log), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            server.address.get(READY_TIMEOUT_S, TimeUnit.SECONDS);
            return server;
        } catch (final ExecutionException | TimeoutException e) {
            server.kill();
            throw new IOException("the server did not get ready: data=" + dataDirectory, e);
        }
    }

    /** Where it listens, as {@code http://HOST:PORT}. */
    URI address() {
        return address.join();
    }

    /** Processor time that it has used so far; zero where the system does not tell. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it as kill -9 does, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end (SIGTERM) and returns its exit status. */
    int stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
            kill();
            throw new IOException("the server did not stop: timeoutSeconds=" + STOP_TIMEOUT_S);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read(final Consumer<String> log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.accept(line);
                if (line.startsWith(READY)) {
                    address.complete(URI.create(line.substring(READY.length()).trim()));
                }
            }
        } catch (final IOException e) {
            log.accept("the server's output was cut: " + e.getMessage());
        }
        address.completeExceptionally(new IOException("the server ended before it was ready"));
    }

    /** The options that every JVM of ours runs with: {@code config/jvm.options} here or in a directory above. */
    private static Path jvmOptions() throws IOException {
        final Path start = Path.of("").toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            final Path options = directory.resolve("config").resolve("jvm.options");
            if (Files.isReadable(options)) {
                return options;
            }
        }
        throw new IOException("config/jvm.options was not found: start=" + start);
    }

    private static String absolute(final String classPath) {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(classPath)
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
