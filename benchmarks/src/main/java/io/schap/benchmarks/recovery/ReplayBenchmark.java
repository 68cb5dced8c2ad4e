package io.schap.benchmarks.recovery;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.pipeline.StreamSender;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.EnginePort;
import io.schap.engine.journal.BatchDecoder;
import io.schap.engine.journal.Durability;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.recovery.RecoveryPlan;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Replay of a journal of the mixed stream, every check included, beside apply of the same commands out of memory. Both
 * begin with an empty ledger each round, and must end with the same state hash.
 *
 * <p>Run: {@code java @config/jvm.options -Xmx8g -Xms8g -XX:+UseParallelGC -XX:+UseTransparentHugePages -cp
 * benchmarks/target/benchmarks.jar io.schap.benchmarks.recovery.ReplayBenchmark [directory]}; system properties {@code
 * rounds} (5), {@code commands} (3,000,000).
 */
public final class ReplayBenchmark {

    private static final int CREDITS = 1_024;

    private final List<byte[]> batches = new ArrayList<>();
    private final List<int[]> frames = new ArrayList<>();
    private final List<long[]> heads = new ArrayList<>();
    private long commands;
    private long stateHash;

    private ReplayBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param arguments where the journal lies; the temporary directory when empty.
     * @throws IOException when the journal cannot be written or read.
     */
    public static void main(final String[] arguments) throws IOException {
        final PrintStream out = System.out;
        final Path parent = Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
        final Path directory = Files.createTempDirectory(parent, "schap-replay");
        try {
            writeJournal(directory);
            final ReplayBenchmark benchmark = new ReplayBenchmark();
            new JournalReader(directory).read((batch, file, offset) -> benchmark.remember(batch));
            out.println("commands in the journal: " + benchmark.commands);
            new Rounds(Integer.getInteger("rounds", 5), out)
                    .with("apply out of memory", benchmark::apply)
                    .with("replay of the journal", stopwatch -> benchmark.replay(directory, stopwatch))
                    .run();
        } finally {
            delete(directory);
        }
    }

    private static void writeJournal(final Path directory) throws IOException {
        final Chain chain = new Chain(200, 5_000, 200, 10_000_000, 1_000_000);
        final EngineContext context = new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.PROCESS)
                .report(line -> {});
        try (Engine engine = Engine.launch(context);
                EnginePort port = engine.openPort(() -> {}, CREDITS)) {
            final StreamSender sender = new StreamSender(port);
            sender.open(chain);
            sender.play(
                    new MixedStream(chain, new MixedStream.Traffic(1_000_000, true, true, 3)),
                    Integer.getInteger("commands", 3_000_000));
        }
    }

    private void remember(final BatchDecoder batch) {
        final int count = batch.count();
        final int[] places = new int[2 * count];
        int bytes = 0;
        byte[] copy = new byte[1 << 12];
        for (int i = 0; batch.next(); i++) {
            final int length = batch.commandLength();
            if (bytes + length > copy.length) {
                copy = java.util.Arrays.copyOf(copy, Math.max(copy.length * 2, bytes + length));
            }
            batch.buffer().getBytes(batch.commandOffset(), copy, bytes, length);
            places[2 * i] = bytes;
            places[2 * i + 1] = length;
            bytes += length;
        }
        batches.add(java.util.Arrays.copyOf(copy, bytes));
        frames.add(places);
        heads.add(new long[] {batch.firstSequence(), batch.timeMs()});
        commands += count;
    }

    private long apply(final Rounds.Stopwatch stopwatch) {
        final StockLedger ledger = new StockLedger();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
        stopwatch.start();
        for (int i = 0; i < batches.size(); i++) {
            buffer.wrap(batches.get(i));
            applyBatch(ledger, buffer, frames.get(i), heads.get(i));
        }
        stopwatch.stop();
        checkHash(ledger);
        return commands;
    }

    private static void applyBatch(
            final StockLedger ledger, final UnsafeBuffer buffer, final int[] places, final long[] head) {
        final int count = places.length / 2;
        for (int i = 0; i < count; i++) {
            if (i % StockLedger.LOOK_AHEAD == 0) {
                for (int j = i; j < Math.min(i + StockLedger.LOOK_AHEAD, count); j++) {
                    ledger.announce(buffer, places[2 * j], places[2 * j + 1]);
                }
                ledger.readAhead();
            }
            ledger.apply(head[0] + i, head[1], buffer, places[2 * i], places[2 * i + 1], EffectSink.NONE);
        }
    }

    private long replay(final Path directory, final Rounds.Stopwatch stopwatch) {
        final StockLedger ledger = new StockLedger();
        try {
            stopwatch.start();
            RecoveryPlan.compute(directory).run(ledger, EffectSink.NONE, System.currentTimeMillis());
            stopwatch.stop();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        checkHash(ledger);
        return commands;
    }

    private void checkHash(final StockLedger ledger) {
        if (stateHash == 0) {
            stateHash = ledger.stateHash();
        }
        if (ledger.stateHash() != stateHash) {
            throw new IllegalStateException("the state differs: sequence=" + ledger.lastSequence());
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
