package io.schap.benchmarks.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Random read and release store of 16-byte cells: pages of {@code long[]} on the heap against Agrona buffers off it, both
 * where the heap may use huge pages. Off the heap the kernel decides by its own setting, which the heap's flag does not
 * change. Each trial checks that every access was counted.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xms4g",
            "-Xmx4g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseTransparentHugePages",
            "-XX:MaxDirectMemorySize=2g"
        })
public class PageAccessBenchmark {

    private static final int ACCESSES = 1_024;
    private static final int PAGE_SHIFT = 14;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    /** Cells of 16 bytes. */
    @Param({"1000000", "10000000", "50000000"})
    private int cells;

    private long[][] heapPages;
    private UnsafeBuffer[] offHeapPages;
    private long random = 88_172_645_463_325_252L;
    private long accesses;

    /** Makes both kinds of pages. */
    @Setup
    public void makePages() {
        final int pages = (int) ((2L * cells >>> PAGE_SHIFT) + 1);
        heapPages = new long[pages][1 << PAGE_SHIFT];
        offHeapPages = new UnsafeBuffer[pages];
        for (int i = 0; i < pages; i++) {
            offHeapPages[i] = new UnsafeBuffer(ByteBuffer.allocateDirect(8 << PAGE_SHIFT));
        }
    }

    /** Every access added one to one word. */
    @TearDown
    public void checkSum() {
        long sum = 0;
        for (int page = 0; page < heapPages.length; page++) {
            for (int i = 0; i <= PAGE_MASK; i++) {
                sum += heapPages[page][i] + offHeapPages[page].getLong(i << 3);
            }
        }
        if (sum != accesses) {
            throw new AssertionError("accesses=" + accesses + ", sum=" + sum);
        }
    }

    /** Pages on the heap, as the ledger has them. */
    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void heap() {
        for (int i = 0; i < ACCESSES; i++) {
            final long word = 2L * nextCell();
            final long[] page = heapPages[(int) (word >>> PAGE_SHIFT)];
            final int at = (int) word & PAGE_MASK;
            WORD.setRelease(page, at, page[at] + 1);
        }
        accesses += ACCESSES;
    }

    /** The rival: pages off the heap behind Agrona's buffers. */
    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void offHeap() {
        for (int i = 0; i < ACCESSES; i++) {
            final long word = 2L * nextCell();
            final UnsafeBuffer page = offHeapPages[(int) (word >>> PAGE_SHIFT)];
            final int at = ((int) word & PAGE_MASK) << 3;
            page.putLongOrdered(at, page.getLong(at) + 1);
        }
        accesses += ACCESSES;
    }

    private int nextCell() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) * cells >>> 31);
    }
}
