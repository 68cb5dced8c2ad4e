package io.schap.engine.state;

/**
 * A policy in one word: each value is set, or falls back to the store's, and the store's to the default.
 *
 * <pre>
 *  63  62 61                    32  31  30 29                     0
 * +---+---+-----------------------+---+---+------------------------+
 * | 0 | s |  safetyStock          | 0 | s |  lowStockThreshold     |   s: set
 * +---+---+-----------------------+---+---+------------------------+
 * </pre>
 */
public final class Policies {

    /** Nothing set. */
    public static final long NONE = 0;

    private static final long SAFETY_SET = 1L << 62;
    private static final long THRESHOLD_SET = 1L << 30;
    private static final int VALUE_MASK = (1 << 30) - 1;

    private Policies() {}

    /**
     * A policy with both values in force: a cell's own where set, else the store's, else the default.
     *
     * @param cell             the cell's own policy.
     * @param store            the store's policy.
     * @param defaultThreshold the low stock threshold where neither sets one, in units.
     * @return a policy with both values set.
     */
    public static long inForce(final long cell, final long store, final int defaultThreshold) {
        final long safety = isSafetyStockSet(cell) ? cell : store;
        final long threshold = isLowStockThresholdSet(cell) ? cell : store;
        return withLowStockThreshold(
                withSafetyStock(NONE, safetyStock(safety)),
                isLowStockThresholdSet(threshold) ? lowStockThreshold(threshold) : defaultThreshold);
    }

    /**
     * Whether the safety stock is set.
     *
     * @param policy a word.
     * @return true if so.
     */
    public static boolean isSafetyStockSet(final long policy) {
        return (policy & SAFETY_SET) != 0;
    }

    /**
     * Whether the low stock threshold is set.
     *
     * @param policy a word.
     * @return true if so.
     */
    public static boolean isLowStockThresholdSet(final long policy) {
        return (policy & THRESHOLD_SET) != 0;
    }

    /**
     * The safety stock.
     *
     * @param policy a word.
     * @return units never promised, 0 where not set.
     */
    public static int safetyStock(final long policy) {
        return (int) (policy >>> 32) & VALUE_MASK;
    }

    /**
     * The low stock threshold.
     *
     * @param policy a word.
     * @return units up to which stock is limited, 0 where not set.
     */
    public static int lowStockThreshold(final long policy) {
        return (int) policy & VALUE_MASK;
    }

    /**
     * A policy with another safety stock.
     *
     * @param policy a word.
     * @param units  0 to 1,000,000,000.
     * @return the word with the value set.
     */
    public static long withSafetyStock(final long policy, final int units) {
        return withoutSafetyStock(policy) | SAFETY_SET | (long) units << 32;
    }

    /**
     * A policy with another low stock threshold.
     *
     * @param policy a word.
     * @param units  0 to 1,000,000,000.
     * @return the word with the value set.
     */
    public static long withLowStockThreshold(final long policy, final int units) {
        return withoutLowStockThreshold(policy) | THRESHOLD_SET | units;
    }

    /**
     * A policy without a safety stock of its own.
     *
     * @param policy a word.
     * @return the word with the value not set.
     */
    public static long withoutSafetyStock(final long policy) {
        return policy & 0xffff_ffffL;
    }

    /**
     * A policy without a low stock threshold of its own.
     *
     * @param policy a word.
     * @return the word with the value not set.
     */
    public static long withoutLowStockThreshold(final long policy) {
        return policy & ~0xffff_ffffL;
    }
}
