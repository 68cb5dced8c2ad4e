package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class JournalWriterTest {

    @TempDir
    Path dataDirectory;

    @ParameterizedTest
    @EnumSource(Durability.class)
    void shouldReadBackWhatItWrote(final Durability durability) throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 1);
        try (JournalWriter writer = journal.open(JournalFixture.small(durability))) {
            for (int i = 0; i < 50; i++) {
                journal.write(writer, 1 + i % 7, 300);
            }
        }
        final JournalInventory inventory = journal.readAndCompare();
        assertEquals(journal.commands().size(), inventory.lastSequence());
        assertEquals(50, inventory.batches());
        assertNull(inventory.epochs().get(0).cut());
        assertEquals(durability, inventory.epochs().get(0).record().durability());
    }

    @Test
    void shouldRollToPreparedSegments() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 2);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            for (int i = 0; i < 60; i++) {
                final JournalWriter asked = writer;
                await(() -> asked.hasRoom(32 * 1024));
                journal.write(writer, 16, 1_500);
            }
        }
        final JournalInventory inventory = journal.readAndCompare();
        assertTrue(inventory.epochs().get(0).segments().size() >= 3, inventory.toString());
        assertNull(inventory.epochs().get(0).cut());
        for (final SegmentInventory segment : inventory.epochs().get(0).segments()) {
            assertEquals(JournalFixture.SMALL_SEGMENT * 5 / 4, Files.size(segment.file()), "no file ever grows");
        }
    }

    @Test
    void shouldBeginAnEpochAtEachStart() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 3);
        for (int start = 0; start < 4; start++) {
            try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
                for (int i = 0; i < start; i++) {
                    journal.write(writer, 3, 100);
                }
            }
        }
        final JournalInventory inventory = journal.readAndCompare();
        assertEquals(4, inventory.epochs().size());
        assertEquals(5, inventory.nextEpoch());
        assertEquals(JournalFixture.ID, inventory.journalId());
        assertEquals(18, inventory.lastSequence());
    }

    @Test
    void shouldRefuseAnEpochThatExists() throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.PROCESS);
        final JournalFixture journal = new JournalFixture(dataDirectory, 4);
        journal.open(settings).close();
        assertThrows(
                IOException.class,
                () -> new JournalFixture(dataDirectory, 4).open(settings).close());
    }

    @Test
    void shouldTakeABatchOfTheLargestSize() throws IOException {
        final JournalSettings settings = JournalSettings.ofSegment(Durability.PROCESS, 8 << 20);
        final JournalFixture journal = new JournalFixture(dataDirectory, 5);
        try (JournalWriter writer = journal.open(settings)) {
            final BatchEncoder batch = writer.batch();
            batch.begin(1, 1, 0, 0);
            final UnsafeBuffer command = new UnsafeBuffer(new byte[1_020]);
            while (batch.append(command, 0, command.capacity())) {
                // until it is full
            }
            assertTrue(batch.finish() > BatchLayout.MAX_BATCH_BYTES - 1_100);
            for (int i = 0; i < 20; i++) {
                await(() -> writer.hasRoom(batch.length()));
                batch.begin(1, 1 + i * 1_000L, 0, 0);
                for (int c = 0; c < 1_000; c++) {
                    assertTrue(batch.append(command, 0, command.capacity()));
                }
                batch.finish();
                writer.append();
                writer.force();
            }
        }
        assertEquals(
                20_000, new JournalReader(dataDirectory).read((b, f, o) -> {}).lastSequence());
    }

    @Test
    void shouldRefuseABatchThatIsNotFinishedOrOfAnotherEpoch() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 6);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.PROCESS))) {
            assertThrows(IllegalStateException.class, writer::append);
            writer.batch().begin(1, 1, 0, 0);
            writer.batch().append(new UnsafeBuffer(new byte[8]), 0, 8);
            assertThrows(IllegalStateException.class, writer::append);
            writer.batch().begin(2, 1, 0, 0);
            writer.batch().append(new UnsafeBuffer(new byte[8]), 0, 8);
            writer.batch().finish();
            assertThrows(IllegalStateException.class, writer::append);
        }
    }

    @Test
    void shouldSayThatThereIsNoRoomAndGoOnWhenThereIs() throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        final SegmentMaker real = new ZeroedSegmentMaker(settings);
        final AtomicBoolean full = new AtomicBoolean();
        final JournalFixture journal = new JournalFixture(dataDirectory, 7);
        final SegmentMaker maker = (directory, number, pace) -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            return real.make(directory, number, pace);
        };
        try (JournalWriter writer = journal.open(settings, maker)) {
            await(writer::isSpareReady);
            full.set(true);
            writer.roll();
            await(() -> writer.preparationFault() != null);
            assertFalse(writer.isSpareReady());
            int written = 0;
            while (writer.hasRoom(20_000)) {
                journal.write(writer, 10, 1_900);
                written++;
            }
            assertTrue(written > 3, "room is what is left of the segment");
            assertTrue(writer.fits(20_000), "the reserve is there for what the writer must write");
            while (writer.fits(20_000)) {
                journal.write(writer, 10, 1_900);
            }
            writer.batch().begin(1, 99, 0, 0);
            final UnsafeBuffer filler = new UnsafeBuffer(new byte[20_000]);
            writer.batch().append(filler, 0, filler.capacity());
            writer.batch().finish();
            assertThrows(JournalFullException.class, writer::append);
            assertTrue(writer.preparationFault().contains("No space left on device"));

            full.set(false);
            await(() -> writer.hasRoom(20_000));
            assertNull(writer.preparationFault());
            journal.write(writer, 10, 1_900);
        }
        assertNull(journal.readAndCompare().epochs().get(0).cut());
    }

    @Test
    void shouldTakeAwayOnlyWhatAKilledServerNeverUsed() throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        final JournalFixture journal = new JournalFixture(dataDirectory, 12);
        try (JournalWriter writer = journal.open(settings)) {
            journal.write(writer, 3, 100);
            await(writer::isSpareReady);
            writer.roll();
            journal.write(writer, 3, 100);
        }
        final Path epoch = JournalDirectory.epoch(dataDirectory, 1);
        final SegmentMaker maker = new ZeroedSegmentMaker(settings);
        maker.make(epoch, 2, SegmentMaker.Pace.FULL_SPEED).channel().close();
        final Path touched = maker.make(epoch, 3, SegmentMaker.Pace.FULL_SPEED).path();
        final Path spare = maker.make(epoch, 4, SegmentMaker.Pace.FULL_SPEED).path();
        final Path half = Files.write(epoch.resolve("00000005.cq4.preparing"), new byte[4_096]);
        try (RandomAccessFile file = new RandomAccessFile(touched.toFile(), "rw")) {
            file.seek(100_000);
            file.write(1);
        }
        final JournalReader reader = new JournalReader(dataDirectory);
        assertEquals(List.of(spare, half), reader.deleteSpares());
        assertEquals(4, JournalDirectory.segments(epoch).size(), "what lies before a used file stays");
        assertEquals(6, journal.readAndCompare().lastSequence());
    }

    @Test
    void shouldTakeAwayTheOpenSpareThatAKilledServerLeft() throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        final JournalFixture journal = new JournalFixture(dataDirectory, 13);
        final Path epoch = JournalDirectory.epoch(dataDirectory, 1);
        final Path spare = epoch.resolve(SegmentLayout.fileName(1));
        final Path half = JournalDirectory.scratch(epoch, 2);
        final byte[] opened;
        try (JournalWriter writer = journal.open(settings)) {
            journal.write(writer, 3, 100);
            await(writer::isSpareReady);
            opened = Files.readAllBytes(spare);
        }
        assertFalse(Files.exists(spare), "an orderly end takes it away");
        assertFalse(Arrays.equals(opened, new byte[opened.length]), "it has its prologue");
        Files.write(spare, opened);
        Files.createDirectory(half);
        Files.write(half.resolve(SegmentLayout.fileName(2)), new byte[4_096]);
        assertEquals(3, journal.readAndCompare().lastSequence());
        assertEquals(List.of(spare, half), new JournalReader(dataDirectory).deleteSpares());
        assertFalse(Files.exists(spare) || Files.exists(half));
        opened[SegmentLayout.PROLOGUE_BYTES + 77] = 1;
        Files.write(spare, opened);
        assertEquals(List.of(), new JournalReader(dataDirectory).deleteSpares(), "it is not empty");
    }

    @Test
    void shouldMarkTheEndOfASegmentThatItLeft() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 14);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            journal.write(writer, 3, 100);
            await(writer::isSpareReady);
            writer.roll();
            journal.write(writer, 3, 100);
        }
        final SegmentInventory left =
                journal.readAndCompare().epochs().get(0).segments().get(0);
        final UnsafeBuffer bytes = new UnsafeBuffer(Files.readAllBytes(left.file()));
        assertEquals(SegmentLayout.END_OF_FILE, bytes.getInt((int) left.endPosition()));
        assertEquals(SegmentLayout.END_OF_FILE_TEXT, bytes.getInt((int) left.endPosition() + Integer.BYTES));
    }

    @Test
    void shouldLeaveNothingBehindOfASegmentThatCouldNotBeMade() throws IOException {
        final JournalSettings settings = JournalSettings.ofSegment(Durability.DISK, 4 << 20);
        final SegmentMaker maker = new ZeroedSegmentMaker(settings);
        assertThrows(
                IllegalStateException.class,
                () -> maker.make(dataDirectory, 3, (done, all) -> {
                    throw new IllegalStateException("stop");
                }));
        try (var files = Files.list(dataDirectory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void shouldForceOnceABatchAndOnlyOnDisk() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 8);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            assertEquals(1, writer.forces(), "the record's");
            journal.write(writer, 1, 10);
            writer.force();
            assertEquals(2, writer.forces());
        }
        final Path other = dataDirectory.resolve("other");
        Files.createDirectory(other);
        final JournalFixture unforced = new JournalFixture(other, 8);
        try (JournalWriter writer = unforced.open(JournalFixture.small(Durability.PROCESS))) {
            unforced.write(writer, 1, 10);
            assertEquals(1, writer.forces(), "the record's, whatever the durability");
        }
    }

    @Test
    void shouldThrowEverAfterAFailedForce() throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        final SegmentMaker real = new ZeroedSegmentMaker(settings);
        final Segment[] made = new Segment[1];
        final JournalFixture journal = new JournalFixture(dataDirectory, 9);
        final JournalWriter writer = journal.open(settings, (directory, number, pace) -> {
            final Segment segment = real.make(directory, number, pace);
            if (number == 0) {
                made[0] = segment;
            }
            return segment;
        });
        made[0].channel().close();
        assertThrows(IOException.class, () -> journal.write(writer, 1, 10));
        assertThrows(IOException.class, writer::force);
        assertThrows(IOException.class, writer::close);
    }

    @Test
    void shouldAllocateNothingPerAppend() throws IOException {
        final JournalSettings settings = JournalSettings.ofSegment(Durability.PROCESS, 16 << 20);
        final JournalFixture journal = new JournalFixture(dataDirectory, 10);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long self = Thread.currentThread().getId();
        try (JournalWriter writer = journal.open(settings)) {
            final UnsafeBuffer command = new UnsafeBuffer(new byte[72]);
            appendMany(writer, command, 1, 20_000);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                final long before = threads.getThreadAllocatedBytes(self);
                appendMany(writer, command, 20_001 + round * 2_000, 2_000);
                least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
            }
            assertEquals(0, least, "bytes allocated by 2,000 batches");
            assertNotNull(writer.segmentFile());
        }
    }

    private static void appendMany(
            final JournalWriter writer, final UnsafeBuffer command, final long firstSequence, final int batches)
            throws IOException {
        for (int i = 0; i < batches; i++) {
            writer.batch().begin(1, firstSequence + i, 1, 2);
            writer.batch().append(command, 0, command.capacity());
            writer.batch().finish();
            if (!writer.hasRoom(writer.batch().length())) {
                throw new IllegalStateException("the segment is meant to hold them all");
            }
            writer.append();
            writer.force();
        }
    }

    static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("condition did not come true within 20 s");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
