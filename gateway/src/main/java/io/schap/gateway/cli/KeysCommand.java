package io.schap.gateway.cli;

import io.schap.gateway.access.ApiKey;
import io.schap.gateway.access.KeyFile;
import io.schap.gateway.access.KeyRequest;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The keys of a chain; a running server takes a change by itself, within a second. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes the keys of a chain. A running server takes a change by itself.",
        footer = {
            "",
            "Example:",
            "  bin/schap keys add webshop --data /var/lib/schap --scopes read,reserve --channels web"
        },
        subcommands = {KeysCommand.Add.class, KeysCommand.Show.class, KeysCommand.Revoke.class})
final class KeysCommand {

    private static final String DATA = "--data";
    private static final String DATA_TEXT = "The data directory of the chain (or SCHAP_DATA).";
    private static final String DATA_DEFAULT = "${env:SCHAP_DATA}";

    private KeysCommand() {}

    /** The keys of a data directory, which need not exist yet. */
    static KeyFile keys(final Path data) {
        return new KeyFile(data, Clock.systemUTC(), new SecureRandom());
    }

    /** A key in a line, without its secret. */
    static String describe(final ApiKey key) {
        return key.id() + "  " + key.name() + "  "
                + (key.publishable() ? "publishable" : "secret") + "  scopes="
                + String.join(
                        ",", key.scopes().stream().map(Scope::label).sorted().toList())
                + bound("channels", key.channels())
                + bound("stores", key.stores())
                + bound("origins", key.origins()) + "  created=" + key.createdAt()
                + (key.isLive() ? "" : "  revoked=" + key.revokedAt());
    }

    private static String bound(final String name, final List<String> values) {
        return values.isEmpty() ? "" : "  " + name + "=" + String.join(",", values);
    }

    /** Makes a key. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = {
                "Makes a key and prints it on standard output, this once: only its hash is kept.",
                "A key does what its scopes say: read (everything that reads), reserve, stock (movements, stock imports), "
                        + "admin (stores, SKUs, policies and their imports, keys, webhooks). It may be bound to sales channels, "
                        + "stores and origins; what is left out does not bind.",
                "A publishable key may be seen in a browser: it reads availability, baskets, the list of stores and the stream "
                        + "only, and is shown capped quantities."
            },
            footer = {
                "",
                "Example:",
                "  bin/schap keys add widget --data /var/lib/schap --publishable --origins https://shop.example"
            })
    static final class Add implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "A name for a person, of letters, digits, dots and hyphens.")
        private String name;

        @Option(names = DATA, required = true, defaultValue = DATA_DEFAULT, paramLabel = "DIR", description = DATA_TEXT)
        private Path data;

        @Option(names = "--scopes", split = ",", paramLabel = "SCOPE", description = "read, reserve, stock, admin.")
        private List<String> scopes = List.of();

        @Option(names = "--channels", split = ",", paramLabel = "CHANNEL", description = "Sales channels it may name.")
        private List<String> channels = List.of();

        @Option(names = "--stores", split = ",", paramLabel = "STORE", description = "Stores it may see and touch.")
        private List<String> stores = List.of();

        @Option(
                names = "--origins",
                split = ",",
                paramLabel = "ORIGIN",
                description = "Origins of pages, with https://.")
        private List<String> origins = List.of();

        @Option(names = "--publishable", description = "The key may be seen in a browser.")
        private boolean publishable;

        @Override
        public Integer call() throws IOException {
            final KeyRequest request = new KeyRequest(
                    name, publishable, readScopes(), stripped(channels), stripped(stores), stripped(origins));
            if (request.fault() != null) {
                throw new CommandFault(CommandFault.WRONG_USAGE, request.fault());
            }
            final KeyFile.NewKey made;
            try {
                made = keys(data).add(request);
            } catch (final IllegalArgumentException e) {
                throw new CommandFault(CommandFault.FAILED, e.getMessage(), e);
            }
            final PrintWriter err = spec.commandLine().getErr();
            err.println("made key " + describe(made.key()));
            if (publishable && origins.isEmpty()) {
                err.println("it is bound to no origin: pages of any site may use it");
            }
            err.println("this is the only time that it is shown:");
            err.flush();
            spec.commandLine().getOut().println(made.secret());
            spec.commandLine().getOut().flush();
            return 0;
        }

        private Set<Scope> readScopes() {
            final Set<Scope> read = EnumSet.noneOf(Scope.class);
            for (final String label : stripped(scopes)) {
                final Scope scope = KeyRequest.scope(label);
                if (scope == null) {
                    throw new CommandFault(
                            CommandFault.WRONG_USAGE,
                            "--scopes holds \"" + label + "\"; it may hold read, reserve, stock and admin");
                }
                read.add(scope);
            }
            if (publishable && read.isEmpty()) {
                read.add(Scope.READ);
            }
            return read;
        }

        private static List<String> stripped(final List<String> values) {
            return values.stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    /** Lists keys. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the keys, revoked ones too: id, name, kind, scopes, what it is bound to, when it was made.",
            footer = {"", "Example:", "  bin/schap keys list --data /var/lib/schap"})
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Option(names = DATA, required = true, defaultValue = DATA_DEFAULT, paramLabel = "DIR", description = DATA_TEXT)
        private Path data;

        @Override
        public Integer call() throws IOException {
            if (!Files.isDirectory(data)) {
                throw new CommandFault(CommandFault.FAILED, "there is no directory " + data);
            }
            final PrintWriter out = spec.commandLine().getOut();
            keys(data).read().forEach(key -> out.println(describe(key)));
            out.flush();
            return 0;
        }
    }

    /** Revokes a key. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description =
                    "Revokes a key; a running server refuses it within a second. The last one gone does not open the "
                            + "server: it then refuses everybody.",
            footer = {"", "Example:", "  bin/schap keys revoke widget --data /var/lib/schap"})
    static final class Revoke implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "NAME", description = "The name or the id of a live key.")
        private String nameOrId;

        @Option(names = DATA, required = true, defaultValue = DATA_DEFAULT, paramLabel = "DIR", description = DATA_TEXT)
        private Path data;

        @Override
        public Integer call() throws IOException {
            try {
                final ApiKey revoked = keys(data).revoke(nameOrId);
                spec.commandLine().getOut().println("revoked key " + describe(revoked));
                spec.commandLine().getOut().flush();
            } catch (final IllegalArgumentException e) {
                throw new CommandFault(CommandFault.FAILED, e.getMessage(), e);
            }
            return 0;
        }
    }
}
