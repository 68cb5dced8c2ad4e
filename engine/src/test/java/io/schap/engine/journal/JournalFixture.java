package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes journals whose every batch is known, and reads them back as it finds them. */
final class JournalFixture {

    static final JournalId ID = new JournalId(0x0123_4567_89AB_CDEFL, 0xFEDC_BA98_7654_3210L);
    static final long SMALL_SEGMENT = 256 * 1024;
    static final ThreadFactory THREADS = task -> {
        final Thread thread = new Thread(task, "journal-preparer");
        thread.setDaemon(true);
        return thread;
    };

    private final Path dataDirectory;
    private final Random random;
    private final List<byte[]> commands = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private long epoch;
    private long cutBytes;
    private long timeMs = 1_700_000_000_000L;

    /** Where a batch lies. */
    record Place(Path file, long offset, int bytes, long lastSequence) {}

    JournalFixture(final Path dataDirectory, final long seed) {
        this.dataDirectory = dataDirectory;
        this.random = new Random(seed);
    }

    static JournalSettings small(final Durability durability) {
        return JournalSettings.ofSegment(durability, SMALL_SEGMENT);
    }

    /** Opens the next epoch, as a start of the server after a clean end of the one before. */
    JournalWriter open(final JournalSettings settings) throws IOException {
        return open(settings, new ZeroedSegmentMaker(settings));
    }

    JournalWriter open(final JournalSettings settings, final SegmentMaker maker) throws IOException {
        epoch++;
        final EpochRecord record = record(settings);
        cutBytes = 0;
        return JournalWriter.launch(dataDirectory, record, settings, maker, THREADS);
    }

    EpochRecord record(final JournalSettings settings) {
        return new EpochRecord(
                epoch,
                ID,
                1_700_000_000_000L + epoch,
                commands.size(),
                commands.isEmpty() ? 0 : timeMs,
                hashAfter(commands.size()),
                cutBytes,
                settings.segmentBytes(),
                settings.durability(),
                1,
                settings.maxBatchBytes());
    }

    /** A stand-in for the ledger's hash: a function of the sequence alone. */
    static long hashAfter(final long sequence) {
        return sequence * 0x9E37_79B9_7F4A_7C15L;
    }

    /** Appends and forces one batch of random commands of random length up to a bound. */
    Place write(final JournalWriter writer, final int count, final int maxBytes) throws IOException {
        timeMs += random.nextInt(3);
        final BatchEncoder batch = writer.batch();
        batch.begin(epoch, commands.size() + 1L, timeMs, hashAfter(commands.size()));
        for (int i = 0; i < count; i++) {
            final byte[] command = new byte[1 + random.nextInt(maxBytes)];
            for (int b = 0; b < command.length; b++) {
                command[b] = (byte) (1 + random.nextInt(255));
            }
            if (!batch.append(new UnsafeBuffer(command), 0, command.length)) {
                throw new IllegalStateException("batch is full: count=" + i);
            }
            commands.add(command);
        }
        batch.finish();
        final long offset = writer.append();
        writer.force();
        final Place place = new Place(writer.segmentFile(), offset, batch.length(), commands.size());
        places.add(place);
        return place;
    }

    List<byte[]> commands() {
        return commands;
    }

    List<Place> places() {
        return places;
    }

    Place lastPlace() {
        return places.get(places.size() - 1);
    }

    /** Forgets what was cut, as a recovery does. */
    void cutAfter(final JournalInventory inventory) {
        cutAfter(inventory.lastSequence());
        cutBytes = inventory.cutBytes();
    }

    void cutAfter(final long sequence) {
        while (commands.size() > sequence) {
            commands.remove(commands.size() - 1);
        }
    }

    /** Reads everything, and holds each batch against what was written. */
    JournalInventory readAndCompare() throws IOException {
        return readAndCompare(1);
    }

    JournalInventory readAndCompare(final long fromSequence) throws IOException {
        final long[] next = {-1};
        final JournalInventory inventory = new JournalReader(dataDirectory)
                .read(fromSequence, (batch, file, offset) -> {
                    if (next[0] < 0) {
                        next[0] = batch.firstSequence();
                    }
                    if (batch.firstSequence() != next[0] || batch.stateHashBefore() != hashAfter(next[0] - 1)) {
                        throw new AssertionError("batch out of order: sequence=" + batch.firstSequence());
                    }
                    while (batch.next()) {
                        compare(batch, next[0]++);
                    }
                });
        if (next[0] >= 0 && inventory.lastSequence() != next[0] - 1) {
            throw new AssertionError("last sequence: shown=" + (next[0] - 1) + ", told=" + inventory.lastSequence());
        }
        return inventory;
    }

    private void compare(final BatchDecoder batch, final long sequence) {
        final byte[] expected = commands.get((int) sequence - 1);
        final byte[] actual = new byte[batch.commandLength()];
        batch.buffer().getBytes(batch.commandOffset(), actual);
        if (batch.sequence() != sequence || !java.util.Arrays.equals(expected, actual)) {
            throw new AssertionError("command differs: sequence=" + sequence);
        }
    }

    /** The seed of a random test: the one asked for with -Dseed, or a new one; printed either way. */
    static long seed(final String test) {
        final String asked = System.getProperty("seed", "");
        final long seed = asked.isEmpty() ? new Random().nextLong() : Long.parseLong(asked);
        System.out.println(test + ": -Dseed=" + seed);
        return seed;
    }
}
