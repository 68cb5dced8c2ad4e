package io.schap.gateway.access;

import io.schap.gateway.http.Scope;
import java.util.List;
import java.util.Set;

/**
 * A key as it is kept: everything but the key itself.
 *
 * @param id          from 1, never used again: it stands in the journal.
 * @param name        for a person; one live key of a name.
 * @param hash        SHA-256 of the key as it is sent, 64 hexadecimal digits.
 * @param publishable whether it may be seen in a browser.
 * @param scopes      what it may do.
 * @param channels    sales channels that it is bound to; none for all.
 * @param stores      stores that it is bound to; none for all.
 * @param origins     origins of the pages that may use it; none for any.
 * @param createdAt   when it was made, RFC 3339.
 * @param revokedAt   when it was revoked; null while it lives.
 */
public record ApiKey(
        int id,
        String name,
        String hash,
        boolean publishable,
        Set<Scope> scopes,
        List<String> channels,
        List<String> stores,
        List<String> origins,
        String createdAt,
        String revokedAt) {

    /**
     * Whether the key is taken.
     *
     * @return true until it is revoked.
     */
    public boolean isLive() {
        return revokedAt == null;
    }

    /**
     * The same key, taken no longer.
     *
     * @param now RFC 3339.
     * @return a key.
     */
    ApiKey revoked(final String now) {
        return new ApiKey(id, name, hash, publishable, scopes, channels, stores, origins, createdAt, now);
    }
}
