package io.schap.engine.status;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the status file of a running or a dead engine, from any process. A reader holds what it found when it was made;
 * numbers of a running engine may be a batch apart from each other.
 */
public final class StatusReader {

    private final Map<String, Long> counters = new LinkedHashMap<>();
    private final List<HistogramReading> histograms = new ArrayList<>();
    private final String fault;

    private StatusReader(final UnsafeBuffer buffer) {
        final int counterCount = buffer.getInt(StatusLayout.COUNTERS_OFFSET);
        for (int i = 0; i < counterCount; i++) {
            final int offset = StatusLayout.counterOffset(i);
            final String label =
                    label(buffer, offset + StatusLayout.COUNTER_LABEL_OFFSET, StatusLayout.COUNTER_LABEL_BYTES);
            counters.put(label, buffer.getLong(offset));
        }
        final int buckets = buffer.getInt(StatusLayout.BUCKETS_OFFSET);
        for (int i = 0; i < buffer.getInt(StatusLayout.HISTOGRAMS_OFFSET); i++) {
            histograms.add(histogram(buffer, StatusLayout.histogramOffset(i, counterCount, buckets), buckets));
        }
        final int faultLength = buffer.getInt(StatusLayout.FAULT_LENGTH_OFFSET);
        fault = faultLength == 0 ? null : buffer.getStringWithoutLengthUtf8(StatusLayout.FAULT_OFFSET, faultLength);
    }

    /**
     * Reads the status file of a data directory.
     *
     * @param dataDirectory of a running or a dead engine.
     * @return what it holds now.
     * @throws IOException when there is none, or it is not one that this version can read.
     */
    public static StatusReader read(final Path dataDirectory) throws IOException {
        final Path path = dataDirectory.resolve(StatusLayout.FILE_NAME);
        final byte[] bytes = Files.readAllBytes(path);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.wrap(bytes));
        if (bytes.length < StatusLayout.HEADER_BYTES
                || buffer.getLong(StatusLayout.MAGIC_OFFSET) != StatusLayout.MAGIC) {
            throw new IOException("not a status file: file=" + path + ", bytes=" + bytes.length);
        }
        final int version = buffer.getInt(StatusLayout.VERSION_OFFSET);
        final long needed = StatusLayout.histogramOffset(
                buffer.getInt(StatusLayout.HISTOGRAMS_OFFSET),
                buffer.getInt(StatusLayout.COUNTERS_OFFSET),
                buffer.getInt(StatusLayout.BUCKETS_OFFSET));
        if (version != StatusLayout.FORMAT_VERSION || needed != bytes.length) {
            throw new IOException("status file of another version: file=" + path + ", version=" + version + ", bytes="
                    + bytes.length);
        }
        return new StatusReader(buffer);
    }

    private static HistogramReading histogram(final UnsafeBuffer buffer, final int offset, final int bucketCount) {
        final long[] buckets = new long[bucketCount];
        for (int i = 0; i < bucketCount; i++) {
            buckets[i] = buffer.getLong(offset + StatusLayout.bucketOffset(i));
        }
        return new HistogramReading(
                label(buffer, offset + StatusLayout.HISTOGRAM_LABEL_OFFSET, StatusLayout.HISTOGRAM_LABEL_BYTES),
                buffer.getLong(offset + StatusLayout.SUM_OFFSET),
                buffer.getLong(offset + StatusLayout.MAX_OFFSET),
                buckets);
    }

    private static String label(final UnsafeBuffer buffer, final int offset, final int length) {
        int end = 0;
        while (end < length && buffer.getByte(offset + end) != 0) {
            end++;
        }
        return buffer.getStringWithoutLengthAscii(offset, end);
    }

    /**
     * A counter's value.
     *
     * @param counter which.
     * @return its value.
     */
    public long value(final StatusCounter counter) {
        return counters.getOrDefault(counter.label(), 0L);
    }

    /**
     * All counters by name, in the order of the file; {@code answers.…} are the answers by result code.
     *
     * @return a copy.
     */
    public Map<String, Long> counters() {
        return new LinkedHashMap<>(counters);
    }

    /**
     * A histogram.
     *
     * @param histogram which.
     * @return its values.
     */
    public HistogramReading histogram(final StatusHistogram histogram) {
        return histograms.get(histogram.ordinal());
    }

    /**
     * All histograms, in the order of the file.
     *
     * @return immutable readings.
     */
    public List<HistogramReading> histograms() {
        return List.copyOf(histograms);
    }

    /**
     * The state that the engine last wrote: that of a killed one is the state in which it was killed.
     *
     * @return the state.
     */
    public EngineState state() {
        return EngineState.of(value(StatusCounter.STATE));
    }

    /**
     * The last fault, with the top of its stack.
     *
     * @return null for none.
     */
    public String lastFault() {
        return fault;
    }

    /**
     * Whether a process with the engine's id lives. An id can be given to another process after a death.
     *
     * @return false for a dead engine.
     */
    public boolean isProcessAlive() {
        return ProcessHandle.of(value(StatusCounter.PID)).isPresent();
    }

    /**
     * All of it for a person.
     *
     * @return lines without line ends.
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format("%-28s %s%s", "state", state(), isProcessAlive() ? "" : " (process is gone)"));
        for (final Map.Entry<String, Long> counter : counters.entrySet()) {
            final String label = counter.getKey();
            if (!label.equals(StatusCounter.STATE.label())
                    && !(label.startsWith("answers.") && counter.getValue() == 0)) {
                lines.add(String.format("%-28s %s", label, shown(label, counter.getValue())));
            }
        }
        lines.add(String.format(
                "%-28s %12s %12s %12s %12s %12s %12s", "", "count", "mean", "p50", "p99", "p99.9", "max"));
        for (final HistogramReading histogram : histograms) {
            lines.add(String.format(
                    "%-28s %12d %12.0f %12d %12d %12d %12d",
                    histogram.label(),
                    histogram.count(),
                    histogram.mean(),
                    histogram.percentile(50),
                    histogram.percentile(99),
                    histogram.percentile(99.9),
                    histogram.max()));
        }
        if (fault != null) {
            lines.add("last fault:");
            fault.lines().map(line -> "  " + line).forEach(lines::add);
        }
        return lines;
    }

    private static String shown(final String label, final long value) {
        final boolean isTime = label.endsWith(".ms") && !label.equals(StatusCounter.CLOCK_LAG_MS.label());
        return isTime && value > 0 ? Instant.ofEpochMilli(value).toString() : Long.toString(value);
    }
}
