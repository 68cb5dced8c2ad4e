package io.schap.gateway.cli;

import io.schap.engine.journal.BatchDecoder;
import io.schap.engine.journal.DataDirectoryLock;
import io.schap.engine.journal.JournalReader;
import io.schap.gateway.cli.dump.CommandDump;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the journal. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the commands of a stopped server and what was answered, one JSON object a line, with codes and public "
                    + "ids. The chain's secrets are left out.",
            "The answers follow from the commands, so the journal is replayed from its start, whatever the range."
        },
        footer = {"", "Example:", "  bin/schap journal dump --data /var/lib/schap --from 1000 --to 1010"})
final class JournalDumpCommand implements Callable<Integer> {

    private static final int OUTPUT_BYTES = 1 << 16;

    /** What the system says when the reader has seen enough: {@code | head}. That is no failure. */
    private static final String BROKEN_PIPE = "Broken pipe";

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data directory.")
    private Path data;

    @Option(
            names = "--from",
            defaultValue = "1",
            paramLabel = "N",
            description = "The first sequence (default: ${DEFAULT-VALUE}).")
    private long from;

    @Option(
            names = "--to",
            defaultValue = "9223372036854775807",
            showDefaultValue = Visibility.NEVER,
            paramLabel = "N",
            description = "The last sequence (default: the last there is).")
    private long to;

    @Override
    public Integer call() throws IOException {
        if (from < 1 || to < from) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid range: --from " + from + " --to " + to + "; sequences start at 1, and the last is not "
                            + "before the first");
        }
        if (!Files.isDirectory(data)) {
            throw new CommandFault(CommandFault.FAILED, "there is no directory " + data);
        }
        // A stream of its own: System.out would swallow that nobody reads any more, and go on for hours.
        try (DataDirectoryLock lock = DataDirectoryLock.acquire(data);
                OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BYTES)) {
            dump(out);
        } catch (final IOException e) {
            if (!BROKEN_PIPE.equals(e.getMessage())) {
                throw e;
            }
        }
        return 0;
    }

    private void dump(final OutputStream out) throws IOException {
        try (CommandDump dump = new CommandDump(out, from, to)) {
            new JournalReader(data).read((batch, file, offset) -> take(batch, dump));
        } catch (final EndOfRange e) {
            out.flush();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(final BatchDecoder batch, final CommandDump dump) {
        if (batch.firstSequence() > to) {
            throw new EndOfRange();
        }
        while (batch.next()) {
            dump.take(
                    batch.sequence(),
                    batch.timeMs(),
                    batch.epoch(),
                    batch.buffer(),
                    batch.commandOffset(),
                    batch.commandLength());
        }
    }

    /** Ends the reading: what follows was not asked for. */
    private static final class EndOfRange extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EndOfRange() {
            super(null, null, false, false);
        }
    }
}
