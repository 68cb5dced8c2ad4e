package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.journal.JournalFixture.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut while the last batch was being forced: any of the pages that it touched may be on the disk as they were
 * before it. All of the batches before must come back, and the last one whole or not at all.
 */
@Timeout(120)
final class TornBatchTest {

    private static final int PAGE_BYTES = 4_096;

    @TempDir
    Path dataDirectory;

    private Place before;
    private Place last;

    /** A page that the last batch changed, as it was and as it became. */
    private record Page(Path file, long offset, byte[] was, byte[] became) {

        boolean holds(final Place place) {
            return file.equals(place.file())
                    && offset < place.offset() + SegmentLayout.DOCUMENT_HEADER_BYTES + place.bytes()
                    && offset + PAGE_BYTES > place.offset();
        }

        void put(final boolean lost) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.seek(offset);
                raw.write(lost ? was : became);
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Writes a few batches and one more; gives the pages that this one changed. */
    private List<Page> pagesOfLastBatch(
            final JournalFixture journal, final int commands, final int commandBytes, final boolean first)
            throws IOException {
        final JournalSettings settings = JournalFixture.small(Durability.DISK);
        try (JournalWriter writer = journal.open(settings)) {
            journal.write(writer, 5, 900);
            before = journal.write(writer, 5, 900);
            if (first) {
                JournalWriterTest.await(writer::isSpareReady);
                writer.roll();
                // the page cache has the roll's end-of-file mark only with the next batch: both are of that batch
            }
            JournalWriterTest.await(writer::isSpareReady);
            final List<Path> files = segments();
            final List<byte[]> was = new ArrayList<>();
            for (final Path file : files) {
                was.add(Files.readAllBytes(file));
            }
            last = journal.write(writer, commands, commandBytes);
            final List<Page> pages = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                changed(files.get(i), was.get(i), Files.readAllBytes(files.get(i)), pages);
            }
            return pages;
        }
    }

    private List<Path> segments() throws IOException {
        return JournalDirectory.segments(JournalDirectory.epoch(dataDirectory, 1));
    }

    private static void changed(final Path file, final byte[] was, final byte[] became, final List<Page> into) {
        assertEquals(was.length, became.length, "no file grows");
        for (int at = 0; at < was.length; at += PAGE_BYTES) {
            final byte[] old = java.util.Arrays.copyOfRange(was, at, at + PAGE_BYTES);
            final byte[] present = java.util.Arrays.copyOfRange(became, at, at + PAGE_BYTES);
            if (!java.util.Arrays.equals(old, present)) {
                into.add(new Page(file, at, old, present));
            }
        }
    }

    private void loseAndRead(final JournalFixture journal, final List<Page> pages, final long lost) throws IOException {
        boolean torn = false;
        for (int i = 0; i < pages.size(); i++) {
            final boolean gone = (lost >>> i & 1) != 0;
            pages.get(i).put(gone);
            torn |= gone && pages.get(i).holds(last);
        }
        final JournalInventory inventory = journal.readAndCompare();
        final String what = "lost=" + Long.toBinaryString(lost);
        assertEquals(torn ? before.lastSequence() : last.lastSequence(), inventory.lastSequence(), what);
        final JournalCut cut = inventory.epochs().get(0).cut();
        if (torn) {
            final boolean anyLeft =
                    pages.stream().anyMatch(page -> page.holds(last) && (lost >>> pages.indexOf(page) & 1) == 0);
            assertEquals(anyLeft, cut != null, what);
        } else {
            assertNull(cut, what);
        }
    }

    @Test
    void shouldRecoverToTheBatchBeforeFromEverySubsetOfASmallBatchesPages() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 21);
        final List<Page> pages = pagesOfLastBatch(journal, 40, 1_000, false);
        assertTrue(pages.size() >= 5 && pages.size() <= 12, "pages=" + pages.size());
        for (long lost = 0; lost < 1L << pages.size(); lost++) {
            loseAndRead(journal, pages, lost);
        }
    }

    @Test
    void shouldRecoverFromEverySubsetWhenTheLastBatchIsTheFirstOfItsSegment() throws IOException {
        final JournalFixture journal = new JournalFixture(dataDirectory, 22);
        final List<Page> pages = pagesOfLastBatch(journal, 20, 1_000, true);
        assertNotNull(
                pages.stream().filter(page -> page.offset() == 0).findFirst().orElse(null));
        for (long lost = 0; lost < 1L << pages.size(); lost++) {
            loseAndRead(journal, pages, lost);
        }
    }

    @Test
    void shouldRecoverToTheBatchBeforeFromRandomSubsetsOfALargeBatchesPages() throws IOException {
        final long seed = JournalFixture.seed("shouldRecoverToTheBatchBeforeFromRandomSubsetsOfALargeBatchesPages");
        final Random random = new Random(seed);
        final JournalFixture journal = new JournalFixture(dataDirectory, seed);
        final List<Page> pages = pagesOfLastBatch(journal, 30, 1_800, false);
        assertTrue(pages.size() > 5, "pages=" + pages.size());
        for (int round = 0; round < 300; round++) {
            loseAndRead(journal, pages, random.nextLong() & (1L << pages.size()) - 1);
        }
        loseAndRead(journal, pages, 0);
    }
}
