package io.schap.gateway.cli;

import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.GatewayContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a server in a file: {@code name = number} lines, empty ones, and comments that start with {@code #}. What
 * cannot be meant stops the start, naming the line: a typing error shall not become a silent default.
 */
final class ConfigFile {

    private static final Map<String, Bounds> SETTINGS = settings();

    private final Map<String, Long> values;

    /** What a setting may be. */
    private record Bounds(long min, long max) {
        @Override
        public String toString() {
            return "a whole number from " + min + " to " + max;
        }
    }

    private ConfigFile(final Map<String, Long> values) {
        this.values = values;
    }

    /** A file that sets nothing. */
    static ConfigFile empty() {
        return new ConfigFile(Map.of());
    }

    /**
     * Reads a file.
     *
     * @param file in UTF-8.
     * @return what it sets.
     * @throws CommandFault that names file and line of the first thing that is wrong.
     */
    static ConfigFile read(final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new CommandFault(CommandFault.WRONG_USAGE, "cannot read the configuration: " + e, e);
        }
        final Map<String, Long> values = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                readLine(line, file + " line " + (i + 1) + ": ", values);
            }
        }
        return new ConfigFile(values);
    }

    private static void readLine(final String line, final String place, final Map<String, Long> values) {
        final int equals = line.indexOf('=');
        if (equals < 0) {
            throw wrong(place + "\"" + line + "\" is not name = number");
        }
        final String name = line.substring(0, equals).strip();
        final String text = line.substring(equals + 1).strip();
        final Bounds bounds = SETTINGS.get(name);
        if (bounds == null) {
            throw wrong(
                    place + "there is no setting \"" + name + "\"; there are " + String.join(", ", SETTINGS.keySet()));
        }
        final long value;
        try {
            value = Long.parseLong(text);
        } catch (final NumberFormatException e) {
            throw wrong(place + name + " is \"" + text + "\", not " + bounds);
        }
        if (value < bounds.min || value > bounds.max) {
            throw wrong(place + name + " is " + value + ", not " + bounds);
        }
        if (values.put(name, value) != null) {
            throw wrong(place + name + " is set a second time");
        }
    }

    /**
     * Sets what the file says of engine and ledger. When it says anything of the ledger, the settings that it does not name
     * are the defaults; when it says nothing, those in force stay.
     *
     * @param context of the engine to launch.
     */
    void applyTo(final EngineContext context) {
        for (final EngineSetting setting : EngineSetting.values()) {
            final Long value = values.get(setting.label());
            if (value != null) {
                context.set(setting, value);
            }
        }
        if (values.keySet().stream().anyMatch(name -> name.startsWith("ledger."))) {
            context.ledgerSettings(ledger());
        }
    }

    /**
     * Sets what the file says of the gateway.
     *
     * @param context of the gateway to launch.
     */
    void applyTo(final GatewayContext context) {
        context.eventLoops(intValue(ServerSetting.EVENT_LOOPS, context.eventLoops()));
        context.maxConnections(intValue(ServerSetting.MAX_CONNECTIONS, context.maxConnections()));
    }

    private LedgerSettings ledger() {
        final LedgerSettings otherwise = LedgerSettings.DEFAULTS;
        return new LedgerSettings(
                intValue(ServerSetting.MAX_STORES, otherwise.maxStores()),
                intValue(ServerSetting.MAX_SKUS, otherwise.maxSkus()),
                intValue(ServerSetting.MAX_CHANNELS, otherwise.maxChannels()),
                intValue(ServerSetting.MAX_LIVE_RESERVATIONS, otherwise.maxLiveReservations()),
                intValue(ServerSetting.CLOSED_RESERVATIONS_KEPT, otherwise.closedReservationsKept()),
                intValue(ServerSetting.DEFAULT_HOLD_SECONDS, otherwise.defaultHoldSeconds()),
                intValue(ServerSetting.DEFAULT_LOW_STOCK_THRESHOLD, otherwise.defaultLowStockThreshold()),
                intValue(ServerSetting.ANSWERS_KEPT, otherwise.answersKept()),
                value(ServerSetting.ANSWERS_KEPT_BYTES, otherwise.answersKeptBytes()),
                TimeUnit.HOURS.toMillis(value(
                        ServerSetting.ANSWERS_KEPT_HOURS, TimeUnit.MILLISECONDS.toHours(otherwise.answersKeptMs()))));
    }

    private long value(final ServerSetting setting, final long otherwise) {
        return values.getOrDefault(setting.label(), otherwise);
    }

    private int intValue(final ServerSetting setting, final int otherwise) {
        return Math.toIntExact(value(setting, otherwise));
    }

    private static Map<String, Bounds> settings() {
        final Map<String, Bounds> settings = new TreeMap<>();
        for (final EngineSetting setting : EngineSetting.values()) {
            settings.put(setting.label(), new Bounds(setting.min(), setting.max()));
        }
        for (final ServerSetting setting : ServerSetting.values()) {
            settings.put(setting.label(), new Bounds(setting.min(), setting.max()));
        }
        return settings;
    }

    private static CommandFault wrong(final String message) {
        return new CommandFault(CommandFault.WRONG_USAGE, message);
    }
}
