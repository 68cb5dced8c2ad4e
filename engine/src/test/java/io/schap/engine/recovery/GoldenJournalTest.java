package io.schap.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.engine.journal.JournalWriter;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Journals of released versions, and the state hash that each came to: they must be read, and come to it, for ever. A
 * kept journal is one segment without the zeros at its end, packed. {@link #main} makes the next one.
 */
final class GoldenJournalTest {

    private static final int VERSION = 1;

    @TempDir
    Path dataDirectory;

    @Test
    void shouldReadTheJournalsOfAllVersionsAndComeToTheirState() throws IOException {
        for (int version = 1; version <= VERSION; version++) {
            final Path epoch = Files.createDirectories(
                    dataDirectory.resolve("version-" + version).resolve("journal/00000001"));
            try (InputStream packed = resource("golden-journal-" + version + ".gz")) {
                final byte[] used = new GZIPInputStream(packed).readAllBytes();
                Files.write(epoch.resolve("00000000.cq4"), Arrays.copyOf(used, fileBytes()));
            }
            final VerifiedJournal verified = JournalVerifier.verify(dataDirectory.resolve("version-" + version));
            try (InputStream expected = resource("golden-journal-" + version + ".txt")) {
                assertEquals(new String(expected.readAllBytes(), StandardCharsets.US_ASCII), lastLine(verified) + "\n");
            }
        }
    }

    private static InputStream resource(final String name) {
        return GoldenJournalTest.class.getResourceAsStream(name);
    }

    private static int fileBytes() {
        return (int) ChainJournal.SETTINGS.segmentBytes() / 4 * 5;
    }

    private static String lastLine(final VerifiedJournal verified) {
        return verified.lines().get(verified.lines().size() - 1);
    }

    /** Writes a journal of the present version and what it comes to, into the directory that is given. */
    public static void main(final String[] arguments) throws IOException {
        final Path into = Path.of(arguments[0]);
        final Path data = Files.createTempDirectory("golden");
        final ChainJournal chain = new ChainJournal(data);
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
            chain.writeRandom(writer, ledger, new Random(VERSION), 60);
        }
        final byte[] bytes = Files.readAllBytes(chain.lastFile());
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        try (GZIPOutputStream packed =
                new GZIPOutputStream(Files.newOutputStream(into.resolve("golden-journal-" + VERSION + ".gz")))) {
            packed.write(bytes, 0, used);
        }
        Files.writeString(
                into.resolve("golden-journal-" + VERSION + ".txt"), lastLine(JournalVerifier.verify(data)) + "\n");
    }
}
