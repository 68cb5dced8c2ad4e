package io.schap.engine.status;

import io.schap.engine.command.ResultCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The writer's side of the status file. One thread writes: that which launches the engine, then the writer. Nothing is
 * allocated but for a fault's text.
 */
public final class StatusFile implements AutoCloseable {

    private static final int MAX_CAUSES = 4;
    private static final int CODE_COUNTERS = StatusCounter.values().length;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    private StatusFile(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        buffer = new UnsafeBuffer(mapped);
    }

    /**
     * Makes a new status file in the place of that of the run before, whose readers keep what they have mapped. All its
     * pages are written first: a store into a page that a full disk cannot give would end the process.
     *
     * @param dataDirectory whose lock the caller holds.
     * @return the mapped file, all zeros and labels.
     * @throws IOException when there is no room for it.
     */
    public static StatusFile create(final Path dataDirectory) throws IOException {
        final Path path = dataDirectory.resolve(StatusLayout.FILE_NAME);
        final Path fresh = dataDirectory.resolve(StatusLayout.FILE_NAME + ".new");
        Files.deleteIfExists(fresh);
        final ByteBuffer image = ByteBuffer.allocate(StatusLayout.FILE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        label(new UnsafeBuffer(image));
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            while (image.hasRemaining()) {
                channel.write(image);
            }
            channel.force(true);
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, StatusLayout.FILE_BYTES);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new StatusFile(mapped);
        }
    }

    private static void label(final UnsafeBuffer image) {
        image.putLong(StatusLayout.MAGIC_OFFSET, StatusLayout.MAGIC);
        image.putInt(StatusLayout.VERSION_OFFSET, StatusLayout.FORMAT_VERSION);
        image.putInt(StatusLayout.COUNTERS_OFFSET, StatusLayout.COUNTERS);
        image.putInt(StatusLayout.HISTOGRAMS_OFFSET, StatusLayout.HISTOGRAMS);
        image.putInt(StatusLayout.BUCKETS_OFFSET, HistogramBuckets.COUNT);
        for (final StatusCounter counter : StatusCounter.values()) {
            labelCounter(image, counter.ordinal(), counter.label());
        }
        for (final ResultCode code : ResultCode.values()) {
            labelCounter(image, CODE_COUNTERS + code.ordinal(), StatusLayout.labelOf(code));
        }
        for (final StatusHistogram histogram : StatusHistogram.values()) {
            final byte[] label = histogram.label().getBytes(StandardCharsets.US_ASCII);
            image.putBytes(offsetOf(histogram) + StatusLayout.HISTOGRAM_LABEL_OFFSET, label);
        }
    }

    private static void labelCounter(final UnsafeBuffer image, final int index, final String label) {
        image.putBytes(
                StatusLayout.counterOffset(index) + StatusLayout.COUNTER_LABEL_OFFSET,
                label.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Sets a counter.
     *
     * @param counter which.
     * @param value   its new value.
     */
    public void set(final StatusCounter counter, final long value) {
        buffer.putLongRelease(StatusLayout.counterOffset(counter.ordinal()), value);
    }

    /**
     * Adds to a counter.
     *
     * @param counter which.
     * @param delta   to add.
     */
    public void add(final StatusCounter counter, final long delta) {
        final int offset = StatusLayout.counterOffset(counter.ordinal());
        buffer.putLongRelease(offset, buffer.getLong(offset) + delta);
    }

    /**
     * Counts an answer.
     *
     * @param code ordinal of its {@link ResultCode}.
     */
    public void countAnswer(final int code) {
        final int offset = StatusLayout.counterOffset(CODE_COUNTERS + code);
        buffer.putLongRelease(offset, buffer.getLong(offset) + 1);
    }

    /**
     * Counts a value in a histogram.
     *
     * @param histogram which.
     * @param value     from 0; less counts as 0.
     */
    public void record(final StatusHistogram histogram, final long value) {
        final int offset = offsetOf(histogram);
        final int bucket = offset + StatusLayout.bucketOffset(HistogramBuckets.indexOf(value));
        buffer.putLongRelease(bucket, buffer.getLong(bucket) + 1);
        if (value > buffer.getLong(offset + StatusLayout.MAX_OFFSET)) {
            buffer.putLongRelease(offset + StatusLayout.MAX_OFFSET, value);
        }
        final int sum = offset + StatusLayout.SUM_OFFSET;
        buffer.putLongRelease(sum, buffer.getLong(sum) + Math.max(0, value));
        final int count = offset + StatusLayout.COUNT_OFFSET;
        buffer.putLongRelease(count, buffer.getLong(count) + 1);
    }

    /**
     * Keeps a fault's text, cut to what the file has room for.
     *
     * @param fault  what stopped the engine.
     * @param timeMs when, ms since 1970.
     */
    public void fault(final Throwable fault, final long timeMs) {
        final byte[] bytes = textOf(fault).getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, StatusLayout.FAULT_BYTES);
        while (length < bytes.length && (bytes[length] & 0xc0) == 0x80) {
            length--; // not in the middle of a character
        }
        buffer.putBytes(StatusLayout.FAULT_OFFSET, bytes, 0, length);
        buffer.putIntRelease(StatusLayout.FAULT_LENGTH_OFFSET, length);
        add(StatusCounter.FAULTS, 1);
        set(StatusCounter.FAULT_MS, timeMs);
    }

    /** The causes first, since the room is short, then where the fault was thrown. */
    private static String textOf(final Throwable fault) {
        final StringBuilder text = new StringBuilder().append(fault);
        Throwable cause = fault.getCause();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            text.append("\ncaused by ").append(cause);
            cause = cause.getCause();
        }
        for (final StackTraceElement frame : fault.getStackTrace()) {
            text.append("\nat ").append(frame);
        }
        return text.toString();
    }

    private static int offsetOf(final StatusHistogram histogram) {
        return StatusLayout.histogramOffset(histogram.ordinal(), StatusLayout.COUNTERS, HistogramBuckets.COUNT);
    }

    /** Unmaps the file, which stays for readers. Nothing may be written after this. */
    @Override
    public void close() {
        BufferUtil.free(mapped);
    }
}
