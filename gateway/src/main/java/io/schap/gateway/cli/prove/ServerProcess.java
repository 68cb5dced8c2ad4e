package io.schap.gateway.cli.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own: this program with the command {@code serve}, and the flags of this JVM. */
public final class ServerProcess implements AutoCloseable {

    private static final String READY = "ready ";
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final URI address;

    private ServerProcess(final Process process, final URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a server and waits until it says that it is ready.
     *
     * @param log     gets what it says on standard error, after what is there.
     * @param options of {@code serve}.
     * @return the server, taking requests.
     * @throws IOException when it ends before it is ready; the message holds the last line that it said.
     */
    public static ServerProcess start(final Path log, final String... options) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.schap.gateway.cli.Schap", "serve"));
        command.addAll(List.of(options));
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        final BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, URI.create(line.substring(READY.length())));
            }
        }
        process.destroyForcibly();
        throw new IOException("the server ended before it was ready: " + lastLine(log));
    }

    /**
     * Where it listens.
     *
     * @return scheme, host and port.
     */
    public URI address() {
        return address;
    }

    /**
     * Its process.
     *
     * @return the id.
     */
    public long pid() {
        return process.pid();
    }

    /** Kills it with signal 9, which no process can catch. */
    public void kill() {
        process.destroyForcibly();
    }

    /**
     * Waits until it is gone.
     *
     * @throws InterruptedException when the thread is interrupted while it waits.
     */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /**
     * Asks it to stop, by SIGTERM, and waits for that.
     *
     * @return its exit status.
     * @throws IOException          when it does not stop in time; it is killed then.
     * @throws InterruptedException when the thread is interrupted while it waits.
     */
    public int stop() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
            awaitEnd();
            throw new IOException("the server did not stop in " + STOP_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Kills it if it still runs, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String lastLine(final Path log) throws IOException {
        final List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
