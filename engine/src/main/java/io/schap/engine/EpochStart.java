package io.schap.engine;

import io.schap.engine.journal.BatchDecoder;
import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalId;
import io.schap.engine.journal.JournalInventory;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/** Brings the ledger to where the journal ends, and begins the next epoch there. */
final class EpochStart {

    private static final long MAX_CLOCK_BEHIND_MS = 60_000;

    private final EngineContext context;
    private final StockLedger ledger;

    EpochStart(final EngineContext context, final StockLedger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    JournalWriter recover(final JournalSettings settings, final ThreadFactory threads) throws IOException {
        final JournalReader reader = new JournalReader(context.dataDirectory());
        reader.forceLastEpoch();
        final JournalInventory found = reader.read(this::replay);
        context.report()
                .accept("replayed: epochs=" + found.epochs().size() + ", batches=" + found.batches() + ", lastSequence="
                        + found.lastSequence());
        final long nowMs = context.wallClock().time();
        if (found.lastTimeMs() - nowMs > MAX_CLOCK_BEHIND_MS) {
            throw new IOException("the clock is behind the journal: clockMs=" + nowMs + ", journalMs="
                    + found.lastTimeMs() + ", maxBehindMs=" + MAX_CLOCK_BEHIND_MS);
        }
        final EpochRecord record = new EpochRecord(
                found.nextEpoch(),
                found.journalId() == null ? JournalId.draw(context.random()) : found.journalId(),
                nowMs,
                found.lastSequence(),
                found.lastTimeMs(),
                ledger.stateHash(),
                found.cutBytes(),
                settings.segmentBytes(),
                settings.durability(),
                ledger.logicVersion(),
                settings.maxBatchBytes());
        return JournalWriter.launch(context.dataDirectory(), record, settings, threads);
    }

    private void replay(final BatchDecoder batch, final Path file, final long offset) {
        if (batch.stateHashBefore() != ledger.stateHash()) {
            throw new IllegalStateException("the state is not that of the journal: file=" + file + ", offset=" + offset
                    + ", firstSequence=" + batch.firstSequence());
        }
        while (batch.next()) {
            ledger.apply(
                    batch.sequence(),
                    batch.timeMs(),
                    batch.buffer(),
                    batch.commandOffset(),
                    batch.commandLength(),
                    EffectSink.NONE);
        }
    }
}
