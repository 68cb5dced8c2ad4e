package io.schap.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.journal.Durability;
import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalCorruptException;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.model.Commands;
import io.schap.engine.model.MovementsBuilder;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RecoveryTest {

    private static final long START_MS = 1_700_000_000_000L;
    private static final JournalSettings SETTINGS = JournalSettings.ofSegment(Durability.DISK, 4 << 20);
    private static final int STORES = 5;
    private static final int SKUS = 20;

    @TempDir
    Path dataDirectory;

    private long timeMs = START_MS;
    private Path lastFile;
    private long lastOffset;

    /** A start of the server: recovers into a new ledger, and begins an epoch. */
    private JournalWriter start(final StockLedger ledger) throws IOException {
        final Recovered recovered = RecoveryPlan.compute(dataDirectory).run(ledger, EffectSink.NONE, timeMs + 1);
        final EpochRecord record = recovered.nextEpoch(SETTINGS, new SecureRandom(), timeMs);
        return JournalWriter.launch(dataDirectory, record, SETTINGS, task -> {
            final Thread thread = new Thread(task, "journal-preparer");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void write(
            final JournalWriter writer, final StockLedger ledger, final List<? extends DirectBuffer> commands)
            throws IOException {
        timeMs += 1_000;
        final long first = ledger.lastSequence() + 1;
        writer.batch().begin(writer.epoch().epoch(), first, timeMs, ledger.stateHash());
        for (final DirectBuffer command : commands) {
            assertTrue(writer.batch().append(command, 0, command.capacity()));
        }
        writer.batch().finish();
        lastOffset = writer.append();
        lastFile = writer.segmentFile();
        writer.force();
        for (int i = 0; i < commands.size(); i++) {
            ledger.apply(first + i, timeMs, commands.get(i), 0, commands.get(i).capacity(), EffectSink.NONE);
        }
    }

    private void writeChain(final JournalWriter writer, final StockLedger ledger) throws IOException {
        write(writer, ledger, List.of(Commands.genesis().secrets(1, 2, 3, 4).encode()));
        write(writer, ledger, List.of(Commands.putChannel("web").encode()));
        final MovementsBuilder goods = Commands.movements();
        for (int i = 0; i < STORES; i++) {
            write(writer, ledger, List.of(Commands.putStore("store-" + i).encode()));
        }
        for (int i = 0; i < SKUS; i++) {
            write(writer, ledger, List.of(Commands.putSku("sku-" + i).encode()));
            goods.receipt(i % STORES, i, 100);
        }
        write(writer, ledger, List.of(goods.encode()));
    }

    private void writeRandom(
            final JournalWriter writer, final StockLedger ledger, final Random random, final int batches)
            throws IOException {
        for (int i = 0; i < batches; i++) {
            final int sku = random.nextInt(SKUS);
            final long reservation = 1L + random.nextInt(50);
            write(
                    writer,
                    ledger,
                    List.of(
                            Commands.tick().encode(),
                            Commands.reserve()
                                    .channel(0)
                                    .line(sku % STORES, sku, 1 + random.nextInt(20))
                                    .hold(1 + random.nextInt(30))
                                    .key(1 + random.nextInt(1_000))
                                    .encode(),
                            Commands.confirm(reservation).encode(),
                            Commands.fulfil(reservation).encode(),
                            Commands.movements().receipt(sku % STORES, sku, 3).encode()));
        }
    }

    @Test
    void shouldComeBackToTheSameStateAtEveryStart() throws IOException {
        final Random random = new Random(31);
        long hash = new StockLedger().stateHash();
        long sequence = 0;
        for (int start = 0; start < 4; start++) {
            final StockLedger ledger = new StockLedger();
            try (JournalWriter writer = start(ledger)) {
                assertEquals(hash, ledger.stateHash());
                assertEquals(sequence, ledger.lastSequence());
                if (start == 0) {
                    writeChain(writer, ledger);
                }
                writeRandom(writer, ledger, random, 40);
            }
            LedgerInvariants.check(ledger);
            hash = ledger.stateHash();
            sequence = ledger.lastSequence();
        }
        final VerifiedJournal verified = JournalVerifier.verify(dataDirectory);
        assertEquals(hash, verified.stateHash());
        assertEquals(sequence, verified.commands());
        assertEquals(4, verified.plan().inventory().epochs().size());
    }

    @Test
    void shouldTellWhatIsThereAndWhatIsCut() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = start(ledger)) {
            writeChain(writer, ledger);
        }
        final long kept = ledger.lastSequence() - 1;
        flip(lastFile, lastOffset + 70);
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        final String told = String.join("\n", plan.lines());
        assertTrue(told.contains("epoch 1: durability=DISK, sequences 1 to " + kept), told);
        assertTrue(told.contains("cut after sequence=" + kept + ": file=" + lastFile + ", offset=" + lastOffset), told);
        assertTrue(told.contains("wrong batch checksum"), told);
        assertTrue(told.contains("then epoch 2 begins after sequence=" + kept), told);

        final StockLedger again = new StockLedger();
        try (JournalWriter writer = start(again)) {
            assertEquals(kept, again.lastSequence());
            writeRandom(writer, again, new Random(32), 3);
        }
        assertEquals(again.stateHash(), JournalVerifier.verify(dataDirectory).stateHash());
    }

    @Test
    void shouldSayThatANewDirectoryIsEmpty() throws IOException {
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        assertTrue(plan.lines().get(0).contains("journal is empty"));
        final Recovered recovered = plan.run(new StockLedger(), EffectSink.NONE, START_MS);
        assertEquals(0, recovered.commands());
        assertEquals(
                1, recovered.nextEpoch(SETTINGS, new SecureRandom(), START_MS).epoch());
    }

    @Test
    void shouldRefuseABatchWhoseStateHashIsNotThatOfTheReplay() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = start(ledger)) {
            writeChain(writer, ledger);
            final DirectBuffer command = Commands.putSku("late").encode();
            writer.batch().begin(1, ledger.lastSequence() + 1, timeMs, ledger.stateHash() + 1);
            writer.batch().append(command, 0, command.capacity());
            writer.batch().finish();
            lastOffset = writer.append();
            lastFile = writer.segmentFile();
            writer.force();
        }
        final JournalCorruptException refused =
                assertThrows(JournalCorruptException.class, () -> JournalVerifier.verify(dataDirectory));
        assertEquals(lastFile, refused.file());
        assertEquals(lastOffset, refused.offset());
        assertEquals(ledger.lastSequence(), refused.sequence());
        assertThrows(
                JournalCorruptException.class, () -> start(new StockLedger()).close());
    }

    @Test
    void shouldRefuseAnEpochThatSaysAnotherHashOfItsPast() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = start(ledger)) {
            writeChain(writer, ledger);
        }
        final EpochRecord honest = RecoveryPlan.compute(dataDirectory)
                .run(new StockLedger(), EffectSink.NONE, timeMs)
                .nextEpoch(SETTINGS, new SecureRandom(), timeMs);
        final EpochRecord lying = new EpochRecord(
                honest.epoch(),
                honest.journalId(),
                honest.startedMs(),
                honest.previousLastSequence(),
                honest.previousLastTimeMs(),
                honest.previousStateHash() + 1,
                honest.previousCutBytes(),
                honest.segmentBytes(),
                honest.durability(),
                honest.logicVersion(),
                honest.maxBatchBytes());
        JournalWriter.launch(dataDirectory, lying, SETTINGS, Thread::new).close();
        final JournalCorruptException refused =
                assertThrows(JournalCorruptException.class, () -> JournalVerifier.verify(dataDirectory));
        assertTrue(refused.reason().contains("state hash differs"), refused.reason());
    }

    @Test
    void shouldRefuseAClockFarBehindTheJournal() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = start(ledger)) {
            writeChain(writer, ledger);
        }
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        assertThrows(ClockBehindException.class, () -> plan.run(new StockLedger(), EffectSink.NONE, timeMs - 60_001));
        plan.run(new StockLedger(), EffectSink.NONE, timeMs - 60_000);
    }

    @Test
    void shouldShowADumpFromASequence() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = start(ledger)) {
            writeChain(writer, ledger);
        }
        final long[] shown = new long[1];
        new JournalReader(dataDirectory)
                .read(ledger.lastSequence(), (batch, file, offset) -> shown[0] += batch.count());
        assertEquals(1, shown[0]);
    }

    @Test
    void shouldRefuseToVerifyWhatIsNotThere() {
        assertThrows(NotDirectoryException.class, () -> JournalVerifier.verify(dataDirectory.resolve("nothing")));
    }

    private static void flip(final Path path, final long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            final int old = file.read();
            file.seek(offset);
            file.write(old ^ 0x40);
        }
    }
}
