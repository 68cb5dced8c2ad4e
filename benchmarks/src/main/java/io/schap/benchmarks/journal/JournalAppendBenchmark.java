package io.schap.benchmarks.journal;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 500 batches of records of 72 bytes, each encoded with its checksum, appended and forced; beside its rival, a plain
 * preallocated file that takes the same records with one write and one force a batch. Both stay within one prepared file
 * and nothing is prepared meanwhile: what a segment's end costs is {@link JournalRollTrial}'s.
 *
 * <p>The score is for all 500: divide it by 500 and by the records for one record with its share of the force. Run: {@code
 * java @config/jvm.options -jar benchmarks/target/benchmarks.jar JournalAppend}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, batchSize = JournalAppendBenchmark.BATCHES)
@Measurement(iterations = 12, batchSize = JournalAppendBenchmark.BATCHES)
@Fork(2)
public class JournalAppendBenchmark {

    static final int BATCHES = 500;

    private static final long FILE_BYTES = 32 << 20;

    /** Records a batch, which is records a force. */
    @Param({"1", "64", "512"})
    public int records;

    /** A journal with its spare segment ready. */
    @State(Scope.Thread)
    public static class Journal {
        private RecordStream stream;

        /** Begins a journal. */
        @Setup(Level.Iteration)
        public void open() throws IOException {
            stream = new RecordStream(FILE_BYTES, RecordStream.PREPARING);
            while (!stream.isSpareReady()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }

        /** Checks what was written. */
        @TearDown(Level.Iteration)
        public void close() throws IOException {
            stream.close();
        }
    }

    /** A preallocated file. */
    @State(Scope.Thread)
    public static class Plain {
        private PlainFile file;

        /** Makes the file. */
        @Setup(Level.Iteration)
        public void open() throws IOException {
            file = new PlainFile(FILE_BYTES);
        }

        /** Checks what was written. */
        @TearDown(Level.Iteration)
        public void close() throws IOException {
            file.close();
        }
    }

    /** The journal. */
    @Benchmark
    public void journal(final Journal journal) throws IOException {
        journal.stream.write(records);
    }

    /** The rival. */
    @Benchmark
    public void plainPreallocatedFile(final Plain plain) throws IOException {
        plain.file.write(records);
    }
}
