package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first start of a container: a server that is to have keys, and has none yet. */
@Timeout(240)
final class FirstKeyTest {

    private static final Pattern SECRET = Pattern.compile("schap_sk_\\S+");

    @TempDir
    private Path directory;

    @Test
    void shouldMakeAKeyOnceAndNotAfterItWasRevoked() throws IOException, InterruptedException {
        final String data = directory.resolve("data").toString();
        final String key;
        try (SchapProcess first = serve(data)) {
            final URI address = addressOf(first);
            final Matcher shown = SECRET.matcher(first.err());
            assertTrue(shown.find(), first.err());
            key = shown.group();
            assertFalse(shown.find(), "shown once");
            assertEquals(401, status(address, null));
            assertEquals(200, status(address, key));
            assertEquals(0, first.stop());
        }
        assertEquals(
                0,
                SchapProcess.run(directory, "keys", "revoke", "first", "--data", data)
                        .status());
        try (SchapProcess second = serve(data)) {
            final URI address = addressOf(second);
            assertFalse(SECRET.matcher(second.err()).find(), second.err());
            assertEquals(401, status(address, key));
            assertEquals(401, status(address, null));
        }
    }

    private SchapProcess serve(final String data) throws IOException {
        return SchapProcess.start(
                directory, "serve", "--data", data, "--port", "0", "--durability", "process", "--first-key");
    }

    private static URI addressOf(final SchapProcess server) throws IOException {
        return URI.create(server.awaitLine(line -> line.startsWith("ready ")).substring("ready ".length()));
    }

    private static int status(final URI address, final String key) throws IOException, InterruptedException {
        final HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/v1/stores"));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
