package io.schap.gateway.cli;

import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.GatewayContext;
import io.schap.gateway.access.AccessSettings;
import io.schap.gateway.access.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The settings of a server: of a file of {@code name = value} lines, empty ones, and comments that start with {@code #};
 * over it, of the environment; over both, of the command line. What cannot be meant stops the start, naming where it
 * stands: a typing error shall not become a silent default.
 */
final class Configuration {

    private static final String PREFIX = "SCHAP_";
    private static final String FILE_VARIABLE = "SCHAP_CONFIG";
    private static final Map<String, ServerSetting.Entry> ENTRIES = entries();

    private final Map<String, Value> values = new TreeMap<>();

    /** What is set, and where. */
    record Value(String text, String source) {}

    private Configuration() {}

    /** Nothing but defaults. */
    static Configuration defaults() {
        return new Configuration();
    }

    /**
     * Reads all three.
     *
     * @param file        in UTF-8; null for that of {@code SCHAP_CONFIG}, or none.
     * @param environment of the process.
     * @param commandLine values by the setting's name.
     * @return what holds.
     * @throws CommandFault that names the place of the first thing that is wrong.
     */
    static Configuration read(
            final Path file, final Map<String, String> environment, final Map<String, Value> commandLine) {
        final Configuration configuration = new Configuration();
        final String named = environment.get(FILE_VARIABLE);
        if (file != null || named != null) {
            configuration.readFile(file == null ? Path.of(named) : file);
        }
        configuration.readEnvironment(environment);
        commandLine.forEach((name, value) -> configuration.set(name, value.text, value.source, value.source));
        return configuration;
    }

    private void readFile(final Path file) {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new CommandFault(CommandFault.WRONG_USAGE, "cannot read the configuration: " + e, e);
        }
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                readLine(line, file + " line " + (i + 1));
            }
        }
    }

    private void readLine(final String line, final String place) {
        final int equals = line.indexOf('=');
        if (equals < 0) {
            throw wrong(place + ": \"" + line + "\" is not name = value");
        }
        final String name = line.substring(0, equals).strip();
        if (values.containsKey(name)) {
            throw wrong(place + ": " + name + " is set a second time");
        }
        set(name, line.substring(equals + 1).strip(), place, place);
    }

    /** Unknown variables with our prefix are refused, but for the launcher's own and those of a Kubernetes service. */
    private void readEnvironment(final Map<String, String> environment) {
        final Map<String, String> labels = new TreeMap<>();
        ENTRIES.values().forEach(entry -> labels.put(entry.variable(), entry.label()));
        new TreeMap<>(environment).forEach((variable, text) -> {
            final String label = labels.get(variable);
            if (label != null) {
                set(label, text.strip(), variable, variable);
            } else if (variable.startsWith(PREFIX) && !isNoSetting(variable)) {
                throw wrong(variable + ": there is no such setting; there are " + String.join(", ", labels.keySet()));
            }
        });
    }

    private static boolean isNoSetting(final String variable) {
        return variable.equals(FILE_VARIABLE)
                || variable.equals("SCHAP_JAVA_OPTS")
                || variable.equals("SCHAP_NO_BUILD")
                || variable.startsWith("SCHAP_SERVICE_")
                || variable.equals("SCHAP_PORT")
                || variable.startsWith("SCHAP_PORT_");
    }

    private void set(final String name, final String text, final String source, final String place) {
        final ServerSetting.Entry entry = ENTRIES.get(name);
        if (entry == null) {
            throw wrong(
                    place + ": there is no setting \"" + name + "\"; there are " + String.join(", ", ENTRIES.keySet()));
        }
        if (!entry.rule().allows(text)) {
            throw wrong(place + ": " + name + " is \"" + text + "\", not " + entry.rule());
        }
        values.put(name, new Value(text, source));
    }

    /** What holds of a setting, and where that stands. */
    Value value(final ServerSetting.Entry entry) {
        return values.getOrDefault(entry.label(), new Value(entry.otherwise(), "default"));
    }

    /** The text of a setting. */
    String text(final ServerSetting setting) {
        return value(ENTRIES.get(setting.label())).text;
    }

    private long number(final ServerSetting setting) {
        return Long.parseLong(text(setting));
    }

    private int intNumber(final ServerSetting setting) {
        return Math.toIntExact(number(setting));
    }

    /** The file that a setting names; null when it names none. */
    Path file(final ServerSetting setting) {
        final String text = text(setting);
        return text.isEmpty() ? null : Path.of(text);
    }

    /**
     * Sets what is said of engine and ledger. Where anything is said of the ledger, the settings that are not named are the
     * defaults; where nothing is, those in force stay.
     *
     * @param context of the engine to launch.
     */
    void applyTo(final EngineContext context) {
        for (final EngineSetting setting : EngineSetting.values()) {
            final Value value = values.get(setting.label());
            if (value != null) {
                context.set(setting, Long.parseLong(value.text));
            }
        }
        if (setsLedger()) {
            context.ledgerSettings(ledger());
        }
    }

    /** Whether anything is said of the ledger. */
    boolean setsLedger() {
        return values.keySet().stream().anyMatch(name -> name.startsWith("ledger."));
    }

    /**
     * Sets what is said of the gateway.
     *
     * @param context of the gateway to launch.
     * @param data    the data directory, where the keys lie.
     */
    void applyTo(final GatewayContext context, final Path data) {
        if (intNumber(ServerSetting.EVENT_LOOPS) > 0) {
            context.eventLoops(intNumber(ServerSetting.EVENT_LOOPS));
        }
        context.maxConnections(intNumber(ServerSetting.MAX_CONNECTIONS))
                .accessLogEvery(intNumber(ServerSetting.ACCESS_LOG_EVERY))
                .transport(text(ServerSetting.TRANSPORT))
                .cacheSeconds(intNumber(ServerSetting.CACHE_SECONDS))
                .access(access(data));
    }

    private AccessSettings access(final Path data) {
        return new AccessSettings(
                data.resolve(KeyFile.NAME),
                intNumber(ServerSetting.MAX_QUANTITY_SHOWN),
                List.of(text(ServerSetting.TRUSTED_PROXIES).split("\\s*,\\s*")).stream()
                        .filter(part -> !part.isEmpty())
                        .toList(),
                new AccessSettings.Limit(intNumber(ServerSetting.KEY_RATE), intNumber(ServerSetting.KEY_BURST)),
                new AccessSettings.Limit(intNumber(ServerSetting.ADDRESS_RATE), intNumber(ServerSetting.ADDRESS_BURST)),
                file(ServerSetting.TLS_CERTIFICATE),
                file(ServerSetting.TLS_KEY));
    }

    private LedgerSettings ledger() {
        return new LedgerSettings(
                intNumber(ServerSetting.MAX_STORES),
                intNumber(ServerSetting.MAX_SKUS),
                intNumber(ServerSetting.MAX_CHANNELS),
                intNumber(ServerSetting.MAX_LIVE_RESERVATIONS),
                intNumber(ServerSetting.CLOSED_RESERVATIONS_KEPT),
                intNumber(ServerSetting.DEFAULT_HOLD_SECONDS),
                intNumber(ServerSetting.DEFAULT_LOW_STOCK_THRESHOLD),
                intNumber(ServerSetting.ANSWERS_KEPT),
                number(ServerSetting.ANSWERS_KEPT_BYTES),
                TimeUnit.HOURS.toMillis(number(ServerSetting.ANSWERS_KEPT_HOURS)));
    }

    private static Map<String, ServerSetting.Entry> entries() {
        final Map<String, ServerSetting.Entry> entries = new TreeMap<>();
        ServerSetting.all().forEach(entry -> entries.put(entry.label(), entry));
        return entries;
    }

    private static CommandFault wrong(final String message) {
        return new CommandFault(CommandFault.WRONG_USAGE, message);
    }
}
