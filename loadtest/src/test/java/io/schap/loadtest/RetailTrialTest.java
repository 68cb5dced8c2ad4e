package io.schap.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Real sales against a real server, in {@code disk}. So that the build stays short, a part of the lines is played;
 * {@code -Dretail.lines=N} plays another number of them, and {@link RetailTrial} plays all.
 */
final class RetailTrialTest {

    private static final Path FILES = Path.of("..", "..", "shared", "data", "retail");
    private static final int DEFAULT_LINES = 60_000;

    @TempDir
    private Path data;

    @BeforeEach
    void skipWithoutFiles() {
        Assumptions.assumeTrue(
                new RetailFiles(FILES).arePresent(),
                () -> "skipped: the retail files are not there, directory="
                        + FILES.toAbsolutePath().normalize());
    }

    @Test
    @Timeout(600)
    void shouldAgreeWithTheNaiveModelOnEveryLineAndCell() throws Exception {
        assertEqualRun(0);
    }

    @Test
    @Timeout(600)
    void shouldAgreeWithTheNaiveModelWhenTheServerIsKilledOnTheWay() throws Exception {
        assertEqualRun(2);
    }

    @Test
    void shouldRefuseADirectoryWithoutTheFiles() {
        final StringWriter errors = new StringWriter();
        final int status = new CommandLine(new RetailTrial())
                .setErr(new PrintWriter(errors))
                .execute("--files", data.toString());

        assertEquals(2, status);
        assertTrue(errors.toString().contains(data.toString()), errors::toString);
    }

    private void assertEqualRun(final int kills) throws Exception {
        final int lines = Integer.getInteger("retail.lines", DEFAULT_LINES);
        final StringWriter log = new StringWriter();
        final PrintWriter out = new PrintWriter(log);
        final RetailRun.Plan plan = new RetailRun.Plan(lines, 64, "disk", kills, 400);
        final Path directory = Files.createDirectory(data.resolve("server"));
        final RetailReport report = new RetailRun(new RetailFiles(FILES), directory, plan, out::println).run();
        report.print(out);

        assertTrue(report.isEqual(), log::toString);
        assertTrue(report.tally().refused() > 0, log::toString);
        assertEquals(kills > 0, report.tally().cutConnections() > 0, log::toString);
    }
}
