package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class KeysCommandTest {

    @TempDir
    private Path directory;

    private record Run(int status, String out, String err) {}

    private Run run(final String... arguments) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final List<String> line = new ArrayList<>(List.of("keys"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--data", directory.resolve("data").toString()));
        final int status = Schap.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
        return new Run(status, out.toString(), err.toString());
    }

    @Test
    void shouldPrintAKeyOnceAndNothingElseOnStandardOutput() {
        final Run made = run("add", "till", "--scopes", "stock,reserve", "--stores", "S1,S2", "--channels", "pos");
        assertEquals(0, made.status, made.err);
        assertTrue(made.out.matches("schap_sk_[A-Za-z0-9_-]{43}\n"), made.out);
        final String listed = run("list").out;
        assertTrue(
                listed.startsWith("1  till  secret  scopes=reserve,stock  channels=pos  stores=S1,S2  created="),
                listed);
        assertFalse(listed.contains(made.out.strip()));
        assertFalse(made.err.contains(made.out.strip()));
    }

    @Test
    void shouldMakeAPublishableKeyThatReads() {
        final Run made = run("add", "widget", "--publishable", "--origins", "https://shop.example");
        assertTrue(made.out.startsWith("schap_pk_"), made.out);
        assertTrue(run("list").out.contains("publishable  scopes=read  origins=https://shop.example"), run("list").out);
        assertTrue(run("add", "open", "--publishable").err.contains("bound to no origin"));
    }

    @Test
    void shouldRevokeAKeyByNameOrId() {
        run("add", "one", "--scopes", "read");
        run("add", "two", "--scopes", "read");
        assertEquals(0, run("revoke", "one").status);
        assertEquals(0, run("revoke", "2").status);
        assertEquals(
                2,
                run("list")
                        .out
                        .lines()
                        .filter(line -> line.contains("revoked="))
                        .count());
        final Run again = run("revoke", "one");
        assertEquals(1, again.status);
        assertEquals("schap keys revoke: no live key has the name or id \"one\"\n", again.err);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add",
                "add till",
                "add till --scopes reed",
                "add till --scopes read --channels WEB",
                "add till --scopes read --origins shop.example",
                "add widget --publishable --scopes admin",
                "add till --scopes read --stroes S1",
                "revoke"
            })
    void shouldSayWhatIsWrongInOneLineAndEndWithTwo(final String line) {
        final Run run = run(line.split(" "));
        assertEquals(2, run.status, run.err);
        assertEquals(1, run.err.lines().count(), run.err);
        assertEquals("", run.out);
    }

    @Test
    void shouldLoseNoKeyWhenProcessesMakeThemAtOnce() throws IOException, InterruptedException {
        final String data = directory.resolve("data").toString();
        final List<SchapProcess> makers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            makers.add(SchapProcess.start(directory, "keys", "add", "key-" + i, "--scopes", "read", "--data", data));
        }
        for (final SchapProcess maker : makers) {
            assertEquals(0, maker.awaitEnd(), maker.err());
        }
        assertEquals(4, run("list").out.lines().count());
        assertEquals(
                List.of("1", "2", "3", "4"),
                run("list")
                        .out
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }

    @Test
    void shouldServeANewChainToTheKeysThatWereMadeBeforeIt() throws IOException, InterruptedException {
        final String key = run("add", "first", "--scopes", "read").out.strip();
        final String data = directory.resolve("data").toString();
        try (SchapProcess server = SchapProcess.start(
                directory, "serve", "--data", data, "--port", "0", "--host", "0.0.0.0", "--durability", "process")) {
            final String ready = server.awaitLine(text -> text.startsWith("ready http://0.0.0.0:"));
            final URI stores =
                    URI.create("http://127.0.0.1:" + ready.substring(ready.lastIndexOf(':') + 1) + "/v1/stores");
            assertEquals(401, status(HttpRequest.newBuilder(stores)));
            assertEquals(200, status(HttpRequest.newBuilder(stores).header("Authorization", "Bearer " + key)));
            assertEquals(0, server.stop());
        }
    }

    private static int status(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
