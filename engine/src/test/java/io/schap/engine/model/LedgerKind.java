package io.schap.engine.model;

/** The ledgers that one suite holds to one contract. */
enum LedgerKind {
    /** The obviously right one. */
    NAIVE {
        @Override
        LedgerDoor open() {
            return new NaiveLedger();
        }
    },
    /** The one that is served. */
    REAL {
        @Override
        LedgerDoor open() {
            return new RealLedger();
        }
    };

    abstract LedgerDoor open();
}
