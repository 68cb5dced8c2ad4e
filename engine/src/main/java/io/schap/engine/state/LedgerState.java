package io.schap.engine.state;

/** The tables of a ledger, and the command that is being applied: what the handlers of commands share. */
final class LedgerState {

    final RowHash hash = new RowHash();
    final MasterData master = new MasterData(hash);
    final CellTable cells = new CellTable(hash);
    final ReservationTable reservations = new ReservationTable(hash);
    final AnswerMemory answers = new AnswerMemory(hash);
    final AnswerWriter answer = new AnswerWriter();

    LedgerSettings settings;
    Secrets secrets;
    int logicVersion = StockLedger.FIRST_LOGIC_VERSION;
    long sequence;
    long timeMs;
    EffectSink effects = EffectSink.NONE;

    /**
     * The secrets of a chain, from its genesis.
     *
     * @param idHi   high half of the secret of reservation ids.
     * @param idLo   low half.
     * @param textHi high half of the secret of text hashes.
     * @param textLo low half.
     */
    record Secrets(long idHi, long idLo, long textHi, long textLo) {}

    /** Names the command that is applied from now on. */
    void begin(final long commandSequence, final long commandTimeMs, final EffectSink sink) {
        sequence = commandSequence;
        timeMs = Math.max(timeMs, commandTimeMs);
        effects = sink;
        answer.begin(sequence, timeMs);
    }

    boolean isStore(final int store) {
        return store >= 0 && store < master.storeCount();
    }

    boolean isSku(final int sku) {
        return sku >= 0 && sku < master.skuCount();
    }

    /** The policy in force in a cell with this own policy. */
    long policyInForce(final long own, final int store) {
        return Policies.inForce(own, master.storePolicy(store), settings.defaultLowStockThreshold());
    }

    /** The units never promised in a found cell. */
    int safetyStock(final long[] run, final int cell, final int store) {
        final long own = cells.policy(run, cell);
        return Policies.safetyStock(Policies.isSafetyStockSet(own) ? own : master.storePolicy(store));
    }

    /** Sets the counters of a found cell and tells the change. */
    void changeCounters(final long[] run, final int cell, final int store, final int sku, final long after) {
        final long before = CellTable.counters(run, cell);
        final int version = cells.setCounters(run, cell, sku, store, after);
        effects.cellChanged(store, sku, before, after, version);
    }
}
