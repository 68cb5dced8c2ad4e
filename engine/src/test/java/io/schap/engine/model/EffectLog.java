package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import java.util.ArrayList;
import java.util.List;

/** Keeps every effect that it is told. */
public final class EffectLog implements EffectSink {

    private final List<Effect> effects = new ArrayList<>();

    /** The effects since the last call, in the order in which they were told. */
    public List<Effect> drain() {
        final List<Effect> drained = List.copyOf(effects);
        effects.clear();
        return drained;
    }

    @Override
    public void cellChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {
        effects.add(new Effect.CellChanged(store, sku, before, after, versionAfter));
    }

    @Override
    public void cellPolicyChanged(
            final int store, final int sku, final long before, final long after, final int versionAfter) {
        effects.add(new Effect.CellPolicyChanged(store, sku, before, after, versionAfter));
    }

    @Override
    public void storePolicyChanged(final int store, final long before, final long after) {
        effects.add(new Effect.StorePolicyChanged(store, before, after));
    }

    @Override
    public void reservationChanged(
            final long number,
            final int stateBefore,
            final int stateAfter,
            final long deadlineBefore,
            final long deadlineAfter) {
        effects.add(new Effect.ReservationChanged(
                number,
                ReservationStatus.values()[stateBefore],
                ReservationStatus.values()[stateAfter],
                deadlineBefore,
                deadlineAfter));
    }

    @Override
    public void lineChanged(
            final long number,
            final int line,
            final long quantitiesAfter,
            final long closedBefore,
            final long closedAfter) {
        effects.add(new Effect.LineChanged(number, line, quantitiesAfter, closedBefore, closedAfter));
    }

    @Override
    public void reservationEvicted(final long number, final int state) {
        effects.add(new Effect.ReservationEvicted(number, ReservationStatus.values()[state]));
    }

    @Override
    public void storeChanged(final StoreRow before, final StoreRow after) {
        effects.add(new Effect.StoreChanged(before, after));
    }

    @Override
    public void skuChanged(final SkuRow before, final SkuRow after) {
        effects.add(new Effect.SkuChanged(before, after));
    }

    @Override
    public void channelMade(final int index, final String name) {
        effects.add(new Effect.ChannelMade(index, name));
    }

    @Override
    public void settingsChanged(final LedgerSettings before, final LedgerSettings after) {
        effects.add(new Effect.SettingsChanged(before, after));
    }

    @Override
    public void logicVersionChanged(final int before, final int after) {
        effects.add(new Effect.LogicVersionChanged(before, after));
    }

    @Override
    public void answerRemembered(final long keyHi, final long keyLo, final long sequence) {
        effects.add(new Effect.AnswerRemembered(keyHi, keyLo, sequence));
    }

    @Override
    public void answerForgotten(final long keyHi, final long keyLo, final long sequence) {
        effects.add(new Effect.AnswerForgotten(keyHi, keyLo, sequence));
    }
}
