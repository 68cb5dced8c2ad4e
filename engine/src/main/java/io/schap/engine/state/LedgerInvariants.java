package io.schap.engine.state;

/** Checks a whole ledger against what must always hold. */
public final class LedgerInvariants {

    private LedgerInvariants() {}

    /**
     * Checks every invariant, and the hash against a full recomputation.
     *
     * @param ledger between two commands.
     * @throws AssertionError that names what is broken.
     */
    public static void check(final StockLedger ledger) {
        throw new UnsupportedOperationException();
    }
}
