package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer meets it: what it prints is pasted into a shell. */
@Timeout(120)
final class DemoTest {

    @TempDir
    private Path directory;

    @Test
    void shouldPrintSixCommandsThatWorkAsPasted() throws IOException, InterruptedException {
        assumeTrue(isThere("curl") && isThere("bash"), "needs curl and bash: the commands are for a shell");
        final ObjectMapper mapper = new ObjectMapper();
        try (SchapProcess demo = SchapProcess.start(directory, "demo", "--port", "0")) {
            demo.awaitLine(line -> line.startsWith("Ctrl-C"));
            final List<String> commands = demo.out()
                    .lines()
                    .filter(line -> line.startsWith("curl ") || line.startsWith("hold="))
                    .toList();
            assertEquals(6, commands.size(), demo.out());

            assertThePortIsSaidToBeTaken(commands.get(0));

            final List<JsonNode> answers = new ArrayList<>();
            for (final String line : paste(commands).lines().toList()) {
                answers.add(mapper.readTree(line));
            }

            assertEquals(6, answers.size(), answers::toString);
            assertEquals(5, answers.get(0).path("available").asInt());
            assertEquals("HELD", answers.get(1).path("state").asText());
            assertEquals(3, answers.get(2).path("available").asInt());
            assertEquals(409, answers.get(3).path("status").asInt());
            assertEquals(
                    9,
                    answers.get(3).path("shortfalls").get(0).path("requested").asInt());
            assertEquals(
                    3,
                    answers.get(3).path("shortfalls").get(0).path("available").asInt());
            assertEquals("FULFILLED", answers.get(4).path("state").asText());
            assertEquals(answers.get(1).path("id"), answers.get(4).path("id"));
            assertEquals(3, answers.get(5).path("accepted").asInt(), answers.get(5)::toString);
            assertEquals(1, answers.get(5).path("rejected").asInt());

            assertEquals(0, demo.stop(), demo.err());
            assertEquals("", demo.err());
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.getFileName().toString().startsWith("schap-demo-"))
                            .toList());
        }
    }

    private void assertThePortIsSaidToBeTaken(final String command) throws IOException, InterruptedException {
        final String port = command.replaceAll(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1");
        final SchapProcess second = SchapProcess.run(directory, "demo", "--port", port);
        assertEquals(1, second.status());
        assertEquals("", second.out());
        assertEquals(1, second.err().lines().count(), second.err());
        assertTrue(second.err().contains("port " + port + " is in use"), second.err());
        assertTrue(second.err().contains("--port"), second.err());
    }

    private String paste(final List<String> commands) throws IOException, InterruptedException {
        final Path script = Files.writeString(directory.resolve("paste.sh"), String.join("\n", commands) + "\n");
        final Path out = directory.resolve("pasted.txt");
        final Process shell = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(shell.waitFor(60, TimeUnit.SECONDS), "the shell did not end");
        return Files.readString(out);
    }

    private static boolean isThere(final String tool) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
    }
}
