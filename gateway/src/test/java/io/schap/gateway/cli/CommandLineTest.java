package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
final class CommandLineTest {

    @TempDir
    private Path directory;

    private record Run(int status, String out, String err) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "serve --data d --prot 80",
                "serve --data d --port eighty",
                "serve --data d --port 65536",
                "serve --data d --port -1",
                "serve --data d --port 1 --port 2",
                "serve --data d --durability tape",
                "serve --data d --host 0.0.0.0",
                "serve --data d --host 192.0.2.1",
                "serve --data d extra",
                "serve --data",
                "srve",
                "--what",
                "demo --port x",
                "demo --port 70000",
                "prove --shoppers 5",
                "journal",
                "journal verify",
                "journal vrfy --data d",
                "journal dump --data d --from 0",
                "journal dump --data d --from 9 --to 8",
                "journal dump --data d --from one",
                "stat",
                "stat --data d --json"
            })
    void shouldSayWhatIsWrongInOneLineAndEndWithTwo(final String line) {
        final Run run = run(line.split(" "));
        assertEquals(2, run.status(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("schap"), run.err());
    }

    @Test
    void shouldProposeWhatWasPerhapsMeant() {
        final Run run = run("serve", "--data", "d", "--durabilty", "disk");
        assertTrue(run.err().contains("--durabilty") && run.err().contains("--durability"), run.err());
    }

    @Test
    void shouldNameTheMisspeltOptionAndNotTheOneThatIsMissingForIt() {
        final Run run = run("serve", "--dta", "d");
        assertTrue(run.err().contains("--dta"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void shouldTellAnUnknownCommandFromAWrongOption() {
        assertEquals(
                "schap: there is no command 'srve'; did you mean serve? (see schap --help)\n",
                run("srve").err());
        final Run inner = run("journal", "veriffy");
        assertTrue(
                inner.err().startsWith("schap journal: there is no command 'veriffy'; did you mean verify?"),
                inner::err);
    }

    @Test
    void shouldSayWhyAnOpenServerBindsLoopbackOnly() {
        final Run run = run("serve", "--data", "d", "--host", "0.0.0.0");
        assertTrue(run.err().contains("0.0.0.0 is not a loopback address"), run.err());
        assertTrue(run.err().contains("keys"), run.err());
    }

    static Stream<List<String>> everyCommand() {
        return commands(CommandFixture.commandLine(), List.of());
    }

    private static Stream<List<String>> commands(final CommandLine command, final List<String> path) {
        return Stream.concat(
                Stream.of(path),
                command.getSubcommands().entrySet().stream()
                        .flatMap(entry -> commands(
                                entry.getValue(),
                                Stream.concat(path.stream(), Stream.of(entry.getKey()))
                                        .toList())));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void shouldExplainEveryCommandWithAnExample(final List<String> command) {
        final Run run = run(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
        assertEquals(0, run.status());
        assertEquals("", run.err());
        assertTrue(run.out().contains("Usage: schap"), run.out());
        assertTrue(run.out().contains("bin/schap"), run.out());
    }

    @Test
    void shouldExplainItselfWhenNothingIsAsked() {
        final Run run = run();
        assertEquals(2, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().contains("demo") && run.err().contains("prove"), run.err());
    }

    @Test
    void shouldTellItsVersion() {
        final Run run = run("--version");
        assertEquals(0, run.status());
        assertTrue(run.out().startsWith("schap "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat --data", "journal verify --data", "journal dump --data"})
    void shouldFailInOneLineWhenThereIsNoDataDirectory(final String line) {
        final String missing = directory.resolve("nothing").toString();
        final Run run = run(
                Stream.concat(Stream.of(line.split(" ")), Stream.of(missing)).toArray(String[]::new));
        assertEquals(1, run.status());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains(missing), run.err());
        assertTrue(Files.notExists(Path.of(missing)));
    }

    @Test
    void shouldNameTheLineOfAWrongSettingBeforeItTouchesAnything() throws IOException {
        final Path config = Files.writeString(directory.resolve("schap.conf"), "# ours\n\nledger.max.stores = many\n");
        final Path data = directory.resolve("data");
        final Run run = run("serve", "--data", data.toString(), "--config", config.toString());
        assertEquals(2, run.status());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().contains("schap.conf line 3: ledger.max.stores"), run.err());
        assertTrue(Files.notExists(data));
    }

    private static Run run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int status = Schap.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }

    /** The command line as it stands, to be walked. */
    private static final class CommandFixture {

        static CommandLine commandLine() {
            return Schap.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        }
    }
}
