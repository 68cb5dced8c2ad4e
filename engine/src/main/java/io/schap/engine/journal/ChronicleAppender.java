package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The one class that knows Chronicle Queue: it appends documents to one segment. Made, written to and closed by different
 * threads, one after the other; an append allocates nothing.
 *
 * <p>Nothing is left to Chronicle's own time: a cycle is a segment number of ours, told through the time provider as so
 * many days since the first Modified Julian Day, and the file is named by that day, {@code 00000000.cq4} being the first.
 * A file is there before Chronicle comes to it; it takes a file of zeros for a new one, and does not grow it, as
 * long as it is a quarter longer than the block. Only the first document of a file is indexed, so no index page ever
 * lands between batches. The directory is listed once, when it is empty, and not again.
 */
final class ChronicleAppender implements AutoCloseable {

    private static final long DAY_MS = 86_400_000L;

    /** Modified Julian Day 0 is 17 November 1858. */
    private static final long EPOCH_MS = -40_587L * DAY_MS;

    private static final long END_TIMEOUT_MS = 1_000;

    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final BytesStore<?, ?> source;
    private final int sourceBytes;
    private long lastPosition;

    private ChronicleAppender(
            final Path directory, final int number, final long segmentBytes, final ByteBuffer source) {
        this.source = BytesStore.wrap(source);
        this.sourceBytes = source.capacity();
        final long nowMs = EPOCH_MS + number * DAY_MS;
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(SegmentCycle.INSTANCE)
                .epoch(EPOCH_MS)
                .timeProvider(() -> nowMs)
                .blockSize(segmentBytes)
                .indexCount(SegmentLayout.INDEX_COUNT)
                .indexSpacing((int) SegmentLayout.INDEX_SPACING)
                .checkInterrupts(false)
                .forceDirectoryListingRefreshIntervalMs(Long.MAX_VALUE)
                .build();
        appender = queue.createAppender();
        // One thread prepares, another writes, and a third may close: the writer asserts its thread itself.
        appender.singleThreadedCheckDisabled(true);
    }

    /**
     * Opens a queue in a directory that holds no segment yet: Chronicle waits ten seconds for the header of any file of
     * zeros that it finds at this moment, though not later.
     *
     * @param directory    of this segment alone.
     * @param number       of the segment.
     * @param segmentBytes Chronicle's block.
     * @param source       where documents are copied from, from its start; stays the caller's to fill.
     * @throws IOException when Chronicle could not.
     */
    @SuppressWarnings("checkstyle:IllegalCatch") // Chronicle throws what it met, checked or not, undeclared
    static ChronicleAppender open(
            final Path directory, final int number, final long segmentBytes, final ByteBuffer source)
            throws IOException {
        quieten();
        try {
            return new ChronicleAppender(directory, number, segmentBytes, source);
        } catch (final Exception e) {
            throw new IOException("cannot open a queue: directory=" + directory + ", cause=" + e.getMessage(), e);
        }
    }

    /** Chronicle's banner, and its watch of free space that we keep ourselves. What the command line says goes first. */
    private static void quieten() {
        for (final String name : new String[] {"chronicle.announcer.disable", "chronicle.disk.monitor.disable"}) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, "true");
            }
        }
    }

    /**
     * Maps the segment's file, which is in the directory by now, and writes what precedes its first document. For that a
     * document is appended, which makes Chronicle index it, and taken back: so all that it does once in a file is done,
     * and done here, and the first batch finds the file as it will leave it.
     *
     * @param channel of that file.
     * @throws IOException when it could not be done.
     */
    @SuppressWarnings("checkstyle:IllegalCatch") // as in open
    void writePrologue(final FileChannel channel) throws IOException {
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().writeInt(0);
        } catch (final Exception e) {
            throw new IOException("cannot begin a segment: directory=" + queue.file() + ", cause=" + e.getMessage(), e);
        }
        zero(channel, SegmentLayout.PROLOGUE_BYTES, SegmentLayout.DOCUMENT_HEADER_BYTES);
        zero(channel, SegmentLayout.WRITE_POSITION_OFFSET, 2 * Long.BYTES);
    }

    private static void zero(final FileChannel channel, final long position, final int length) throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocate(length);
        while (zeros.hasRemaining()) {
            channel.write(zeros, position + zeros.position());
        }
    }

    /**
     * Appends one document.
     *
     * @param length of it in bytes, a multiple of 4, from the source's start.
     * @return where its header lies in the file.
     */
    long append(final int length) {
        if (length < 1 || length > sourceBytes || (length & 3) != 0) {
            throw new IllegalArgumentException("not a document: length=" + length);
        }
        try (DocumentContext document = appender.writingDocument()) {
            final Bytes<?> bytes = document.wire().bytes();
            final long position = bytes.writePosition() - SegmentLayout.DOCUMENT_HEADER_BYTES;
            bytes.write(source, 0L, length);
            lastPosition = position;
            return position;
        }
    }

    /** Writes Chronicle's mark of a file that has ended, behind the last document. */
    void writeEnd() {
        appender.wire().writeEndOfWire(END_TIMEOUT_MS, TimeUnit.MILLISECONDS, lastPosition);
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }

    /** One day of that time is one file; see {@link SegmentLayout} for what the index settings give. */
    private enum SegmentCycle implements RollCycle {
        INSTANCE;

        private static final int SEQUENCE_BITS = 32;
        private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

        @Override
        public String format() {
            return "gggggggg";
        }

        @Override
        public int lengthInMillis() {
            return (int) DAY_MS;
        }

        @Override
        public int defaultIndexCount() {
            return SegmentLayout.INDEX_COUNT;
        }

        @Override
        public int defaultIndexSpacing() {
            return (int) SegmentLayout.INDEX_SPACING;
        }

        @Override
        public long toIndex(final int cycle, final long sequenceNumber) {
            return ((long) cycle << SEQUENCE_BITS) + (sequenceNumber & SEQUENCE_MASK);
        }

        @Override
        public long toSequenceNumber(final long index) {
            return index & SEQUENCE_MASK;
        }

        @Override
        public int toCycle(final long index) {
            return (int) (index >>> SEQUENCE_BITS);
        }

        @Override
        public long maxMessagesPerCycle() {
            return SegmentLayout.INDEX_COUNT * SegmentLayout.INDEX_COUNT * SegmentLayout.INDEX_SPACING;
        }
    }
}
