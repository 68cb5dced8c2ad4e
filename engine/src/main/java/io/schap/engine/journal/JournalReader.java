package io.schap.engine.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a whole journal in order, by a scanner of our own that uses nothing of Chronicle's: every batch is checked before
 * it is shown. The caller holds the data directory's lock. One thread; memory is constant, whatever the files hold.
 */
public final class JournalReader {

    private final Path dataDirectory;

    /**
     * A reader of the journal under a data directory.
     *
     * @param dataDirectory may be empty: then the journal is too.
     */
    public JournalReader(final Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /**
     * Forces every file of the last epoch, so that what is read next is on the disk and not only in the page cache. Call it
     * before anything is served from what was read.
     *
     * @throws IOException when a force fails.
     */
    public void forceLastEpoch() throws IOException {
        final List<Long> epochs = JournalDirectory.epochs(dataDirectory);
        if (!epochs.isEmpty()) {
            final Path directory = JournalDirectory.epoch(dataDirectory, epochs.get(epochs.size() - 1));
            for (final Path file : JournalDirectory.segments(directory)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(false);
                }
            }
            ZeroedSegmentMaker.forceDirectory(directory);
        }
    }

    /**
     * Takes away what the last epoch prepared and never used: files without a batch, of nothing but zeros behind their
     * prologue, that follow its last used one, and half prepared ones. A server that was killed leaves up to two.
     *
     * @return the files that are gone.
     * @throws IOException when a file cannot be read or deleted.
     */
    public List<Path> deleteSpares() throws IOException {
        final List<Path> deleted = new ArrayList<>();
        final List<Long> epochs = JournalDirectory.epochs(dataDirectory);
        if (!epochs.isEmpty()) {
            final Path directory = JournalDirectory.epoch(dataDirectory, epochs.get(epochs.size() - 1));
            final List<Path> files = JournalDirectory.segments(directory);
            try (SegmentWindow window = new SegmentWindow()) {
                for (int i = files.size() - 1; i > 0 && TailScanner.isUnused(files.get(i), window); i--) {
                    deleted.add(files.get(i));
                }
            }
            deleted.addAll(JournalDirectory.halfPrepared(directory));
            for (final Path file : deleted) {
                SegmentOpener.deleteTree(file);
            }
        }
        return deleted;
    }

    /**
     * Reads everything.
     *
     * @param consumer is shown each batch.
     * @return what was found, and what is cut.
     * @throws JournalCorruptException when the journal is damaged where no power cut can have damaged it.
     * @throws IOException             when a file cannot be read.
     */
    public JournalInventory read(final JournalConsumer consumer) throws IOException {
        return read(1, consumer);
    }

    /**
     * Reads from a sequence on. Epochs and segments that end before it are passed over, and not checked.
     *
     * @param fromSequence that must be in the first batch shown, if there is one so far on; from 1.
     * @param consumer     is shown each batch.
     * @return what was found, and what is cut.
     * @throws JournalCorruptException when the journal is damaged where no power cut can have damaged it.
     * @throws IOException             when a file cannot be read.
     */
    public JournalInventory read(final long fromSequence, final JournalConsumer consumer) throws IOException {
        try (SegmentWindow window = new SegmentWindow()) {
            final List<EpochHead> heads = heads(window);
            checkHeads(heads, fromSequence);
            return readEpochs(heads, window, fromSequence, consumer);
        }
    }

    private List<EpochHead> heads(final SegmentWindow window) throws IOException {
        final List<EpochHead> heads = new ArrayList<>();
        for (final long epoch : JournalDirectory.epochs(dataDirectory)) {
            heads.add(EpochHead.read(dataDirectory, epoch, window));
        }
        return heads;
    }

