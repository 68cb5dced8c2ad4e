package io.schap.engine.state;

/** All quantities of a cell at one moment; filled by a view, reused by its reader. */
public final class CellReading {

    private long counters;
    private long policy;
    private int version;

    /** An empty reading. */
    public CellReading() {}

    /**
     * Sets all values.
     *
     * @param newCounters the cell's counters.
     * @param newPolicy   the policy in force, both values set.
     * @param newVersion  the cell's version.
     */
    public void set(final long newCounters, final long newPolicy, final int newVersion) {
        counters = newCounters;
        policy = newPolicy;
        version = newVersion;
    }

    /**
     * Units on hand.
     *
     * @return units.
     */
    public int onHand() {
        return Counters.onHand(counters);
    }

    /**
     * Units reserved.
     *
     * @return units.
     */
    public int reserved() {
        return Counters.reserved(counters);
    }

    /**
     * Units never promised.
     *
     * @return units.
     */
    public int safetyStock() {
        return Policies.safetyStock(policy);
    }

    /**
     * Units up to which stock is limited.
     *
     * @return units.
     */
    public int lowStockThreshold() {
        return Policies.lowStockThreshold(policy);
    }

    /**
     * What a reservation can take.
     *
     * @return units.
     */
    public int available() {
        return Counters.available(counters, safetyStock());
    }

    /**
     * Reserved units that are not there.
     *
     * @return {@code max(0, reserved - onHand)}, units.
     */
    public int shortfall() {
        return Math.max(0, reserved() - onHand());
    }

    /**
     * The cell's version: another one after every change of the cell.
     *
     * @return 32 bits; 0 for a cell that never changed.
     */
    public int version() {
        return version;
    }

    /**
     * The policy in force, for a tag that changes with it.
     *
     * @return a word, see {@link Policies}.
     */
    public long policy() {
        return policy;
    }
}
