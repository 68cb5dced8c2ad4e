package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.cli.prove.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proof in small: fewer shoppers, the same two kills. */
@Timeout(180)
final class ProveTest {

    @TempDir
    private Path directory;

    @Test
    void shouldGrantEveryUnitOnceWhileTheServerIsKilledTwice() throws IOException, InterruptedException {
        final List<String> report = new ArrayList<>();
        final Proof proof =
                new Proof(directory, new Proof.Size(1_000, 40, 16), new ProveCommand.JournalAutopsy(), report::add);
        try {
            assertTrue(proof.run(), () -> String.join("\n", report));
        } finally {
            proof.abort();
        }
        assertTrue(report.contains("granted 40, refused 960, twice 0, lost 0"), report::toString);
        assertTrue(report.stream().filter(line -> line.startsWith("kill -9: ")).count() == 2, report::toString);
    }
}
