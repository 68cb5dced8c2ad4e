package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.schap.engine.journal.JournalFixture.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to files of a journal whose every batch is known, and what the reader then says. */
@Timeout(120)
final class DamagedJournalTest {

    @TempDir
    Path dataDirectory;

    /** Two segments in the first epoch, one in the second; two small batches in each. */
    private JournalFixture threeSegments(final Durability durability) throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 5);
        try (JournalWriter writer = journal.open(JournalFixture.small(durability))) {
            journal.write(writer, 3, 60);
            journal.write(writer, 2, 60);
            JournalWriterTest.await(writer::isSpareReady);
            writer.roll();
            journal.write(writer, 3, 60);
            journal.write(writer, 1, 60);
        }
        try (JournalWriter writer = journal.open(JournalFixture.small(durability))) {
            journal.write(writer, 4, 60);
            journal.write(writer, 2, 60);
        }
        return journal;
    }

    private List<Path> files() throws IOException {
        try (var walk = Files.walk(dataDirectory)) {
            return walk.filter(path -> path.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    private static void flip(final RandomAccessFile file, final long offset, final int mask) throws IOException {
        file.seek(offset);
        final int old = file.read();
        file.seek(offset);
        file.write(old ^ mask);
    }

    @Test
    void shouldRefuseAnyByteFlippedBeforeTheLastBatchWithItsPlace() throws IOException {
        final long seed = JournalFixture.seed("shouldRefuseAnyByteFlippedBeforeTheLastBatchWithItsPlace");
        final Random random = new Random(seed);
        final JournalFixture journal = threeSegments(Durability.DISK);
        final Place last = journal.lastPlace();
        for (final Path path : files()) {
            final long used = path.equals(last.file()) ? last.offset() : usedBytes(path) + 200;
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                for (long offset = 0; offset < used; offset++) {
                    final int mask = 1 + random.nextInt(255);
                    flip(file, offset, mask);
                    final String what = "file=" + path + ", offset=" + offset + ", mask=" + mask;
                    final JournalCorruptException refused =
                            assertThrows(JournalCorruptException.class, journal::readAndCompare, what);
                    assertTrue(isNear(refused, path, offset, journal), what + ": " + refused.getMessage());
                    flip(file, offset, mask);
                }
            }
        }
        assertEquals(journal.commands().size(), journal.readAndCompare().lastSequence());
    }

    @Test
    void shouldRefuseAnyByteFlippedBehindTheEndOfASealedSegment() throws IOException {
        final JournalFixture journal = threeSegments(Durability.DISK);
        final Path sealed = files().get(0);
        final long end = Files.size(sealed);
        try (RandomAccessFile file = new RandomAccessFile(sealed.toFile(), "rw")) {
            for (long offset = usedBytes(sealed) + 200; offset < end; offset += 1_009) {
                flip(file, offset, 1);
                final JournalCorruptException refused =
                        assertThrows(JournalCorruptException.class, journal::readAndCompare);
                assertEquals(offset / 4 * 4, refused.offset());
                flip(file, offset, 1);
            }
        }
    }

    /** Where a batch or the epoch's record holds the byte, that document is the place; elsewhere the byte itself is. */
    private static boolean isNear(
            final JournalCorruptException refused, final Path path, final long offset, final JournalFixture journal) {
        if (!refused.file().equals(path)) {
            return false;
        }
        for (final Place place : journal.places()) {
            if (place.file().equals(path) && offset >= place.offset() && offset < place.offset() + 4 + place.bytes()) {
                return refused.offset() == place.offset();
            }
        }
        return Math.abs(refused.offset() - offset) <= 210;
    }

    /** Behind the last byte that is not zero. */
    private static long usedBytes(final Path path) throws IOException {
        final byte[] bytes = Files.readAllBytes(path);
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        return used;
    }

    @Test
    void shouldCutALastBatchThatIsFlippedAnywhere() throws IOException {
        final JournalFixture journal = threeSegments(Durability.DISK);
        final Place last = journal.lastPlace();
        try (RandomAccessFile file = new RandomAccessFile(last.file().toFile(), "rw")) {
            for (long offset = last.offset(); offset < last.offset() + 4 + last.bytes(); offset++) {
                flip(file, offset, 0x11);
                final JournalInventory inventory = journal.readAndCompare();
                final JournalCut cut = inventory.epochs().get(1).cut();
                assertEquals(journal.commands().size() - 2, inventory.lastSequence());
                assertNotNull(cut);
                assertEquals(last.offset(), cut.offset());
                assertEquals(last.file(), cut.file());
                flip(file, offset, 0x11);
            }
        }
    }

    @Test
    void shouldRefuseAHoleThatGoodBatchesLieBehind() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 9);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            for (int i = 0; i < 12; i++) {
                journal.write(writer, 10, 1_500);
            }
        }
        final Place holed = journal.places().get(5);
        try (RandomAccessFile file = new RandomAccessFile(holed.file().toFile(), "rw")) {
            file.seek(holed.offset());
            file.write(new byte[4 * 4_096]);
        }
        final JournalCorruptException refused = assertThrows(JournalCorruptException.class, journal::readAndCompare);
        assertEquals(holed.offset(), refused.offset());
        assertEquals(journal.places().get(4).lastSequence(), refused.sequence());
        assertTrue(refused.reason().contains("a good batch follows"), refused.reason());
    }

    @Test
    void shouldCutAtTheFirstFaultWhereNothingWasForced() throws IOException {
        for (final Durability durability : List.of(Durability.PROCESS, Durability.MEMORY)) {
            dataDirectory = Files.createDirectory(dataDirectory.resolve(durability.name()));
            final JournalFixture journal = new JournalFixture(dataDirectory, 6);
            try (JournalWriter writer = journal.open(JournalFixture.small(durability))) {
                for (int i = 0; i < 5; i++) {
                    journal.write(writer, 2, 60);
                }
            }
            final Place third = journal.places().get(2);
            try (RandomAccessFile file = new RandomAccessFile(third.file().toFile(), "rw")) {
                flip(file, third.offset() + 70, 4);
            }
            final JournalInventory inventory = journal.readAndCompare();
            assertEquals(4, inventory.lastSequence());
            final JournalCut cut = inventory.epochs().get(0).cut();
            assertEquals(third.offset(), cut.offset());
            assertTrue(cut.reason().contains("dropped as the epoch ran as " + durability), cut.reason());
        }
    }

    @Test
    void shouldGoOnFromACutOnlyWhereTheNextEpochSaysSo() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 7);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            journal.write(writer, 2, 60);
            journal.write(writer, 2, 60);
        }
        final Place torn = journal.lastPlace();
        try (RandomAccessFile file = new RandomAccessFile(torn.file().toFile(), "rw")) {
            flip(file, torn.offset() + 60, 1);
        }
        journal.cutAfter(journal.readAndCompare());
        assertEquals(2, journal.commands().size());
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            journal.write(writer, 3, 60);
        }
        final JournalInventory inventory = journal.readAndCompare();
        assertEquals(5, inventory.lastSequence());
        assertEquals(torn.offset(), inventory.epochs().get(0).cut().offset());

        final Place first = journal.places().get(0);
        try (RandomAccessFile file = new RandomAccessFile(first.file().toFile(), "rw")) {
            flip(file, first.offset() + 60, 1);
        }
        final JournalCorruptException refused = assertThrows(JournalCorruptException.class, journal::readAndCompare);
        assertEquals(first.offset(), refused.offset());
        assertEquals(0, refused.sequence());
    }

    @Test
    void shouldRefuseAnEpochThatGoesOnPastItsEnd() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 8);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            journal.write(writer, 2, 60);
            journal.write(writer, 2, 60);
        }
        journal.cutAfter(2);
        try (JournalWriter writer = journal.open(JournalFixture.small(Durability.DISK))) {
            journal.write(writer, 3, 60);
        }
        final JournalCorruptException refused = assertThrows(
                JournalCorruptException.class, () -> new JournalReader(dataDirectory).read((b, f, o) -> {}));
        assertEquals(journal.places().get(1).offset(), refused.offset());
    }

    @Test
    void shouldRefuseAMissingSegmentAndAMissingEpoch() throws IOException {
        final JournalFixture journal = threeSegments(Durability.DISK);
        final List<Path> files = files();
        final Path aside = dataDirectory.resolve("aside");
        for (final Path file : files) {
            Files.move(file, aside);
            assertThrows(JournalCorruptException.class, () -> refuseOrAcceptLoss(journal, file), file.toString());
            Files.move(aside, file);
        }
        final Path first = files.get(0).getParent();
        Files.move(first, aside);
        assertThrows(JournalCorruptException.class, journal::readAndCompare);
        Files.move(aside, first);
        assertEquals(journal.commands().size(), journal.readAndCompare().lastSequence());
    }

    /** The only file of the last epoch is no different from an epoch that was never begun; all others are missed. */
    private void refuseOrAcceptLoss(final JournalFixture journal, final Path missing) throws IOException {
        final JournalInventory inventory = journal.readAndCompare();
        if (missing.equals(journal.lastPlace().file())) {
            throw new JournalCorruptException(missing, 0, inventory.lastSequence(), "the last epoch is empty");
        }
    }

    @Test
    void shouldPassOverAnEpochWhoseRecordWasNeverWhole() throws IOException {
        final JournalFixture journal = threeSegments(Durability.DISK);
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        journal.open(settings).close();
        final Path unborn = files().get(3);
        try (RandomAccessFile file = new RandomAccessFile(unborn.toFile(), "rw")) {
            flip(file, SegmentLayout.PROLOGUE_BYTES + 30, 1);
        }
        final JournalInventory inventory = journal.readAndCompare();
        assertNull(inventory.epochs().get(2).record());
        assertNotNull(inventory.epochs().get(2).cut());
        assertEquals(4, inventory.nextEpoch());
        try (JournalWriter writer = journal.open(settings)) {
            journal.write(writer, 1, 10);
        }
        assertEquals(journal.commands().size(), journal.readAndCompare().lastSequence());
    }

    @Test
    void shouldReadFromASequenceOn() throws IOException {
        final JournalFixture journal = threeSegments(Durability.DISK);
        final int all = journal.commands().size();
        for (long from = 1; from <= all + 3; from++) {
            final long[] first = {0};
            final long wanted = from;
            new JournalReader(dataDirectory).read(from, (batch, file, offset) -> {
                if (first[0] == 0) {
                    first[0] = batch.firstSequence();
                    assertTrue(batch.lastSequence() >= wanted, "nothing before it is shown");
                }
            });
            assertTrue(from > all ? first[0] == 0 : first[0] >= 1 && first[0] <= from, "from=" + from);
            assertEquals(all, journal.readAndCompare(from).lastSequence());
        }
    }

    @Test
    void shouldNeverShowABadBatchNorHangWhateverIsDone() throws IOException {
        final long seed = JournalFixture.seed("shouldNeverShowABadBatchNorHangWhateverIsDone");
        final Random random = new Random(seed);
        final JournalFixture journal = threeSegments(Durability.DISK);
        final List<Path> files = files();
        final List<byte[]> whole =
                files.stream().map(DamagedJournalTest::bytesOf).toList();
        int refused = 0;
        for (int round = 0; round < 400; round++) {
            final int victim = random.nextInt(files.size());
            Files.write(files.get(victim), damaged(whole.get(victim), random));
            try {
                journal.readAndCompare();
            } catch (final JournalCorruptException e) {
                refused++;
            }
            Files.write(files.get(victim), whole.get(victim));
        }
        assertTrue(refused > 100, "refused=" + refused);
        assertEquals(journal.commands().size(), journal.readAndCompare().lastSequence());
    }

    private static byte[] bytesOf(final Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (final IOException e) {
            return fail(e);
        }
    }

    private static byte[] damaged(final byte[] whole, final Random random) {
        final byte[] bytes = whole.clone();
        final int near = 2_000;
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int i = random.nextInt(20); i >= 0; i--) {
                    bytes[random.nextInt(near)] ^= (byte) (1 + random.nextInt(255));
                }
            }
            case 1 -> {
                return java.util.Arrays.copyOf(bytes, random.nextInt(near));
            }
            case 2 -> {
                final int from = random.nextInt(near);
                java.util.Arrays.fill(bytes, from, from + random.nextInt(near), (byte) 0);
            }
            case 3 -> {
                final int from = random.nextInt(near);
                for (int i = from; i < from + 500; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            case 4 -> System.arraycopy(bytes, random.nextInt(near), bytes, random.nextInt(near), random.nextInt(near));
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }
}
