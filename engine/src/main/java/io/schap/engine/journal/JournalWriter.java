package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/**
 * Writes one epoch. Fill {@link #batch()}, {@link #append()} it, {@link #force()} it, and only then answer.
 *
 * <p>One thread, which must never be interrupted: an interrupt closes the channel. Neither method waits for room: ask
 * {@link #hasRoom} before new work is taken. Any exception out of {@link #append()} or {@link #force()} means that the
 * fate of the batch is unknown: halt. In steady state nothing is allocated, and a roll is a change of references: what a
 * segment's beginning and end cost is paid on the preparing thread.
 */
public final class JournalWriter implements AutoCloseable {

    private final EpochRecord epoch;
    private final JournalSettings settings;
    private final BatchEncoder batch;
    private final SegmentOpener opener;
    private final SegmentPreparer preparer;
    private final long limit;
    private OpenSegment segment;
    private ChronicleAppender appender;
    private long position = SegmentLayout.PROLOGUE_BYTES;
    private boolean forced = true;
    private boolean failed;
    private long forces;

    private JournalWriter(
            final Path directory,
            final EpochRecord epoch,
            final JournalSettings settings,
            final SegmentMaker maker,
            final ThreadFactory threads) {
        this.epoch = epoch;
        this.settings = settings;
        limit = settings.segmentBytes() - SegmentLayout.TAIL_BYTES;
        batch = new BatchEncoder(epoch.journalId(), settings.maxBatchBytes());
        opener = new SegmentOpener(directory, maker, settings, batch.bytes());
        preparer = new SegmentPreparer(opener, 1, threads);
    }

    /**
     * Starts an epoch: makes its directory and first segment, writes its record, and forces all of that whatever the
     * durability, since the record says by which rule the rest is read; then starts the thread that prepares the next
     * segment.
     *
     * @param dataDirectory whose lock the caller holds.
     * @param epoch         what stands in the record; made by recovery.
     * @param settings      those that the record tells.
     * @param threads       makes the preparing thread.
     * @return a writer that takes batches.
     * @throws IOException when the directory exists already, or there is no room.
     */
    public static JournalWriter launch(
            final Path dataDirectory,
            final EpochRecord epoch,
            final JournalSettings settings,
            final ThreadFactory threads)
            throws IOException {
        return launch(dataDirectory, epoch, settings, new ZeroedSegmentMaker(settings), threads);
    }

    static JournalWriter launch(
            final Path dataDirectory,
            final EpochRecord epoch,
            final JournalSettings settings,
            final SegmentMaker maker,
            final ThreadFactory threads)
            throws IOException {
        final Path directory = makeDirectory(dataDirectory, epoch);
        final JournalWriter writer = new JournalWriter(directory, epoch, settings, maker, threads);
        boolean launched = false;
        try {
            writer.begin(writer.opener.open(0, SegmentMaker.Pace.FULL_SPEED));
            writer.writeRecord(directory);
            writer.preparer.launch();
            launched = true;
            return writer;
        } finally {
            if (!launched) {
                writer.abandon();
            }
        }
    }

    private static Path makeDirectory(final Path dataDirectory, final EpochRecord epoch) throws IOException {
        final Path journal = JournalDirectory.of(dataDirectory);
        final Path directory = JournalDirectory.epoch(dataDirectory, epoch.epoch());
        Files.createDirectories(journal);
        Files.createDirectory(directory);
        ZeroedSegmentMaker.forceDirectory(journal);
        ZeroedSegmentMaker.forceDirectory(dataDirectory);
        return directory;
    }

    private void writeRecord(final Path directory) throws IOException {
        EpochLayout.encode(epoch, batch.recordBuffer(), 0);
        store(EpochLayout.LENGTH);
        segment.channel().force(true);
        ZeroedSegmentMaker.forceDirectory(directory);
        forced = true;
        forces++;
    }

    /**
     * The batch that {@link #append()} appends. Free to be filled again as soon as that returns.
     *
     * @return the same encoder at every call.
     */
    public BatchEncoder batch() {
        return batch;
    }

