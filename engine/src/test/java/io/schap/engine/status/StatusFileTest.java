package io.schap.engine.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusFileTest {

    @TempDir
    private Path directory;

    @Test
    void shouldShowAReaderWhatWasWritten() throws IOException {
        try (StatusFile file = StatusFile.create(directory)) {
            file.set(StatusCounter.STATE, EngineState.RUNNING.ordinal());
            file.set(StatusCounter.PID, ProcessHandle.current().pid());
            file.add(StatusCounter.COMMANDS, 5);
            file.add(StatusCounter.COMMANDS, 6);
            file.countAnswer(ResultCode.INSUFFICIENT_STOCK.ordinal());
            final StatusReader reader = StatusReader.read(directory);
            assertEquals(EngineState.RUNNING, reader.state());
            assertTrue(reader.isProcessAlive());
            assertEquals(11, reader.value(StatusCounter.COMMANDS));
            assertEquals(1, reader.counters().get("answers.insufficient.stock"));
            assertEquals(0, reader.counters().get("answers.ok"));
            assertNull(reader.lastFault());
        }
    }

    @Test
    void shouldStayReadableWhenItsWriterIsGone() throws IOException {
        try (StatusFile file = StatusFile.create(directory)) {
            file.set(StatusCounter.LAST_SEQUENCE, 77);
            file.fault(new IllegalStateException("what: name=value"), 1_234);
        }
        final StatusReader reader = StatusReader.read(directory);
        assertEquals(77, reader.value(StatusCounter.LAST_SEQUENCE));
        assertEquals(1, reader.value(StatusCounter.FAULTS));
        assertEquals(1_234, reader.value(StatusCounter.FAULT_MS));
        assertTrue(reader.lastFault().startsWith("java.lang.IllegalStateException: what: name=value"));
        assertTrue(reader.lines().stream().anyMatch(line -> line.contains("what: name=value")));
    }

    @Test
    void shouldCutAFaultsTextBetweenCharacters() throws IOException {
        try (StatusFile file = StatusFile.create(directory)) {
            file.fault(new IllegalStateException("x" + "é".repeat(2_000)), 1);
        }
        final String fault = StatusReader.read(directory).lastFault();
        assertFalse(fault.contains("\ufffd"));
        assertTrue(fault.endsWith("é"));
    }

    @Test
    void shouldBeginAnewWithEachRun() throws IOException {
        try (StatusFile file = StatusFile.create(directory)) {
            file.add(StatusCounter.COMMANDS, 5);
        }
        try (StatusFile file = StatusFile.create(directory)) {
            file.add(StatusCounter.BATCHES, 1);
            assertEquals(0, StatusReader.read(directory).value(StatusCounter.COMMANDS));
        }
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws IOException {
        assertThrows(IOException.class, () -> StatusReader.read(directory));
        Files.write(directory.resolve("status.dat"), new byte[5_000]);
        assertThrows(IOException.class, () -> StatusReader.read(directory));
        Files.write(directory.resolve("status.dat"), new byte[10]);
        assertThrows(IOException.class, () -> StatusReader.read(directory));
    }

    @Test
    void shouldPutEachValueIntoTheBucketOfItsBounds() {
        long previousHighest = -1;
        for (int i = 0; i < HistogramBuckets.COUNT; i++) {
            final long highest = HistogramBuckets.highestOf(i);
            assertEquals(i, HistogramBuckets.indexOf(highest));
            assertEquals(i, HistogramBuckets.indexOf(previousHighest + 1));
            previousHighest = highest;
        }
        assertEquals(HistogramBuckets.COUNT - 1, HistogramBuckets.indexOf(Long.MAX_VALUE));
        assertEquals(0, HistogramBuckets.indexOf(-5));
    }

    @Test
    void shouldTellPercentilesWithinABucketOfTheExactOnes() throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("StatusFileTest seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final long[] values = new long[10_000];
        try (StatusFile file = StatusFile.create(directory)) {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextLong(1L << random.nextInt(1, 38));
                file.record(StatusHistogram.FORCE_NS, values[i]);
            }
        }
        Arrays.sort(values);
        final HistogramReading reading = StatusReader.read(directory).histogram(StatusHistogram.FORCE_NS);
        assertEquals(values.length, reading.count());
        assertEquals(values[values.length - 1], reading.max());
        assertEquals(Arrays.stream(values).average().orElseThrow(), reading.mean(), 1e-3);
        for (final double percentile : new double[] {1, 50, 90, 99, 99.9, 100}) {
            final long exact = values[(int) Math.ceil(values.length * percentile / 100) - 1];
            final long told = reading.percentile(percentile);
            assertTrue(
                    told >= exact && told <= exact + exact / 32 + 1,
                    percentile + "%: exact=" + exact + ", told=" + told);
        }
    }
}
