package io.schap.gateway.cli;

import io.schap.engine.EngineSetting;
import io.schap.engine.command.Limits;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.GatewayContext;
import io.schap.gateway.access.AccessSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Every setting of a server but the engine's own numbers, which are {@link EngineSetting}s: name, bounds, default, meaning. */
enum ServerSetting {
    /** The data directory. */
    DATA(
            "data",
            new Rule.Text("a directory"),
            "",
            "The data directory; made, with a new chain in it, when there is none."),
    /** What an acknowledgement outlives. */
    DURABILITY(
            "durability",
            Rule.Word.of("disk", "process", "memory"),
            "disk",
            "What an acknowledgement outlives: power loss, kill -9 only, or nothing."),
    /** The address that is listened to. */
    HOST(
            "gateway.host",
            new Rule.Text("an address of this machine"),
            GatewayContext.DEFAULT_HOST,
            "The address to listen on; without keys a loopback address only."),
    /** The port. */
    PORT("gateway.port", new Rule.Number(0, 65_535), "8080", "The port to listen on; 0 picks a free one."),
    /** How sockets are driven. */
    TRANSPORT(
            "gateway.transport",
            Rule.Word.of("auto", "io_uring", "epoll", "nio"),
            "auto",
            "How sockets are driven; auto takes the first that works of the others."),
    /** How many event loops serve the connections. */
    EVENT_LOOPS(
            "gateway.event.loops",
            new Rule.Number(0, 64),
            "0",
            "Threads that serve connections; 0 takes one less than there are processors, and at least 2."),
    /** How many connections may be open at once. */
    MAX_CONNECTIONS(
            "gateway.max.connections",
            new Rule.Number(1, 1_000_000),
            "10000",
            "Connections open at once; further ones are closed as they come."),
    /** Which answers are logged. */
    ACCESS_LOG_EVERY(
            "gateway.access.log.every",
            new Rule.Number(0, 1_000_000),
            "0",
            "Which answers are logged: 0 none, 1 each, N about one in N and each with a status from 500 up."),
    /** Certificates. */
    TLS_CERTIFICATE(
            "tls.certificate",
            new Rule.Text("a file"),
            "",
            "The certificates in PEM, the server's own first; read again when it changes. Empty: no TLS."),
    /** Their key. */
    TLS_KEY(
            "tls.key",
            new Rule.Text("a file"),
            "",
            "The private key in PEM, PKCS#8, not encrypted; read again when it changes."),
    /** What a publishable key is shown. */
    MAX_QUANTITY_SHOWN(
            "maxQuantityShown",
            new Rule.Number(1, Limits.MAX_QUANTITY),
            String.valueOf(AccessSettings.MAX_QUANTITY_SHOWN),
            "The largest quantity that a publishable key is shown, in units."),
    /** How long caches keep availability. */
    CACHE_SECONDS(
            "cacheSeconds",
            new Rule.Number(0, 3_600),
            "0",
            "How long a cache may show availability without asking again, in seconds; 0: it always asks."),
    /** Whose word is taken for who asks. */
    TRUSTED_PROXIES(
            "trustedProxies",
            new Rule.Text("addresses and networks with commas between them"),
            "",
            "Proxies whose X-Forwarded-For or PROXY header tells who asks, as 10.0.0.7, 10.1.0.0/16. Empty: none."),
    /** Requests of a key. */
    KEY_RATE(
            "rateLimit.key.perSecond",
            new Rule.Number(0, 10_000_000),
            "0",
            "Requests a second of each key; more are answered 429. 0: any number."),
    /** Requests of a key at once. */
    KEY_BURST(
            "rateLimit.key.burst",
            new Rule.Number(1, 10_000_000),
            "1000",
            "Requests of each key at once, after it was quiet."),
    /** Requests of an address with publishable keys. */
    ADDRESS_RATE(
            "rateLimit.address.perSecond",
            new Rule.Number(0, 10_000_000),
            String.valueOf(AccessSettings.PER_ADDRESS.perSecond()),
            "Requests a second of each address with publishable keys; more are answered 429. 0: any number."),
    /** The same at once. */
    ADDRESS_BURST(
            "rateLimit.address.burst",
            new Rule.Number(1, 10_000_000),
            String.valueOf(AccessSettings.PER_ADDRESS.burst()),
            "Requests of each address at once, after it was quiet."),
    /** Most stores of the chain. */
    MAX_STORES("ledger.max.stores", 1, 65_535, LedgerSettings.DEFAULTS.maxStores(), "Stores of the chain."),
    /** Most SKUs. */
    MAX_SKUS("ledger.max.skus", 1, 100_000_000, LedgerSettings.DEFAULTS.maxSkus(), "SKUs."),
    /** Most sales channels. */
    MAX_CHANNELS("ledger.max.channels", 1, 256, LedgerSettings.DEFAULTS.maxChannels(), "Sales channels."),
    /** Most live reservations. */
    MAX_LIVE_RESERVATIONS(
            "ledger.max.live.reservations",
            1,
            LedgerSettings.MAX_RESERVATIONS,
            LedgerSettings.DEFAULTS.maxLiveReservations(),
            "Held and confirmed reservations; more are answered 409 hold-limit."),
    /** Closed reservations that stay readable whole. */
    CLOSED_RESERVATIONS_KEPT(
            "ledger.closed.reservations.kept",
            1,
            LedgerSettings.MAX_RESERVATIONS,
            LedgerSettings.DEFAULTS.closedReservationsKept(),
            "Closed reservations that stay readable."),
    /** The hold of a reservation that names none, in seconds. */
    DEFAULT_HOLD_SECONDS(
            "ledger.default.hold.seconds",
            Limits.MIN_HOLD_SECONDS,
            Limits.MAX_HOLD_SECONDS,
            LedgerSettings.DEFAULTS.defaultHoldSeconds(),
            "The hold of a reservation that names none, in seconds."),
    /** The low stock threshold of a store that has none, in units. */
    DEFAULT_LOW_STOCK_THRESHOLD(
            "ledger.default.low.stock.threshold",
            0,
            Limits.MAX_QUANTITY,
            LedgerSettings.DEFAULTS.defaultLowStockThreshold(),
            "The low stock threshold of a store that has none, in units."),
    /** Most answers remembered for retries. */
    ANSWERS_KEPT(
            "ledger.answers.kept",
            1,
            100_000_000,
            LedgerSettings.DEFAULTS.answersKept(),
            "Answers remembered for retries."),
    /** Most bytes of them. */
    ANSWERS_KEPT_BYTES(
            "ledger.answers.kept.bytes",
            1 << 20,
            LedgerSettings.MAX_ANSWERS_KEPT_BYTES,
            LedgerSettings.DEFAULTS.answersKeptBytes(),
            "Bytes of them."),
    /** How long they are remembered, in hours. */
    ANSWERS_KEPT_HOURS(
            "ledger.answers.kept.hours",
            1,
            TimeUnit.MILLISECONDS.toHours(LedgerSettings.MAX_ANSWERS_KEPT_MS),
            TimeUnit.MILLISECONDS.toHours(LedgerSettings.DEFAULTS.answersKeptMs()),
            "How long, in hours.");

