package io.schap.gateway.cli;

import io.schap.engine.journal.Durability;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a server is started with.
 *
 * @param data       its data directory, made when it is not there.
 * @param host       the address to listen on.
 * @param port       0 picks a free one.
 * @param durability what an acknowledgement outlives.
 * @param config     further settings.
 */
record ServerOptions(Path data, String host, int port, Durability durability, Configuration config) {

    /** Refuses what is no port. */
    static void checkPort(final CommandSpec spec, final int port) {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--port': " + port + " is not 0 to 65535");
        }
    }
}
