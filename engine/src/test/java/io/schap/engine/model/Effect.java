package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;

/** A changed row as plain values; one record for each method of {@link io.schap.engine.state.EffectSink}. */
public sealed interface Effect {

    /** A cell's counters changed; words of {@link io.schap.engine.state.Counters}. */
    record CellChanged(int store, int sku, long before, long after, int versionAfter) implements Effect {}

    /** A cell's own policy changed; words of {@link io.schap.engine.state.Policies}. */
    record CellPolicyChanged(int store, int sku, long before, long after, int versionAfter) implements Effect {}

    /** A store's policy changed; words of {@link io.schap.engine.state.Policies}. */
    record StorePolicyChanged(int store, long before, long after) implements Effect {}

    /** A reservation was made, stepped on, extended or closed. */
    record ReservationChanged(
            long number,
            ReservationStatus stateBefore,
            ReservationStatus stateAfter,
            long deadlineBefore,
            long deadlineAfter)
            implements Effect {}

    /** A line of a reservation was made or changed. */
    record LineChanged(long number, int line, long quantitiesAfter, long closedBefore, long closedAfter)
            implements Effect {}

    /** A closed reservation is no longer kept whole. */
    record ReservationEvicted(long number, ReservationStatus state) implements Effect {}

    /** A store was made or changed. */
    record StoreChanged(StoreRow before, StoreRow after) implements Effect {}

    /** A SKU was made or changed. */
    record SkuChanged(SkuRow before, SkuRow after) implements Effect {}

    /** A sales channel was made. */
    record ChannelMade(int index, String name) implements Effect {}

    /** The settings changed. */
    record SettingsChanged(LedgerSettings before, LedgerSettings after) implements Effect {}

    /** A newer logic version was switched on. */
    record LogicVersionChanged(int before, int after) implements Effect {}

    /** An answer is remembered. */
    record AnswerRemembered(long keyHi, long keyLo, long sequence) implements Effect {}

    /** An answer is no longer remembered. */
    record AnswerForgotten(long keyHi, long keyLo, long sequence) implements Effect {}
}