    private final Entry entry;

    ServerSetting(final String label, final long min, final long max, final long otherwise, final String meaning) {
        this(label, new Rule.Number(min, max), Long.toString(otherwise), meaning);
    }

    ServerSetting(final String label, final Rule rule, final String otherwise, final String meaning) {
        entry = new Entry(label, rule, otherwise, meaning);
    }

    /** The name in a configuration file. */
    String label() {
        return entry.label;
    }

    /** Every setting, the engine's too, in the order in which a person reads them. */
    static List<Entry> all() {
        final List<Entry> all = new ArrayList<>();
        for (final ServerSetting setting : values()) {
            if (setting == MAX_STORES) {
                for (final EngineSetting number : EngineSetting.values()) {
                    all.add(ofEngine(number));
                }
            }
            all.add(setting.entry);
        }
        return all;
    }

    private static Entry ofEngine(final EngineSetting number) {
        final String meaning = switch (number) {
            case RING_SLOTS -> "Slots of the command ring, 2 KB of memory each, a power of two; full, it answers 503.";
            case PORT_CREDITS -> "Commands under way in one event loop, 4 KB of memory each.";
            case BATCH_COMMANDS -> "Most commands of one force.";
            case SPIN_MICROS -> "How long the idle writer looks for work before it sleeps, in microseconds.";
            case SEGMENT_BYTES -> "Length of a journal file, a multiple of 256 KB.";
            case MOVEMENTS_REMEMBERED ->
                "Movements remembered for takenAt of stock imports, 16 bytes each, a power of two.";
        };
        return new Entry(
                number.label(),
                new Rule.Number(number.min(), number.max()),
                Long.toString(number.defaultValue()),
                meaning);
    }

    /**
     * A setting.
     *
     * @param label     in a configuration file.
     * @param rule      what it may hold.
     * @param otherwise what holds when nothing is said.
     * @param meaning   for a person.
     */
    record Entry(String label, Rule rule, String otherwise, String meaning) {

        /** The name of the variable that sets it: {@code SCHAP_MAX_QUANTITY_SHOWN} for {@code maxQuantityShown}. */
        String variable() {
            return "SCHAP_"
                    + label.replaceAll("([a-z])([A-Z])", "$1_$2")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT);
        }
    }
}
