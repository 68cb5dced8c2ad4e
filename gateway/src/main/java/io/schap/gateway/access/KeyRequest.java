package io.schap.gateway.access;

import io.schap.gateway.http.Codes;
import io.schap.gateway.http.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a new key shall be.
 *
 * @param name        for a person.
 * @param publishable whether it may be seen in a browser.
 * @param scopes      what it may do; {@code read} alone for a publishable one.
 * @param channels    sales channels that it is bound to; none for all.
 * @param stores      stores that it is bound to; none for all.
 * @param origins     origins of the pages that may use it; none for any.
 */
public record KeyRequest(
        String name,
        boolean publishable,
        Set<Scope> scopes,
        List<String> channels,
        List<String> stores,
        List<String> origins) {

    /** Most channels, stores or origins of a key. */
    public static final int MAX_BOUND = 10_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ORIGIN =
            Pattern.compile("https?://(?:\\[[0-9a-f:.]{2,45}]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::[0-9]{1,5})?");

    /**
     * What is wrong with it.
     *
     * @return a sentence that names the field, what it holds and what it may hold; null when nothing is.
     */
    public String fault() {
        if (!NAME.matcher(name).matches()) {
            return "name is \"" + name + "\"; it may be 1 to 64 letters, digits, dots, hyphens and underscores";
        }
        if (scopes.isEmpty()) {
            return "scopes is empty; it may hold read, reserve, stock and admin";
        }
        if (publishable && !scopes.equals(Set.of(Scope.READ))) {
            return "scopes is " + labels(scopes) + "; a publishable key may have read alone";
        }
        if (channels.size() > MAX_BOUND || stores.size() > MAX_BOUND || origins.size() > MAX_BOUND) {
            return "a key may be bound to " + MAX_BOUND + " channels, stores or origins at most";
        }
        return faultOfBounds();
    }

    private String faultOfBounds() {
        for (final String channel : channels) {
            if (!Codes.isChannel(channel)) {
                return "channels holds \"" + channel + "\"; it may hold " + Codes.CHANNEL_RULE;
            }
        }
        for (final String store : stores) {
            if (!Codes.isCode(store)) {
                return "stores holds \"" + store + "\"; it may hold " + Codes.CODE_RULE;
            }
        }
        for (final String origin : origins) {
            if (!ORIGIN.matcher(origin).matches() || hasDefaultPort(origin)) {
                return "origins holds \"" + origin
                        + "\"; it may hold an origin as a browser sends it, as https://shop.example: lower case, no path, "
                        + "no default port";
            }
        }
        return null;
    }

    private static boolean hasDefaultPort(final String origin) {
        return origin.startsWith("https:") ? origin.endsWith(":443") : origin.endsWith(":80");
    }

    private static String labels(final Set<Scope> scopes) {
        return String.join(",", scopes.stream().map(Scope::label).sorted().toList());
    }

    /**
     * The scope of a name.
     *
     * @param label in lower case.
     * @return null when there is none of that name.
     */
    public static Scope scope(final String label) {
        for (final Scope scope : Scope.values()) {
            if (scope.label().equals(label.toLowerCase(Locale.ROOT))) {
                return scope;
            }
        }
        return null;
    }
}
