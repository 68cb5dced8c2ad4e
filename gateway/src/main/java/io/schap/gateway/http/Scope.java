package io.schap.gateway.http;

import java.util.Locale;

/** What a key may do. None of them includes another. */
public enum Scope {
    /** Everything that reads. */
    READ,
    /** Reservations and the steps on them. */
    RESERVE,
    /** Stock facts: movements and stock imports. */
    STOCK,
    /** Stores, SKUs, policies and their imports; keys and webhooks. */
    ADMIN;

    /**
     * The name in the key file and on the command line.
     *
     * @return lower case.
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
