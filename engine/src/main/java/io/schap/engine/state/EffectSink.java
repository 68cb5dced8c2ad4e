package io.schap.engine.state;

/**
 * Is told each row that a command changed, before and after, on the writer's thread while the command is applied. The
 * values of the row are passed as words, so that nothing is allocated; {@link Counters} and {@link Policies} read them.
 * All methods do nothing unless overridden.
 */
public interface EffectSink {

    /** Ignores every effect. */
    EffectSink NONE = new EffectSink() {};

    /**
     * A cell's counters changed.
     *
     * @param store        the store's index.
     * @param sku          the SKU's index.
     * @param before       the counters before, see {@link Counters}.
     * @param after        the counters after.
     * @param versionAfter the cell's version after; before it was one less (wrapping at 32 bits).
     */
    default void cellChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {}

    /**
     * A cell's own policy changed; its version went up by one too.
     *
     * @param store        the store's index.
     * @param sku          the SKU's index.
     * @param before       the policy before, see {@link Policies}.
     * @param after        the policy after.
     * @param versionAfter the cell's version after.
     */
    default void cellPolicyChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {}

    /**
     * A store's policy changed, and with it what is available in all its cells without an own one.
     *
     * @param store  the store's index.
     * @param before the policy before, see {@link Policies}.
     * @param after  the policy after.
     */
    default void storePolicyChanged(final int store, final long before, final long after) {}

    /**
     * A reservation's own row changed: it was made, stepped on, extended or closed.
     *
     * @param number         of the reservation.
     * @param stateBefore    ordinal of its {@link io.schap.engine.command.ReservationStatus}; NONE when it was made.
     * @param stateAfter     ordinal of the state after.
     * @param deadlineBefore in milliseconds since 1970, 0 for none.
     * @param deadlineAfter  in milliseconds since 1970, 0 for none.
     */
    default void reservationChanged(
            final long number,
            final int stateBefore,
            final int stateAfter,
            final long deadlineBefore,
            final long deadlineAfter) {}

    /**
     * A line of a reservation changed, or was made (then both words before are 0).
     *
     * @param number          of the reservation.
     * @param line            index of the line, from 0.
     * @param quantitiesAfter requested units in the high and granted units in the low 32 bits.
     * @param closedBefore    fulfilled units in the high and released units in the low 32 bits, before.
     * @param closedAfter     the same, after.
     */
    default void lineChanged(
            final long number,
            final int line,
            final long quantitiesAfter,
            final long closedBefore,
            final long closedAfter) {}

    /**
     * A closed reservation is no longer kept whole; its closing state is.
     *
     * @param number of the reservation.
     * @param state  ordinal of the state that it closed in.
     */
    default void reservationEvicted(final long number, final int state) {}

    /**
     * A store was made, or a field of it changed.
     *
     * @param before null when it was made.
     * @param after  the row in force.
     */
    default void storeChanged(final StoreRow before, final StoreRow after) {}

    /**
     * A SKU was made, or a field of it changed.
     *
     * @param before null when it was made.
     * @param after  the row in force.
     */
    default void skuChanged(final SkuRow before, final SkuRow after) {}

    /**
     * A sales channel was made.
     *
     * @param index its index.
     * @param name  its name.
     */
    default void channelMade(final int index, final String name) {}

    /**
     * The settings changed.
     *
     * @param before those before; null at genesis.
     * @param after  those in force.
     */
    default void settingsChanged(final LedgerSettings before, final LedgerSettings after) {}

    /**
     * A newer logic version was switched on.
     *
     * @param before the version before.
     * @param after  the version in force from the next command on.
     */
    default void logicVersionChanged(final int before, final int after) {}

    /**
     * An answer is remembered from now on.
     *
     * @param keyHi    high half of the key hash.
     * @param keyLo    low half of the key hash.
     * @param sequence of the command that it answers.
     */
    default void answerRemembered(final long keyHi, final long keyLo, final long sequence) {}

    /**
     * An answer is no longer remembered.
     *
     * @param keyHi    high half of the key hash.
     * @param keyLo    low half of the key hash.
     * @param sequence of the command that it answered.
     */
    default void answerForgotten(final long keyHi, final long keyLo, final long sequence) {}
}
