package io.schap.gateway.cli;

import io.schap.engine.journal.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The server. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Serves one chain from its data directory. Says on standard error what it recovers, and `ready http://HOST:PORT` "
                    + "as its last line on standard output when it serves.",
            "SIGTERM and Ctrl-C end it in order: readyz answers 503, what was taken is finished, exit status 0."
        },
        footer = {"", "Example:", "  bin/schap serve --data /var/lib/schap --port 8080"})
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The data directory; made, with a new chain in it, when there is none.")
    private Path data;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "A loopback address: without keys the server is open to all who reach it "
                    + "(default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--durability",
            defaultValue = "disk",
            paramLabel = "disk|process|memory",
            description = "What an acknowledgement outlives: power loss, kill -9 only, or nothing "
                    + "(default: ${DEFAULT-VALUE}).")
    private Durability durability;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Further settings, `name = value` a line; docs/OPERATIONS.md lists them.")
    private Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerOptions.checkPort(spec, port);
        checkHost();
        final ConfigFile settings = config == null ? ConfigFile.empty() : ConfigFile.read(config);
        final PrintWriter err = spec.commandLine().getErr();
        final Shutdown shutdown = Shutdown.install();
        final RunningServer server =
                RunningServer.start(new ServerOptions(data, host, port, durability, settings), err::println);
        shutdown.atEnd(server::stop);
        final PrintWriter out = spec.commandLine().getOut();
        out.println("ready " + server.address());
        out.flush();
        shutdown.serveUntilStopped();
        return 0;
    }

    private void checkHost() {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (final UnknownHostException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--host': " + host + " is no address", e);
        }
        throw new ParameterException(
                spec.commandLine(),
                "Invalid value for option '--host': " + host
                        + " is not a loopback address (127.0.0.1, ::1); without keys "
                        + "the server is open to all who reach it, and so it binds loopback only");
    }
}
