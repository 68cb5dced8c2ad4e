package io.schap.benchmarks.pipeline;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.EnginePort;
import io.schap.engine.journal.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * From the ring to the answer in one process: one thread offers the mixed stream with up to 1,024 commands under way, the
 * writer journals, forces and applies. Once for each durability, which are each other's rivals. The column that counts is
 * the wall's, since two threads work; time to encode the commands is in it.
 *
 * <p>Run: {@code java @config/jvm.options -Xmx6g -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.pipeline.RingBenchmark [directory]}; system properties {@code rounds} (5), {@code commands} a round
 * (500,000).
 */
public final class RingBenchmark {

    private static final int CREDITS = 1_024;

    private RingBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param arguments where the journals lie, on the disk that is meant; the temporary directory when empty.
     * @throws IOException when a journal cannot be written.
     */
    public static void main(final String[] arguments) throws IOException {
        final PrintStream out = System.out;
        final Path parent = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
        final int commands = Integer.getInteger("commands", 500_000);
        final Rounds rounds = new Rounds(Integer.getInteger("rounds", 5), out);
        final List<AutoCloseable> open = new ArrayList<>();
        final Path directory = Files.createTempDirectory(parent, "schap-ring");
        try {
            for (final Durability durability : Durability.values()) {
                final String name = durability.name().toLowerCase(Locale.ROOT);
                final Engine engine = Engine.launch(new EngineContext()
                        .dataDirectory(Files.createDirectory(directory.resolve(name)))
                        .durability(durability)
                        .report(line -> {}));
                open.add(0, engine::close);
                final EnginePort port = engine.openPort(() -> {}, CREDITS);
                open.add(0, port::close);
                final Chain chain = new Chain(200, 500, 200, 10_000_000, 1_000_000);
                final StreamSender sender = new StreamSender(port);
                sender.open(chain);
                final MixedStream stream =
                        new MixedStream(chain, new MixedStream.Traffic(100_000, true, true, durability.ordinal()));
                sender.play(stream, commands);
                rounds.with("ring to answer, " + name, stopwatch -> {
                    stopwatch.start();
                    final long played = sender.play(stream, commands);
                    stopwatch.stop();
                    return played;
                });
            }
            rounds.run();
        } finally {
            closeAll(open);
            delete(directory);
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // AutoCloseable declares no narrower one
    private static void closeAll(final List<AutoCloseable> open) throws IOException {
        for (final AutoCloseable each : open) {
            try {
                each.close();
            } catch (final Exception e) {
                throw new IOException("an engine did not close", e);
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
