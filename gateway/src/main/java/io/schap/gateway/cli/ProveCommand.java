package io.schap.gateway.cli;

import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusReader;
import io.schap.gateway.cli.prove.Proof;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows a sceptic, on his own machine, that no unit is promised twice and no promise is lost. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a server of its own on a temporary directory, durability disk. 10,000 shoppers on five channels race "
                    + "over HTTP for the last 100 units; the server is killed with -9 twice while they do, and started "
                    + "again; whoever got no answer asks again with the same idempotency key, and in the end all do.",
            "Then it counts from outside: who was granted and who refused, whether a unit went twice or a promise was "
                    + "lost, and what `journal verify` says of the journal that is left. Exit status 1 if anything is "
                    + "not as it must be."
        },
        footer = {"", "Example:", "  bin/schap prove"})
final class ProveCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        try (TemporaryDirectory directory = TemporaryDirectory.make("schap-prove-")) {
            final Proof proof = new Proof(directory.path(), Proof.Size.FULL, new JournalAutopsy(), out::println);
            // Also when a person gives up: nothing shall stay behind, least of all a server.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                proof.abort();
                directory.close();
            }));
            try {
                return proof.run() ? 0 : CommandFault.FAILED;
            } finally {
                proof.abort();
            }
        }
    }

    /** Reads a dead server's counters file, and verifies its journal in this process. */
    static final class JournalAutopsy implements Proof.Autopsy {

        @Override
        public long forces(final Path data) throws IOException {
            return StatusReader.read(data).value(StatusCounter.FORCES);
        }

        @Override
        public Proof.Verified verify(final Path data) throws IOException {
            return JournalVerifyCommand.verify(data);
        }
    }
}
