package io.schap.gateway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong in one line on standard error: a script's log then holds the reason, not a page of usage. */
final class OneLineErrors {

    private OneLineErrors() {}

    /**
     * Reports a command line that cannot be meant.
     *
     * @param fault     what the parser says.
     * @param arguments the command line.
     * @return the exit status of wrong usage.
     */
    static int wrongUsage(final ParameterException fault, final String[] arguments) {
        final CommandLine command = fault.getCommandLine();
        final List<String> unknown = command.getUnmatchedArguments();
        if (fault instanceof MissingParameterException && !unknown.isEmpty()) {
            // What is missing may only be misspelt.
            return wrongUsage(new UnmatchedArgumentException(command, unknown), arguments);
        }
        final StringBuilder line = new StringBuilder(fault.getMessage());
        if (fault instanceof UnmatchedArgumentException unmatched) {
            if (!command.getSubcommands().isEmpty() && !unmatched.isUnknownOption()) {
                line.setLength(0);
                line.append("there is no command '")
                        .append(unmatched.getUnmatched().get(0))
                        .append('\'');
            }
            final List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                line.append("; did you mean ").append(suggestions.get(0)).append('?');
            }
        }
        print(
                command,
                line.append(" (see ")
                        .append(command.getCommandSpec().qualifiedName())
                        .append(" --help)")
                        .toString());
        return CommandFault.WRONG_USAGE;
    }

    /**
     * Reports a command that failed. A fault of the program itself, and only that, is thrown on with its stack trace.
     *
     * @param fault   what it threw.
     * @param command the command that ran.
     * @param parsed  its command line.
     * @return the exit status.
     * @throws Exception the fault itself when it is none that a command is expected to have.
     */
    static int failed(final Exception fault, final CommandLine command, final ParseResult parsed) throws Exception {
        if (fault instanceof CommandFault known) {
            print(command, known.getMessage());
            return known.exitStatus();
        }
        if (fault instanceof IOException || fault instanceof UncheckedIOException) {
            print(command, reason(fault));
            return CommandFault.FAILED;
        }
        throw fault;
    }

    /** What an I/O fault says; one of the file system says a path only, and its kind is in the name of its class. */
    private static String reason(final Exception fault) {
        final Throwable told = fault instanceof UncheckedIOException unchecked ? unchecked.getCause() : fault;
        return told instanceof FileSystemException || told.getMessage() == null
                ? told.getClass().getSimpleName() + ": " + told.getMessage()
                : told.getMessage();
    }

    private static void print(final CommandLine command, final String message) {
        command.getErr()
                .println(command.getCommandSpec().qualifiedName() + ": "
                        + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
