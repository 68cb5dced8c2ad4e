package io.schap.benchmarks.view;

import io.schap.benchmarks.stream.CellStream;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.Splitter;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import io.schap.engine.view.StockView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Availability of a random cell of 10 million, beside its rival: one bare acquire load of a random 16-byte cell of as
 * many. Both take what they read from a list that was drawn before. Each once alone and once beside a thread that applies
 * commands on random cells as fast as it can.
 *
 * <p>Run: {@code java @config/jvm.options -jar benchmarks/target/benchmarks.jar ViewRead}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xms5g", "-Xmx5g", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages"})
public class ViewReadBenchmark {

    private static final int STORES = 200;
    private static final int CELLS = 10_000_000;
    private static final int PICKS = 1 << 20;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final Chain chain = Chain.dense(STORES, CELLS);
    private final int[] picks = new int[PICKS];
    private final int[] stores = new int[PICKS];
    private final int[] skus = new int[PICKS];
    private final CellStream stream = new CellStream(chain, 11);
    private StockLedger ledger;
    private StockView view;
    private long[] bare;
    private long sequence;

    /** Where a thread is in the list, and what it reads into. */
    @State(Scope.Thread)
    public static class Cursor {
        private final CellReading reading = new CellReading();
        private int next;

        private int advance() {
            next = next + 1 & PICKS - 1;
            return next;
        }
    }

    /** Makes the chain, and the same number of bare cells. */
    @Setup
    public void makeChain() {
        ledger = new StockLedger();
        chain.writeMasterData(this::apply);
        chain.writeOpeningStock(this::apply);
        view = new StockView(ledger);
        view.publish(sequence);
        bare = new long[2 * CELLS];
        final Splitter random = new Splitter(5);
        for (int i = 0; i < PICKS; i++) {
            picks[i] = random.below(CELLS);
            stores[i] = chain.storeOf(picks[i]);
            skus[i] = chain.skuOf(picks[i]);
            if (view.available(stores[i], skus[i]) != Chain.OPENING_UNITS) {
                throw new IllegalStateException("a wrong answer: cell=" + picks[i]);
            }
        }
        for (int cell = 0; cell < CELLS; cell++) {
            bare[2 * cell] = Chain.OPENING_UNITS;
        }
    }

    private void apply(final long timeMs, final DirectBuffer command, final int offset, final int length) {
        sequence++;
        ledger.apply(sequence, timeMs, command, offset, length, EffectSink.NONE);
    }

    /** What a reservation can take: the hot path. */
    @Benchmark
    public int available(final Cursor cursor) {
        final int at = cursor.advance();
        return view.available(stores[at], skus[at]);
    }

    /** All quantities of a cell at one moment. */
    @Benchmark
    public int readCell(final Cursor cursor) {
        final int at = cursor.advance();
        view.readCell(stores[at], skus[at], cursor.reading);
        return cursor.reading.available();
    }

    /** The rival. */
    @Benchmark
    public long bareLoad(final Cursor cursor) {
        return (long) WORD.getAcquire(bare, 2 * picks[cursor.advance()]);
    }

    /** The hot path beside a writer. */
    @Benchmark
    @Group("availableBesideWriter")
    @GroupThreads(1)
    public int availableBesideWriter(final Cursor cursor) {
        return available(cursor);
    }

    /** The writer of the hot path's group: a chunk of commands, and its sequence. */
    @Benchmark
    @Group("availableBesideWriter")
    @GroupThreads(1)
    public void applyChunkBesideReader() {
        stream.writeChunk();
        stream.play(this::apply);
        view.publish(sequence);
    }

    /** The rival beside a writer. */
    @Benchmark
    @Group("bareLoadBesideWriter")
    @GroupThreads(1)
    public long bareLoadBesideWriter(final Cursor cursor) {
        return bareLoad(cursor);
    }

    /** The rival's writer: as many random cells as the ledger's writer takes, each stored with release. */
    @Benchmark
    @Group("bareLoadBesideWriter")
    @GroupThreads(1)
    public void storeChunkBesideReader(final Cursor cursor) {
        for (int i = 0; i < CellStream.CHUNK; i++) {
            final int at = 2 * picks[cursor.advance()];
            WORD.setRelease(bare, at, bare[at] + 1);
        }
    }
}
