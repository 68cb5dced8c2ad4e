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
    private final int[] offsets = new int[StockLedger.LOOK_AHEAD];
    private final int[] lengths = new int[StockLedger.LOOK_AHEAD];
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
        int ahead = 0;
        while (batch.next()) {
            offsets[ahead] = batch.commandOffset();
            lengths[ahead] = batch.commandLength();
            ledger.announce(batch.buffer(), offsets[ahead], lengths[ahead]);
            ahead++;
            if (ahead == offsets.length) {
                apply(batch, ahead);
                ahead = 0;
            }
        }
        apply(batch, ahead);
        commands += batch.count();
        batches++;
    }

    /** Applies the commands that were announced. */
    private void apply(final BatchDecoder batch, final int count) {
        ledger.readAhead();
        for (int i = 0; i < count; i++) {
            ledger.apply(ledger.lastSequence() + 1, batch.timeMs(), batch.buffer(), offsets[i], lengths[i], effects);
        }
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