    /**
     * Appends the finished {@link #batch()} as one document. It can be lost until {@link #force()} returns.
     *
     * @return where its document lies in its segment, in bytes.
     * @throws JournalFullException  when it does not fit and no spare segment is ready.
     * @throws IllegalStateException when the batch is not finished, or is not of this epoch.
     * @throws IOException           when the left segment could not be forced.
     */
    public long append() throws IOException {
        if (!batch.isFinished() || batch.epoch() != epoch.epoch()) {
            throw new IllegalStateException("batch is not finished or of another epoch: epoch=" + batch.epoch());
        }
        if (end(batch.length()) > limit) {
            roll();
        }
        return store(batch.length());
    }

    private long store(final int length) {
        forced = false;
        final long at = appender.append(length);
        if (at != position) {
            throw new IllegalStateException("document is not where it was expected: file=" + segment.path()
                    + ", expected=" + position + ", actual=" + at);
        }
        position = end(length);
        preparer.writerAt(position);
        return at;
    }

    private long end(final int length) {
        return position + SegmentLayout.DOCUMENT_HEADER_BYTES + length;
    }

    /** Goes to the next segment, full or not. */
    void roll() throws IOException {
        final OpenSegment next = preparer.take();
        if (next == null) {
            throw new JournalFullException("no spare segment: segment=" + segment.number() + ", left="
                    + (limit - position) + ", fault=" + preparer.fault());
        }
        force();
        final OpenSegment left = segment;
        begin(next);
        preparer.retire(left);
    }

    private void begin(final OpenSegment next) {
        segment = next;
        appender = next.appender();
        position = SegmentLayout.PROLOGUE_BYTES;
    }

    /**
     * With {@link Durability#DISK}, returns when all that was appended is on the disk; else does nothing.
     *
     * @throws IOException when it could not be had. The page cache is no evidence of anything from then on: halt.
     */
    public void force() throws IOException {
        if (failed) {
            throw new IOException("a force has failed before: file=" + segment.path());
        }
        if (!forced && settings.durability().forcesBatches()) {
            failed = true;
            segment.channel().force(false);
            failed = false;
            forces++;
        }
        forced = true;
    }

    /**
     * Whether new work may be taken. False from when no spare segment is ready and the batch would reach into the reserve,
     * until a spare is ready. With a {@link #preparationFault} answer 507 meanwhile; without one the spare is on its way.
     *
     * @param batchBytes of the next batch, header included.
     * @return true when {@link #append()} of so many bytes will find room and leave the reserve.
     */
    public boolean hasRoom(final int batchBytes) {
        return end(batchBytes) <= limit - settings.reserveBytes() || preparer.isReady();
    }

    /**
     * Whether a batch can be appended at all, the reserve included: for what the writer itself must write, as ticks.
     *
     * @param batchBytes of the batch, header included.
     * @return false: not before a spare segment is ready.
     */
    public boolean fits(final int batchBytes) {
        return end(batchBytes) <= limit || preparer.isReady();
    }

    /**
     * Whether the next segment is prepared. Any thread.
     *
     * @return false while one is being made, and for as long as there is no room for one.
     */
    public boolean isSpareReady() {
        return preparer.isReady();
    }

    /**
     * Why the next segment could not be prepared the last time it was tried. Any thread.
     *
     * @return null when nothing is wrong.
     */
    public String preparationFault() {
        return preparer.fault();
    }

    /**
     * The record that this epoch began with.
     *
     * @return what {@link #launch} was given.
     */
    public EpochRecord epoch() {
        return epoch;
    }

    /**
     * The file that is written at present.
     *
     * @return its path.
     */
    public Path segmentFile() {
        return segment.path();
    }

    /**
     * Forces that were made, that of the epoch's record included.
     *
     * @return how many.
     */
    public long forces() {
        return forces;
    }

    /** Forces what was appended, stops the preparing thread, and closes all files. */
    @Override
    public void close() throws IOException {
        try {
            force();
        } finally {
            preparer.close();
            segment.close();
        }
    }

    /** After a launch that failed half way: its own exception counts. */
    private void abandon() throws IOException {
        if (segment != null) {
            segment.close();
        }
    }
}
