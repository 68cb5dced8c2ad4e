package io.schap.gateway.cli;

import io.schap.engine.command.Limits;

/**
 * The settings of ledger and gateway that a configuration file may set, with their bounds; the engine's own are
 * {@link io.schap.engine.EngineSetting}s.
 */
enum ServerSetting {
    /** Most stores of the chain. */
    MAX_STORES("ledger.max.stores", 1, 65_535),
    /** Most SKUs. */
    MAX_SKUS("ledger.max.skus", 1, 100_000_000),
    /** Most sales channels. */
    MAX_CHANNELS("ledger.max.channels", 1, 256),
    /** Most live reservations. */
    MAX_LIVE_RESERVATIONS("ledger.max.live.reservations", 1, 100_000_000),
    /** Closed reservations that stay readable whole. */
    CLOSED_RESERVATIONS_KEPT("ledger.closed.reservations.kept", 0, 100_000_000),
    /** The hold of a reservation that names none, in seconds. */
    DEFAULT_HOLD_SECONDS("ledger.default.hold.seconds", Limits.MIN_HOLD_SECONDS, Limits.MAX_HOLD_SECONDS),
    /** The low stock threshold of a store that has none, in units. */
    DEFAULT_LOW_STOCK_THRESHOLD("ledger.default.low.stock.threshold", 0, Limits.MAX_QUANTITY),
    /** Most answers remembered for retries. */
    ANSWERS_KEPT("ledger.answers.kept", 1, 100_000_000),
    /** Most bytes of them. */
    ANSWERS_KEPT_BYTES("ledger.answers.kept.bytes", 1 << 20, 1L << 40),
    /** How long they are remembered, in hours. */
    ANSWERS_KEPT_HOURS("ledger.answers.kept.hours", 1, 24 * 365),
    /** How many event loops serve the connections. */
    EVENT_LOOPS("gateway.event.loops", 1, 64),
    /** How many connections may be open at once. */
    MAX_CONNECTIONS("gateway.max.connections", 1, 1_000_000);

    private final String label;
    private final long min;
    private final long max;

    ServerSetting(final String label, final long min, final long max) {
        this.label = label;
        this.min = min;
        this.max = max;
    }

    /** The name in a configuration file. */
    String label() {
        return label;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }
}
