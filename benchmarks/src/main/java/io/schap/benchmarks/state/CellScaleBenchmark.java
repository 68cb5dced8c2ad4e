package io.schap.benchmarks.state;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.CellStream;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.Splitter;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import io.schap.engine.view.StockView;
import java.io.PrintStream;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * What a command on a random cell costs as the chain grows from 100 thousand to 50 million cells, beside a bare read and
 * write of a random 16-byte cell of as many; and what a cell takes of the heap.
 *
 * <p>Run: {@code java @config/jvm.options -Xmx8g -Xms8g -XX:+UseParallelGC -XX:+UseTransparentHugePages -cp
 * benchmarks/target/benchmarks.jar io.schap.benchmarks.state.CellScaleBenchmark}; system properties {@code rounds} (7),
 * {@code commands} a round (1,000,000).
 */
public final class CellScaleBenchmark {

    private static final int STORES = 200;
    private static final int[] SIZES = {1_000_000, 100_000, 10_000_000, 50_000_000};
    private static final int CODE_OFFSET = 8;

    private final StockLedger ledger = new StockLedger();
    private final CellStream stream;
    private long sequence;

    private CellScaleBenchmark(final Chain chain, final String name, final PrintStream out) {
        stream = new CellStream(chain, 7);
        final long empty = usedHeap();
        chain.writeMasterData(this::apply);
        final long named = usedHeap();
        chain.writeOpeningStock(this::apply);
        final long filled = usedHeap();
        out.println(String.format(
                Locale.ROOT,
                "%s: %,d cells, %.1f bytes a cell; %.1f with stores, SKUs and their names (%d bytes a SKU)",
                name,
                chain.cells(),
                (double) (filled - named) / chain.cells(),
                (double) (filled - empty) / chain.cells(),
                (named - empty) / chain.skus()));
    }

    /**
     * Measures and prints.
     *
     * @param arguments none.
     */
    public static void main(final String[] arguments) {
        final PrintStream out = System.out;
        final int commands = Integer.getInteger("commands", 1_000_000);
        final Rounds rounds = new Rounds(Integer.getInteger("rounds", 7), out);
        final Rounds bare = new Rounds(Integer.getInteger("rounds", 7), out);
        for (final int cells : SIZES) {
            final Chain chain = Chain.dense(STORES, cells);
            final CellScaleBenchmark ledger = new CellScaleBenchmark(chain, "dense", out);
            ledger.work(2_000_000, new Rounds.Stopwatch());
            rounds.with(String.format(Locale.ROOT, "apply at %,d cells", cells), watch -> ledger.work(commands, watch));
        }
        final Chain sparse = new Chain(STORES, 1_000_000, 10, 10_000_000, 1_000_000);
        new CellScaleBenchmark(sparse, "sparse, every SKU in 10 of 200 stores", out).checkCells(sparse);
        rounds.run();
        for (final int cells : SIZES) {
            final long[] words = new long[2 * cells];
            bare.with(
                    String.format(Locale.ROOT, "bare cells at %,d cells", cells),
                    watch -> touch(words, 8_000_000, watch));
        }
        bare.run();
    }

    private long work(final int commands, final Rounds.Stopwatch stopwatch) {
        long worked = 0;
        while (worked < commands) {
            stream.writeChunk();
            stopwatch.start();
            stream.play(this::apply);
            stopwatch.stop();
            worked += CellStream.CHUNK;
        }
        return worked;
    }

    private void apply(final long timeMs, final DirectBuffer command, final int offset, final int length) {
        ledger.apply(++sequence, timeMs, command, offset, length, EffectSink.NONE);
        final int code = ledger.answer().getByte(CODE_OFFSET);
        if (code > ResultCode.CREATED.ordinal()) {
            throw new IllegalStateException(
                    "a command was refused: sequence=" + sequence + ", code=" + ResultCode.of(code));
        }
    }

    private void checkCells(final Chain chain) {
        final StockView view = new StockView(ledger);
        long units = 0;
        for (int cell = 0; cell < chain.cells(); cell++) {
            units += view.available(chain.storeOf(cell), chain.skuOf(cell));
        }
        if (units != (long) chain.cells() * Chain.OPENING_UNITS) {
            throw new IllegalStateException("units are missing: units=" + units);
        }
    }

    private static long touch(final long[] words, final int times, final Rounds.Stopwatch stopwatch) {
        final Splitter random = new Splitter(words.length);
        stopwatch.start();
        for (int i = 0; i < times; i++) {
            words[2 * random.below(words.length / 2)]++;
        }
        stopwatch.stop();
        return times;
    }

    private static long usedHeap() {
        final Runtime runtime = Runtime.getRuntime();
        System.gc();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