    private void checkHeads(final List<EpochHead> heads, final long fromSequence) throws JournalCorruptException {
        EpochRecord last = null;
        for (int i = 0; i < heads.size(); i++) {
            final EpochHead head = heads.get(i);
            if (i > 0 && head.epoch() != heads.get(i - 1).epoch() + 1) {
                throw corrupt(head, lastOf(last), "an epoch is missing before this one");
            }
            final EpochRecord record = head.record();
            if (record == null) {
                continue;
            }
            if (last == null && record.previousLastSequence() >= fromSequence) {
                final EpochHead first = heads.get(0);
                throw corrupt(
                        first,
                        0,
                        first.fault() == null
                                ? "earlier epochs are missing: previousLastSequence=" + record.previousLastSequence()
                                : first.fault());
            }
            if (last != null && !last.journalId().equals(record.journalId())) {
                throw corrupt(head, lastOf(last), "epoch of another journal: journalId=" + record.journalId());
            }
            last = record;
        }
    }

    private static long lastOf(final EpochRecord record) {
        return record == null ? 0 : record.previousLastSequence();
    }

    private JournalInventory readEpochs(
            final List<EpochHead> heads,
            final SegmentWindow window,
            final long fromSequence,
            final JournalConsumer consumer)
            throws IOException {
        final JournalId id = heads.stream()
                .filter(head -> head.record() != null)
                .map(head -> head.record().journalId())
                .findFirst()
                .orElse(null);
        final BatchDecoder decoder = id == null ? null : new BatchDecoder(id);
        final List<EpochInventory> epochs = new ArrayList<>();
        long lastSequence = -1;
        long lastTimeMs = 0;
        for (int i = 0; i < heads.size(); i++) {
            final EpochHead head = heads.get(i);
            final EpochRecord record = head.record();
            if (record == null) {
                epochs.add(readBroken(head, window, decoder, Math.max(0, lastSequence)));
                continue;
            }
            if (lastSequence >= 0
                    && (record.previousLastSequence() != lastSequence || record.previousLastTimeMs() != lastTimeMs)) {
                throw corrupt(
                        head,
                        lastSequence,
                        "the record says that the epochs before ended at sequence=" + record.previousLastSequence()
                                + ", timeMs=" + record.previousLastTimeMs());
            }
            final EpochRecord next = nextRecord(heads, i);
            if (next != null && next.previousLastSequence() < fromSequence - 1) {
                epochs.add(new EpochInventory(
                        head.epoch(), head.directory(), record, List.of(), 0, next.previousLastSequence(), null));
                lastSequence = next.previousLastSequence();
                lastTimeMs = next.previousLastTimeMs();
                continue;
            }
            consumer.onEpoch(record, head.place(), SegmentLayout.PROLOGUE_BYTES);
            final EpochScanner scanner = new EpochScanner(head, window, decoder, consumer, fromSequence, next);
            final EpochInventory inventory = scanner.scan();
            epochs.add(inventory);
            lastSequence = inventory.lastSequence();
            lastTimeMs = scanner.lastTimeMs();
        }
        return new JournalInventory(id, epochs, Math.max(0, lastSequence), lastTimeMs);
    }

    private static EpochRecord nextRecord(final List<EpochHead> heads, final int after) {
        for (int i = after + 1; i < heads.size(); i++) {
            if (heads.get(i).record() != null) {
                return heads.get(i).record();
            }
        }
        return null;
    }

    /** An epoch without a whole record never served anything; if a batch lies in it, the record was damaged later. */
    private EpochInventory readBroken(
            final EpochHead head, final SegmentWindow window, final BatchDecoder decoder, final long lastSequence)
            throws IOException {
        final TailScanner tail = new TailScanner(window, decoder, head.epoch(), lastSequence);
        tail.scan(head.files(), 0, SegmentLayout.PROLOGUE_BYTES, false);
        if (tail.foundBatch()) {
            throw corrupt(head, lastSequence, head.fault() + "; " + tail.goodPlace());
        }
        final JournalCut cut = tail.bytes() == 0
                ? null
                : new JournalCut(
                        head.place(),
                        SegmentLayout.PROLOGUE_BYTES,
                        lastSequence,
                        tail.bytes(),
                        "the epoch was never begun: " + head.fault());
        return new EpochInventory(head.epoch(), head.directory(), null, List.of(), 0, lastSequence, cut);
    }

    private static JournalCorruptException corrupt(final EpochHead head, final long sequence, final String reason) {
        return new JournalCorruptException(head.place(), SegmentLayout.PROLOGUE_BYTES, sequence, reason);
    }
}
