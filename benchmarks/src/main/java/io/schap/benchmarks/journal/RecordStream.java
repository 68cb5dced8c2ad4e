package io.schap.benchmarks.journal;

import io.schap.engine.journal.BatchEncoder;
import io.schap.engine.journal.Durability;
import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalId;
import io.schap.engine.journal.JournalInventory;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes batches of records of 72 bytes to a journal of its own, and holds what it reads back against what it wrote. */
final class RecordStream implements AutoCloseable {

    static final int RECORD_BYTES = 72;

    /** The ordinary preparing thread. */
    static final ThreadFactory PREPARING = task -> {
        final Thread thread = new Thread(task, "journal-preparer");
        thread.setDaemon(true);
        return thread;
    };

    /** No next segment is ever prepared. */
    static final ThreadFactory IDLE = task -> new Thread(() -> {});

    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_BYTES]);
    private final Path directory;
    private final JournalWriter writer;
    private long sequence;

    RecordStream(final long segmentBytes, final ThreadFactory threads) throws IOException {
        directory = Files.createTempDirectory("schap-journal");
        final JournalSettings settings = JournalSettings.ofSegment(Durability.DISK, segmentBytes);
        final EpochRecord epoch = new EpochRecord(
                1, new JournalId(1, 2), 0, 0, 0, 0, 0, segmentBytes, Durability.DISK, 1, settings.maxBatchBytes());
        writer = JournalWriter.launch(directory, epoch, settings, threads);
        for (int i = 0; i < RECORD_BYTES; i++) {
            record.putByte(i, (byte) (i + 1));
        }
    }

    /** One batch: encoded, appended, forced. */
    void write(final int records) throws IOException {
        encode(records);
        append();
        force();
    }

    void encode(final int records) {
        final BatchEncoder batch = writer.batch();
        batch.begin(1, sequence + 1, sequence, sequence);
        for (int i = 0; i < records; i++) {
            record.putLong(0, ++sequence);
            batch.append(record, 0, RECORD_BYTES);
        }
        batch.finish();
    }

    void append() throws IOException {
        writer.append();
    }

    void force() throws IOException {
        writer.force();
    }

    boolean fits(final int records) {
        return writer.fits(records * (RECORD_BYTES + 4) + 64);
    }

    Path segmentFile() {
        return writer.segmentFile();
    }

    /** Closes the journal, reads it whole, and takes it away. */
    @Override
    public void close() throws IOException {
        writer.close();
        final long[] next = {0};
        final JournalInventory inventory = new JournalReader(directory).read((batch, file, offset) -> {
            while (batch.next()) {
                if (batch.buffer().getLong(batch.commandOffset()) != ++next[0]) {
                    throw new IllegalStateException("a record is wrong: sequence=" + next[0]);
                }
            }
        });
        if (inventory.lastSequence() != sequence || next[0] != sequence) {
            throw new IllegalStateException("records are missing: written=" + sequence + ", read=" + next[0]);
        }
        delete(directory);
    }

    static void delete(final Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
