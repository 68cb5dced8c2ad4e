package io.schap.gateway.cli;

import io.schap.engine.journal.Durability;
import io.schap.gateway.access.KeyFile;
import io.schap.gateway.access.KeyRequest;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                    + "as its last line on standard output when it serves (`https` with a certificate).",
            "SIGTERM and Ctrl-C end it in order: readyz answers 503, what was taken is finished, exit status 0."
        },
        footer = {"", "Example:", "  bin/schap serve --data /var/lib/schap --port 8080"})
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SettingOptions options;

    @Option(
            names = "--first-key",
            description =
                    "Makes a key with every scope where there never was one, and prints it on standard error, once.")
    private boolean firstKey;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Configuration settings = options.read(System.getenv());
        final Path data = settings.file(ServerSetting.DATA);
        if (data == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--data=DIR'");
        }
        final String host = settings.text(ServerSetting.HOST);
        checkHost(host);
        final ServerOptions server = new ServerOptions(
                data,
                host,
                Integer.parseInt(settings.text(ServerSetting.PORT)),
                Durability.valueOf(settings.text(ServerSetting.DURABILITY).toUpperCase(Locale.ROOT)),
                settings);
        final PrintWriter err = spec.commandLine().getErr();
        if (firstKey) {
            makeFirstKey(KeysCommand.keys(data), err);
        }
        final Shutdown shutdown = Shutdown.install();
        final RunningServer running = RunningServer.start(server, err::println);
        shutdown.atEnd(running::stop);
        final PrintWriter out = spec.commandLine().getOut();
        out.println("ready " + running.address());
        out.flush();
        shutdown.serveUntilStopped();
        return 0;
    }

    /** A revoked key counts: whoever took the last one away does not get another by a restart. */
    private static void makeFirstKey(final KeyFile keys, final PrintWriter err) throws IOException {
        if (keys.read().isEmpty()) {
            final KeyFile.NewKey made = keys.add(
                    new KeyRequest("first", false, EnumSet.allOf(Scope.class), List.of(), List.of(), List.of()));
            err.println("made key " + KeysCommand.describe(made.key()));
            err.println("this is the only time that it is shown: " + made.secret());
            err.flush();
        }
    }

    private static void checkHost(final String host) {
        try {
            InetAddress.getByName(host);
        } catch (final UnknownHostException e) {
            throw new CommandFault(
                    CommandFault.WRONG_USAGE, "gateway.host is \"" + host + "\", which is no address", e);
        }
    }
}
