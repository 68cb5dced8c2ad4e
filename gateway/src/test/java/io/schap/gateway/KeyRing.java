package io.schap.gateway;

import io.schap.gateway.access.KeyFile;
import io.schap.gateway.access.KeyRequest;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Makes keys in a data directory, for tests. */
final class KeyRing {

    private final KeyFile file;

    KeyRing(final Path directory) {
        file = new KeyFile(directory, Clock.systemUTC(), new SecureRandom());
    }

    KeyFile file() {
        return file;
    }

    /** A secret key with every scope. */
    String all(final String name) {
        return add(new KeyRequest(name, false, EnumSet.allOf(Scope.class), List.of(), List.of(), List.of()));
    }

    /** A secret key, bound to nothing. */
    String secret(final String name, final Scope... scopes) {
        return add(new KeyRequest(name, false, Set.of(scopes), List.of(), List.of(), List.of()));
    }

    /** A secret key with every scope, bound to channels and stores. */
    String bound(final String name, final List<String> channels, final List<String> stores) {
        return add(new KeyRequest(name, false, EnumSet.allOf(Scope.class), channels, stores, List.of()));
    }

    /** A publishable key. */
    String publishable(final String name, final String... origins) {
        return add(new KeyRequest(name, true, Set.of(Scope.READ), List.of(), List.of(), List.of(origins)));
    }

    String add(final KeyRequest request) {
        if (request.fault() != null) {
            throw new AssertionError(request.fault());
        }
        try {
            return file.add(request).secret();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void revoke(final String name) {
        try {
            file.revoke(name);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
