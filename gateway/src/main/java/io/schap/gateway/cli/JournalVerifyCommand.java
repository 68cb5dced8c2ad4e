package io.schap.gateway.cli;

import io.schap.engine.journal.JournalCorruptException;
import io.schap.engine.recovery.JournalVerifier;
import io.schap.gateway.cli.prove.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads a whole journal as if nothing of it were known. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the whole journal of a stopped server: every checksum, sequence and state hash. Replays it, checks every "
                    + "invariant of the result, and prints counts and the final hash.",
            "Exit status 1 and the place of the first fault otherwise. Nothing in the directory is changed."
        },
        footer = {"", "Example:", "  bin/schap journal verify --data /var/lib/schap"})
final class JournalVerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data directory.")
    private Path data;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(data)) {
            throw new CommandFault(CommandFault.FAILED, "there is no directory " + data);
        }
        final PrintWriter out = spec.commandLine().getOut();
        JournalVerifier.verify(data).lines().forEach(out::println);
        out.flush();
        return 0;
    }

    /**
     * The same for the proof.
     *
     * @param data the data directory.
     * @return its last line, or what is wrong.
     * @throws IOException when the files cannot be read.
     */
    static Proof.Verified verify(final Path data) throws IOException {
        try {
            final List<String> lines = JournalVerifier.verify(data).lines();
            return new Proof.Verified(true, lines.get(lines.size() - 1));
        } catch (final JournalCorruptException e) {
            return new Proof.Verified(false, e.getMessage());
        }
    }
}
