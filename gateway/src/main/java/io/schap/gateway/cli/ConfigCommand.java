package io.schap.gateway.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a server would be set up with. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Shows what a server is set up with.",
        footer = {"", "Example:", "  bin/schap config show --config /etc/schap.conf"},
        subcommands = {ConfigCommand.Show.class, ConfigCommand.Example.class})
final class ConfigCommand {

    /** Prints a file with every setting. */
    @Command(
            name = "example",
            mixinStandardHelpOptions = true,
            description =
                    "Prints a file with every setting, its meaning, its bounds and its default, each commented out.",
            footer = {"", "Example:", "  bin/schap config example > /etc/schap.conf"})
    static final class Example implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            final PrintWriter out = spec.commandLine().getOut();
            out.println("# The settings of a Schap server, each at its default: take off the # in front to set one.");
            out.println(
                    "# A variable of the environment goes over this file, an option of the command line over both.");
            for (final ServerSetting.Entry entry : ServerSetting.all()) {
                out.println();
                out.println("# " + entry.meaning());
                out.println("# May hold " + entry.rule() + ". Variable: " + entry.variable());
                out.println(("#" + entry.label() + " = " + entry.otherwise()).strip());
            }
            out.flush();
            return 0;
        }
    }

    /** Prints every setting that holds. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Prints every setting that `serve` would have with the same options and environment, and where it comes from: "
                        + "a line of the file, a variable, an option, or its default.",
                "Of the ledger's settings, those in force in the data directory stay while nothing is said of any."
            },
            footer = {"", "Example:", "  bin/schap config show --config /etc/schap.conf --port 9000"})
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Mixin
        private SettingOptions options;

        @Override
        public Integer call() {
            final Configuration settings = options.read(System.getenv());
            final PrintWriter out = spec.commandLine().getOut();
            for (final ServerSetting.Entry entry : ServerSetting.all()) {
                final Configuration.Value value = settings.value(entry);
                final boolean kept = entry.label().startsWith("ledger.") && !settings.setsLedger();
                out.println(entry.label() + " = " + value.text() + "  # "
                        + (kept ? "default of a new chain; what is in force stays" : value.source()));
            }
            out.flush();
            return 0;
        }
    }
}
