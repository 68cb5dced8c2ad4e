package io.schap.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the command line. Without a subcommand it prints its usage and exits with the code of a usage error. */
@Command(
        name = "schap",
        mixinStandardHelpOptions = true,
        versionProvider = Schap.Version.class,
        description = "Can I promise this item in that shop?",
        footer = {"", "Start with `bin/schap demo`; `bin/schap COMMAND --help` explains a command."},
        subcommands = {
            DemoCommand.class,
            ProveCommand.class,
            ServeCommand.class,
            ImportCommand.class,
            JournalCommand.class,
            StatCommand.class,
            KeysCommand.class,
            ConfigCommand.class
        })
public final class Schap implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private Schap() {}

    /**
     * Runs one command and exits with its code.
     *
     * @param arguments the command line, without the name of the program.
     */
    public static void main(final String[] arguments) {
        final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(out, err).execute(arguments));
    }

    /**
     * The whole command line, ready to execute.
     *
     * @param out where help and results go.
     * @param err where errors go, one line each.
     * @return a new command line.
     */
    static CommandLine commandLine(final PrintWriter out, final PrintWriter err) {
        return new CommandLine(new Schap())
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(OneLineErrors::wrongUsage)
                .setExecutionExceptionHandler(OneLineErrors::failed);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    /** Reads the version from the manifest of the jar that is running. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            final String version = Schap.class.getPackage().getImplementationVersion();
            return new String[] {"schap " + (version == null ? "(not run from its jar)" : version)};
        }
    }
}
