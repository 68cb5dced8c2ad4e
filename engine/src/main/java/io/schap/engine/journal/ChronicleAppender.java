package io.schap.engine.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * The one class that knows Chronicle Queue: it appends documents to the segments of one epoch. One thread; an append
 * allocates nothing, a change of segment does.
 *
 * <p>Nothing is left to Chronicle's own time: a cycle is a segment number of ours, told through the time provider as so
 * many days since the first Modified Julian Day, and the file is named by that day, {@code 00000000.cq4} being the first.
 * A file is there before Chronicle comes to it; it takes a file of zeros for a new one, and does not grow it, as
 * long as it is a quarter longer than the block. Only the first document of a file is indexed, so no index page ever
 * lands between batches. The directory is listed once, when it is empty, and not again on every roll.
 */
final class ChronicleAppender implements AutoCloseable {

    private static final long DAY_MS = 86_400_000L;

    /** Modified Julian Day 0 is 17 November 1858. */
    private static final long EPOCH_MS = -40_587L * DAY_MS;

    private final SegmentClock clock = new SegmentClock();
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final BytesStore<?, ?> source;
    private final int sourceBytes;

    /**
     * Opens the queue in a directory that holds no segment yet: Chronicle waits ten seconds for the header of any file of
     * zeros that it finds at this moment, though not later.
     *
     * @param directory    of the epoch.
     * @param segmentBytes Chronicle's block.
     * @param source       where documents are copied from, from its start; stays the caller's to fill.
     */
    ChronicleAppender(final Path directory, final long segmentBytes, final ByteBuffer source) {
        quieten();
        this.source = BytesStore.wrap(source);
        this.sourceBytes = source.capacity();
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(SegmentCycle.INSTANCE)
                .epoch(EPOCH_MS)
                .timeProvider(clock)
                .blockSize(segmentBytes)
                .indexCount(SegmentLayout.INDEX_COUNT)
                .indexSpacing((int) SegmentLayout.INDEX_SPACING)
                .checkInterrupts(false)
                .forceDirectoryListingRefreshIntervalMs(Long.MAX_VALUE)
                .build();
        appender = queue.createAppender();
        // One thread launches, another writes, and after a fault a third closes: the writer asserts its thread itself.
        appender.singleThreadedCheckDisabled(true);
    }

    /** Chronicle's banner, and its watch of free space that we keep ourselves. What the command line says goes first. */
    private static void quieten() {
        for (final String name : new String[] {"chronicle.announcer.disable", "chronicle.disk.monitor.disable"}) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, "true");
            }
        }
    }

    /** The segment that the next document goes to. */
    void segment(final int number) {
        clock.segment = number;
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
            return position;
        }
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }

    /** Tells Chronicle the segment as a time. */
    private static final class SegmentClock implements TimeProvider {

        private int segment;

        @Override
        public long currentTimeMillis() {
            return EPOCH_MS + segment * DAY_MS;
        }
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
