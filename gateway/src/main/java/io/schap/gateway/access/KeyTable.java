package io.schap.gateway.access;

import io.schap.gateway.http.Caller;
import io.schap.gateway.http.CodeSet;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The live keys at one moment, ready to be asked: it never changes, a newer one takes its place. A key is found by the
 * hash of what was sent, so that how long it takes tells nothing about any key; the whole hash is then compared in
 * constant time.
 */
final class KeyTable {

    /** Nobody ever made a key: the server is open. */
    static final KeyTable OPEN = new KeyTable(List.of(), true, Integer.MAX_VALUE, id -> null);

    private static final int NONE = -1;
    private static final byte[] NO_LINES = {};

    private final boolean open;
    private final Entry[] slots;
    private final int mask;
    private final CodeSet origins;
    private final byte[][] corsLines;
    private final boolean anyOrigin;

    /**
     * A live key, ready to be asked.
     *
     * @param hash    SHA-256 of the key.
     * @param caller  who has it.
     * @param origins of the pages that may use it; null for any.
     * @param limit   of its requests; null for none.
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual alone
    record Entry(byte[] hash, Caller caller, CodeSet origins, TokenBucket limit) {}

    private KeyTable(
            final List<ApiKey> live, final boolean open, final int shown, final IntFunction<TokenBucket> limits) {
        this.open = open;
        slots = new Entry[Integer.highestOneBit(Math.max(1, live.size())) * 4];
        mask = slots.length - 1;
        final Set<String> all = new LinkedHashSet<>();
        boolean any = false;
        for (final ApiKey key : live) {
            put(entry(key, shown, limits));
            all.addAll(key.origins());
            any |= key.publishable() && key.origins().isEmpty();
        }
        anyOrigin = any;
        origins = CodeSet.of(all);
        final List<byte[]> lines = new ArrayList<>();
        all.forEach(origin -> lines.add(Cors.lines(origin)));
        corsLines = lines.toArray(byte[][]::new);
    }

    /**
     * The table of a key file.
     *
     * @param keys   revoked ones included.
     * @param shown  the largest quantity that a publishable key is shown.
     * @param limits the bucket of a key, by its id; null for none.
     * @return a table that is not open, whatever the file holds.
     */
    static KeyTable of(final List<ApiKey> keys, final int shown, final IntFunction<TokenBucket> limits) {
        return new KeyTable(keys.stream().filter(ApiKey::isLive).toList(), false, shown, limits);
    }

    private static Entry entry(final ApiKey key, final int shown, final IntFunction<TokenBucket> limits) {
        final Caller caller = new Caller(
                key.id(),
                key.name(),
                key.publishable(),
                key.scopes(),
                key.stores(),
                key.channels(),
                key.publishable() ? shown : Integer.MAX_VALUE);
        final CodeSet origins = key.origins().isEmpty() ? null : CodeSet.of(key.origins());
        return new Entry(HexFormat.of().parseHex(key.hash()), caller, origins, limits.apply(key.id()));
    }

    private void put(final Entry entry) {
        int slot = slotOf(entry.hash) & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry;
    }

    /** Whether nobody ever made a key. */
    boolean isOpen() {
        return open;
    }

    /** Whether no key is taken. */
    boolean isEmpty() {
        for (final Entry entry : slots) {
            if (entry != null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Finds a key.
     *
     * @param hash of what was sent.
     * @return null when it is no live key.
     */
    Entry find(final byte[] hash) {
        int slot = slotOf(hash) & mask;
        while (slots[slot] != null) {
            if (MessageDigest.isEqual(slots[slot].hash, hash)) {
                return slots[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    /** Whether pages of an origin may read answers. */
    boolean allows(final String origin) {
        return anyOrigin || origins.contains(origin);
    }

    /** Whether some page may read answers, so that they differ by origin. */
    boolean hasOrigins() {
        return anyOrigin || corsLines.length > 0;
    }

    /**
     * The header lines that an answer carries by the origin of its request.
     *
     * @param length of the origin; 0 for none.
     * @return each with its line end; null when they are not prepared for that origin.
     */
    byte[] headerLines(final byte[] bytes, final int at, final int length) {
        final int index = length == 0 ? NONE : origins.indexOf(bytes, at, length);
        if (index != NONE) {
            return corsLines[index];
        }
        if (length > 0 && anyOrigin) {
            return null;
        }
        return hasOrigins() ? Cors.VARY_LINE : NO_LINES;
    }

    private static int slotOf(final byte[] hash) {
        return (hash[0] & 0xff) << 24 | (hash[1] & 0xff) << 16 | (hash[2] & 0xff) << 8 | hash[3] & 0xff;
    }
}
