package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.EngineContext;
import io.schap.engine.journal.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pages are whole, ask nothing of another host, and say so to the browser. */
@Timeout(60)
final class WebPagesTest {

    private static final Pattern PARTS = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");

    @Test
    void shouldServeEveryPartOfThePagesItself(@TempDir final Path directory) {
        try (RunningGateway demo = start(directory, true)) {
            for (final String page : List.of("/", "/docs/")) {
                final RunningGateway.Answer answer = demo.get(page);
                assertEquals(200, answer.status());
                final String policy = answer.header("Content-Security-Policy");
                assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
                assertFalse(policy.contains("http"), policy);
                for (final String part : partsOf(answer.raw())) {
                    final String path = part.startsWith("../") ? part.substring(2) : page + part;
                    assertEquals(200, demo.get(path).status(), path);
                }
            }
            assertEquals(404, demo.get("/demo/none.js").status());
        }
    }

    @Test
    void shouldShowThePageOfTheDemoInTheDemoOnly(@TempDir final Path directory) {
        try (RunningGateway serious = start(directory, false)) {
            assertEquals(404, serious.get("/").status());
            assertEquals(404, serious.get("/demo/demo.js").status());
            assertEquals(200, serious.get("/docs/").status());
        }
    }

    private static RunningGateway start(final Path directory, final boolean demoPage) {
        return RunningGateway.start(
                new EngineContext().dataDirectory(directory).durability(Durability.PROCESS),
                new GatewayContext().eventLoops(2).demoPage(demoPage));
    }

    private static List<String> partsOf(final String page) {
        final List<String> parts = new ArrayList<>();
        final Matcher found = PARTS.matcher(page);
        while (found.find()) {
            if (!found.group(1).startsWith("data:")) {
                parts.add(found.group(1));
            }
        }
        assertFalse(parts.isEmpty());
        return parts;
    }
}
