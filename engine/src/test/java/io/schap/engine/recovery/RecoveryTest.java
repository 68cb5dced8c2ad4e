package io.schap.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalCorruptException;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.model.Commands;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RecoveryTest {

    @TempDir
    Path dataDirectory;

    private ChainJournal chain;

    @BeforeEach
    void beginChain() {
        chain = new ChainJournal(dataDirectory);
    }

    @Test
    void shouldComeBackToTheSameStateAtEveryStart() throws IOException {
        final Random random = new Random(31);
        long hash = new StockLedger().stateHash();
        long sequence = 0;
        for (int start = 0; start < 4; start++) {
            final StockLedger ledger = new StockLedger();
            try (JournalWriter writer = chain.start(ledger)) {
                assertEquals(hash, ledger.stateHash());
                assertEquals(sequence, ledger.lastSequence());
                if (start == 0) {
                    chain.writeChain(writer, ledger);
                }
                chain.writeRandom(writer, ledger, random, 40);
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
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
        }
        final long kept = ledger.lastSequence() - 1;
        final Path lastFile = chain.lastFile();
        final long lastOffset = chain.lastOffset();
        flip(lastFile, lastOffset + 70);
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        final String told = String.join("\n", plan.lines());
        assertTrue(told.contains("epoch 1: durability=DISK, sequences 1 to " + kept), told);
        assertTrue(told.contains("cut after sequence=" + kept + ": file=" + lastFile + ", offset=" + lastOffset), told);
        assertTrue(told.contains("wrong batch checksum"), told);
        assertTrue(told.contains("then epoch 2 begins after sequence=" + kept), told);

        final StockLedger again = new StockLedger();
        try (JournalWriter writer = chain.start(again)) {
            assertEquals(kept, again.lastSequence());
            chain.writeRandom(writer, again, new Random(32), 3);
        }
        assertEquals(again.stateHash(), JournalVerifier.verify(dataDirectory).stateHash());
    }

    @Test
    void shouldSayThatANewDirectoryIsEmpty() throws IOException {
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        assertTrue(plan.lines().get(0).contains("journal is empty"));
        final Recovered recovered = plan.run(new StockLedger(), EffectSink.NONE, ChainJournal.START_MS);
        assertEquals(0, recovered.commands());
        assertEquals(
                1,
                recovered
                        .nextEpoch(ChainJournal.SETTINGS, new SecureRandom(), ChainJournal.START_MS)
                        .epoch());
    }

    @Test
    void shouldRefuseABatchWhoseStateHashIsNotThatOfTheReplay() throws IOException {
        final long lastOffset;
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
            final DirectBuffer command = Commands.putSku("late").encode();
            writer.batch().begin(1, ledger.lastSequence() + 1, chain.timeMs(), ledger.stateHash() + 1);
            writer.batch().append(command, 0, command.capacity());
            writer.batch().finish();
            lastOffset = writer.append();
            writer.force();
        }
        final Path lastFile = chain.lastFile();
        final JournalCorruptException refused =
                assertThrows(JournalCorruptException.class, () -> JournalVerifier.verify(dataDirectory));
        assertEquals(lastFile, refused.file());
        assertEquals(lastOffset, refused.offset());
        assertEquals(ledger.lastSequence(), refused.sequence());
        assertThrows(
                JournalCorruptException.class,
                () -> chain.start(new StockLedger()).close());
    }

    @Test
    void shouldRefuseAnEpochThatSaysAnotherHashOfItsPast() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
        }
        final EpochRecord honest = RecoveryPlan.compute(dataDirectory)
                .run(new StockLedger(), EffectSink.NONE, chain.timeMs())
                .nextEpoch(ChainJournal.SETTINGS, new SecureRandom(), chain.timeMs());
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
        JournalWriter.launch(dataDirectory, lying, ChainJournal.SETTINGS, Thread::new)
                .close();
        final JournalCorruptException refused =
                assertThrows(JournalCorruptException.class, () -> JournalVerifier.verify(dataDirectory));
        assertTrue(refused.reason().contains("state hash differs"), refused.reason());
        assertEquals(400, refused.offset(), "the record's document");
    }

    @Test
    void shouldRefuseAClockFarBehindTheJournal() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
        }
        final RecoveryPlan plan = RecoveryPlan.compute(dataDirectory);
        assertThrows(
                ClockBehindException.class,
                () -> plan.run(new StockLedger(), EffectSink.NONE, chain.timeMs() - 60_001));
        plan.run(new StockLedger(), EffectSink.NONE, chain.timeMs() - 60_000);
    }

    @Test
    void shouldShowADumpFromASequence() throws IOException {
        final StockLedger ledger = new StockLedger();
        try (JournalWriter writer = chain.start(ledger)) {
            chain.writeChain(writer, ledger);
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
