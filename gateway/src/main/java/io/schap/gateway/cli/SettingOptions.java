package io.schap.gateway.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say how a server is set up; those of {@code serve} and of {@code config show}. */
final class SettingOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, `name = value` a line; config/schap.conf.example has them all (or SCHAP_CONFIG).")
    private Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory; made, with a new chain in it, when there is none (or SCHAP_DATA).")
    private String data;

    @Option(names = "--port", paramLabel = "PORT", description = "0 picks a free one (default: 8080).")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "The address to listen on; without keys a loopback address only, since then the server is open to "
                            + "all who reach it (default: 127.0.0.1).")
    private String host;

    @Option(
            names = "--durability",
            paramLabel = "disk|process|memory",
            description = "What an acknowledgement outlives: power loss, kill -9 only, or nothing (default: disk).")
    private String durability;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "How sockets are driven: auto, io_uring, epoll or nio (default: auto).")
    private String transport;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Any setting, over file and environment; may be given more than once.")
    private final Map<String, String> others = new LinkedHashMap<>();

    /**
     * What holds of file, environment and these options.
     *
     * @param environment of the process.
     * @return the settings.
     * @throws CommandFault that names the first thing that is wrong.
     */
    Configuration read(final Map<String, String> environment) {
        final Map<String, Configuration.Value> given = new LinkedHashMap<>();
        others.forEach((name, text) -> given.put(name, new Configuration.Value(text.strip(), "--set " + name)));
        put(given, ServerSetting.DATA, data, "--data");
        put(given, ServerSetting.PORT, port, "--port");
        put(given, ServerSetting.HOST, host, "--host");
        put(given, ServerSetting.DURABILITY, durability, "--durability");
        put(given, ServerSetting.TRANSPORT, transport, "--transport");
        return Configuration.read(config, environment, given);
    }

    private static void put(
            final Map<String, Configuration.Value> given,
            final ServerSetting setting,
            final Object value,
            final String option) {
        if (value != null) {
            given.put(setting.label(), new Configuration.Value(value.toString(), option));
        }
    }
}
