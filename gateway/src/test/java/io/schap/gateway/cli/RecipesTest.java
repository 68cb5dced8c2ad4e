package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in docs/integrate tell the truth: their commands are run in order, and give what stands below them. */
@Timeout(240)
final class RecipesTest {

    private static final Path PAGES = Path.of("").toAbsolutePath().getParent().resolve("docs/integrate");
    private static final String ADDRESS_IN_PAGES = "http://127.0.0.1:8080";
    private static final String END_OF_BLOCK = "--- end of block ---";
    private static final Pattern BLOCKS = Pattern.compile("```sh\n(.*?)```\n```answer\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "checkout.md", "till.md", "erp.md"})
    void shouldAnswerAsThePageSays(final String page, @TempDir final Path directory)
            throws IOException, InterruptedException {
        assumeTrue(isThere("curl") && isThere("bash"), "needs curl and bash: the commands are for a shell");
        final String text = Files.readString(PAGES.resolve(page));
        final List<String> commands = new ArrayList<>();
        final List<String> answers = new ArrayList<>();
        final Matcher blocks = BLOCKS.matcher(text);
        while (blocks.find()) {
            commands.add(blocks.group(1));
            answers.add(blocks.group(2));
        }
        assertFalse(commands.isEmpty());
        assertEquals(text.split("```sh", -1).length - 1, commands.size(), "each command has its answer");
        final String data = directory.resolve("data").toString();
        try (SchapProcess server =
                SchapProcess.start(directory, "serve", "--data", data, "--port", "0", "--durability", "process")) {
            final String address =
                    server.awaitLine(line -> line.startsWith("ready ")).substring("ready ".length());
            assumeTrue(!text.contains("takenAt=") || knowsTakenAt(address), "the server does not know takenAt yet");
            final String[] outputs = run(directory, address, commands).split(END_OF_BLOCK + "\n", -1);
            for (int i = 0; i < commands.size(); i++) {
                final String output = outputs[i];
                assertTrue(
                        patternOf(answers.get(i)).matcher(output).matches(),
                        page + ": " + commands.get(i) + "should answer\n" + answers.get(i) + "and was\n" + output);
            }
        }
    }

    private static Pattern patternOf(final String answer) {
        final StringBuilder pattern = new StringBuilder();
        for (final String part : answer.split("…", -1)) {
            pattern.append(pattern.isEmpty() ? "" : "[^\n]*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    private static String run(final Path directory, final String address, final List<String> commands)
            throws IOException, InterruptedException {
        final StringBuilder script = new StringBuilder("cd '" + directory + "'\n");
        for (final String command : commands) {
            script.append(command.replace(ADDRESS_IN_PAGES, address))
                    .append("\necho '")
                    .append(END_OF_BLOCK)
                    .append("'\n");
        }
        final Path file = Files.writeString(directory.resolve("page.sh"), script);
        final Path out = directory.resolve("page.out");
        final Process shell = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(shell.waitFor(180, TimeUnit.SECONDS), "the shell did not end");
        return Files.readString(out);
    }

    private static boolean knowsTakenAt(final String address) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "/v1/imports/stock?takenAt=2026-01-01T00:00:00Z"))
                .header("Idempotency-Key", "probe")
                .POST(HttpRequest.BodyPublishers.ofString("store,sku,on_hand\n"))
                .build();
        return !HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .contains("not available yet");
    }

    private static boolean isThere(final String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
