package io.schap.engine.recovery;

import io.schap.engine.journal.DataDirectoryLock;
import io.schap.engine.journal.JournalCorruptException;
import io.schap.engine.journal.JournalInventory;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Reads the whole journal of a stopped server as if nothing of it were known, and changes nothing of it. */
public final class JournalVerifier {

    private JournalVerifier() {}

    /**
     * Checks every checksum, sequence and state hash, replays everything, and then checks every invariant of the ledger.
     *
     * @param dataDirectory of a stopped server; locked for as long as this runs.
     * @return counts and the final hash.
     * @throws JournalCorruptException at the first fault, with its place.
     * @throws IOException             when there is no such directory, a server runs on it, or a file cannot be read.
     */
    public static VerifiedJournal verify(final Path dataDirectory) throws IOException {
        if (!Files.isDirectory(dataDirectory)) {
            throw new NotDirectoryException("no data directory: directory=" + dataDirectory);
        }
        final DataDirectoryLock lock = DataDirectoryLock.acquire(dataDirectory);
        try {
            return verifyLocked(dataDirectory);
        } finally {
            lock.close();
        }
    }

    private static VerifiedJournal verifyLocked(final Path dataDirectory) throws IOException {
        final StockLedger ledger = new StockLedger();
        final Replay replay = new Replay(ledger, EffectSink.NONE);
        final JournalInventory inventory = new JournalReader(dataDirectory).read(replay);
        try {
            LedgerInvariants.check(ledger);
        } catch (final AssertionError e) {
            throw new JournalCorruptException(
                    dataDirectory, 0, ledger.lastSequence(), "an invariant is broken after replay: " + e.getMessage());
        }
        return new VerifiedJournal(
                new RecoveryPlan(dataDirectory, inventory),
                replay.batches(),
                replay.commands(),
                ledger.liveReservations(),
                ledger.stateHash());
    }
}
