package io.schap.engine;

import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.recovery.Recovered;
import io.schap.engine.recovery.RecoveryPlan;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;

/** Brings the ledger to where the journal ends, by a plan that is told first, and begins the next epoch there. */
final class EpochStart {

    private final EngineContext context;
    private final StockLedger ledger;

    EpochStart(final EngineContext context, final StockLedger ledger) {
        this.context = context;
        this.ledger = ledger;
    }

    JournalWriter recover(final JournalSettings settings, final EffectSink effects, final ThreadFactory threads)
            throws IOException {
        final RecoveryPlan plan = RecoveryPlan.compute(context.dataDirectory());
        plan.lines().forEach(context.report());
        final long nowMs = context.wallClock().time();
        final Recovered recovered = plan.run(ledger, effects, nowMs);
        context.report().accept(recovered.line());
        return JournalWriter.launch(
                context.dataDirectory(), recovered.nextEpoch(settings, context.random(), nowMs), settings, threads);
    }
}
