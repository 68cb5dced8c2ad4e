package io.schap.engine.recovery;

import io.schap.engine.journal.BatchDecoder;
import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalConsumer;
import io.schap.engine.journal.JournalCorruptException;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.nio.file.Path;

/** Applies what a reader shows, and holds the ledger's hash against the one that was stored before it. */
final class Replay implements JournalConsumer {

    private final StockLedger ledger;
    private final EffectSink effects;
    private long batches;
    private long commands;

    Replay(final StockLedger ledger, final EffectSink effects) {
        this.ledger = ledger;
        this.effects = effects;
    }

    @Override
    public void onEpoch(final EpochRecord record, final Path file, final long offset) throws JournalCorruptException {
        checkHash(record.previousStateHash(), file, offset);
    }

    @Override
    public void onBatch(final BatchDecoder batch, final Path file, final long offset) throws JournalCorruptException {
        checkHash(batch.stateHashBefore(), file, offset);
        final long timeMs = batch.timeMs();
        while (batch.next()) {
            ledger.apply(
                    batch.sequence(), timeMs, batch.buffer(), batch.commandOffset(), batch.commandLength(), effects);
        }
        commands += batch.count();
        batches++;
    }

    /** The place is that of the stored hash; what differs lies before it, or in how this version applies it. */
    private void checkHash(final long stored, final Path file, final long offset) throws JournalCorruptException {
        if (stored != ledger.stateHash()) {
            throw new JournalCorruptException(
                    file,
                    offset,
                    ledger.lastSequence(),
                    "state hash differs: stored=" + Long.toHexString(stored) + ", replayed="
                            + Long.toHexString(ledger.stateHash()));
        }
    }

    long batches() {
        return batches;
    }

    long commands() {
        return commands;
    }
}
