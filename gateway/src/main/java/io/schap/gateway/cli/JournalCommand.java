package io.schap.gateway.cli;

import picocli.CommandLine.Command;

/** What can be asked of a journal; the server must not run. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Verifies or prints the journal of a stopped server.",
        footer = {"", "Example:", "  bin/schap journal verify --data /var/lib/schap"},
        subcommands = {JournalVerifyCommand.class, JournalDumpCommand.class})
final class JournalCommand {}
