package io.schap.engine.pipeline;

import io.schap.engine.egress.AnswerRings;
import io.schap.engine.ingress.CommandRing;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.state.StockLedger;
import io.schap.engine.view.MovedCells;
import io.schap.engine.view.StockView;

/**
 * What a batch passes through, in this order.
 *
 * @param ring    where commands wait.
 * @param journal of this epoch.
 * @param ledger  recovered up to where the epoch begins.
 * @param view    on that ledger.
 * @param moved   told of what is applied.
 * @param answers where answers go.
 */
public record Stages(
        CommandRing ring,
        JournalWriter journal,
        StockLedger ledger,
        StockView view,
        MovedCells moved,
        AnswerRings answers) {}
