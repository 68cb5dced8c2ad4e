package io.schap.engine.model;

import io.schap.engine.command.MovementType;
import io.schap.engine.state.LedgerSettings;
import java.util.List;

/** A well-formed command as plain values. Whether its indexes are known is for the ledger to say. */
sealed interface PlainCommand {

    /** What every command says of itself. */
    Envelope envelope();

    /** Whether the ledger looks for a remembered answer when the command has a key. */
    default boolean mayBeKeyed() {
        return true;
    }

    record Envelope(int logicVersion, int channel, Hash key, Hash fingerprint) {}

    record Hash(long hi, long lo) {
        boolean isGiven() {
            return hi != 0 || lo != 0;
        }
    }

    record CellKey(int store, int sku) {}

    record Quantity(int store, int sku, int units) {}

    /** Bytes laid out as a command that ask what can never be: a value out of its bounds. */
    record Impossible(Envelope envelope, boolean mayBeKeyed) implements PlainCommand {}

    record Genesis(Envelope envelope, LedgerSettings settings) implements PlainCommand {
        @Override
        public boolean mayBeKeyed() {
            return false;
        }
    }

    record Configure(Envelope envelope, LedgerSettings settings) implements PlainCommand {
        @Override
        public boolean mayBeKeyed() {
            return false;
        }
    }

    record Tick(Envelope envelope, int maxExpirations) implements PlainCommand {
        @Override
        public boolean mayBeKeyed() {
            return false;
        }
    }

    record PutChannel(Envelope envelope, String name) implements PlainCommand {}

    record PutStore(Envelope envelope, int mask, String code, StoreFieldsGiven given) implements PlainCommand {}

    record StoreFieldsGiven(
            String name,
            boolean warehouse,
            boolean pickup,
            boolean active,
            boolean located,
            double latitude,
            double longitude,
            String country) {}

    record PutSku(Envelope envelope, int mask, String code, String name, boolean active, List<Long> gtins, String price)
            implements PlainCommand {}

    record SetPolicy(
            Envelope envelope,
            int store,
            int sku,
            int safetyStockAction,
            int lowStockThresholdAction,
            int safetyStock,
            int lowStockThreshold)
            implements PlainCommand {}

    record Movements(Envelope envelope, List<Row> rows) implements PlainCommand {}

    record Row(
            MovementType type,
            boolean expected,
            int channel,
            int store,
            int sku,
            int quantity,
            int expectedOnHand,
            long reservation) {}

    record Reserve(
            Envelope envelope,
            int holdSeconds,
            boolean allowPartial,
            long supersedes,
            List<Quantity> lines,
            byte[] owner,
            byte[] reference)
            implements PlainCommand {}

    record Confirm(Envelope envelope, long reservation, int pickupSeconds, byte[] paymentReference)
            implements PlainCommand {}

    record Extend(Envelope envelope, long reservation, int seconds, boolean ofPickup) implements PlainCommand {}

    /** Fulfil, or release; no lines for the whole. */
    record Step(Envelope envelope, boolean fulfil, long reservation, List<Quantity> lines) implements PlainCommand {}
}
