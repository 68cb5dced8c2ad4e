package io.schap.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class KeyFileTest {

    @TempDir
    private Path directory;

    private KeyFile file() {
        return new KeyFile(directory.resolve("data"), Clock.systemUTC(), new SecureRandom());
    }

    private static KeyRequest request(final String name) {
        return new KeyRequest(name, false, Set.of(Scope.READ), List.of("web"), List.of("S 1"), List.of());
    }

    @Test
    void shouldKeepEverythingButTheKeyInAFileOfItsOwner() throws IOException {
        final KeyFile.NewKey made = file().add(request("till"));
        final Path kept = directory.resolve("data").resolve(KeyFile.NAME);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertFalse(Files.readString(kept).contains(made.secret()));
        assertFalse(Files.readString(kept).contains(made.secret().substring(9)));
        assertEquals(List.of(made.key()), file().read());
        assertEquals(KeySecret.LENGTH, made.secret().length());
        assertNotEquals(made.secret(), file().add(request("till2")).secret());
        try (var files = Files.list(kept.getParent())) {
            assertEquals(
                    List.of("keys.json", "keys.json.lock"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldNeverUseAnIdAgainAndANameOnlyAfterItWasRevoked() throws IOException {
        final KeyFile file = file();
        assertEquals(1, file.add(request("till")).key().id());
        assertThrows(IllegalArgumentException.class, () -> file.add(request("till")));
        assertEquals("till", file.revoke("1").name());
        assertThrows(IllegalArgumentException.class, () -> file.revoke("till"));
        assertEquals(2, file.add(request("till")).key().id());
        assertEquals(2, file.revoke("till").id());
        assertEquals(
                List.of(false, false), file.read().stream().map(ApiKey::isLive).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "till 1 | read    | web | S1 | https://a.example     | name is",
                "-      | read    | web | S1 | https://a.example     | name is",
                "till   | -       | web | S1 | https://a.example     | scopes is empty",
                "till   | read    | Web | S1 | https://a.example     | channels holds \"Web\"",
                "till   | read    | web | .. | https://a.example     | stores holds \"..\"",
                "till   | read    | web | S1 | a.example             | origins holds",
                "till   | read    | web | S1 | https://a.example/    | origins holds",
                "till   | read    | web | S1 | https://a.example:443 | origins holds",
                "till   | read    | web | S1 | https://A.example     | origins holds",
                "till   | read    | web | S1 | *                     | origins holds",
            })
    void shouldSayWhatIsWrongWithARequest(
            final String name,
            final String scope,
            final String channel,
            final String store,
            final String origin,
            final String fault) {
        final KeyRequest request = new KeyRequest(
                name == null ? "" : name,
                false,
                scope == null ? Set.of() : Set.of(KeyRequest.scope(scope)),
                List.of(channel),
                List.of(store),
                List.of(origin));
        assertTrue(request.fault().startsWith(fault), request::fault);
    }

    @Test
    void shouldGiveAPublishableKeyNothingButReading() {
        final Set<Scope> scopes = Set.of(Scope.READ, Scope.RESERVE);
        assertTrue(new KeyRequest("w", true, scopes, List.of(), List.of(), List.of())
                .fault()
                .contains("a publishable key may have read alone"));
    }
}
