package io.schap.gateway.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of ASCII texts, numbered, in which a text is looked up as a text, or as bytes where they lie. It never changes, and
 * looking up allocates nothing.
 */
public final class CodeSet {

    private static final int NONE = -1;
    private static final int HASH_FACTOR = 31;

    private final String[] codes;
    private final int[] slots;
    private final int mask;

    private CodeSet(final Set<String> members) {
        codes = members.toArray(String[]::new);
        final int size = Integer.highestOneBit(Math.max(1, codes.length)) * 4;
        slots = new int[size];
        mask = size - 1;
        for (int i = 0; i < codes.length; i++) {
            int slot = hash(codes[i]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = i + 1;
        }
    }

    /**
     * A set.
     *
     * @param codes texts of ASCII; doubled ones count once.
     * @return numbered in the order given.
     */
    public static CodeSet of(final Collection<String> codes) {
        return new CodeSet(new LinkedHashSet<>(codes));
    }

    /**
     * All of them.
     *
     * @return in their order.
     */
    public List<String> codes() {
        return List.of(codes);
    }

    /**
     * Whether a text is in the set.
     *
     * @param code a text.
     * @return true if so.
     */
    public boolean contains(final String code) {
        return indexOf(code) >= 0;
    }

    /**
     * The number of a text.
     *
     * @param code a text.
     * @return from 0; negative when it is not in the set.
     */
    public int indexOf(final String code) {
        int slot = hash(code) & mask;
        while (slots[slot] != 0) {
            if (codes[slots[slot] - 1].equals(code)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    /**
     * The number of a text that lies in an array.
     *
     * @param bytes  where it lies.
     * @param at     index of the first byte.
     * @param length in bytes.
     * @return from 0; negative when it is not in the set.
     */
    public int indexOf(final byte[] bytes, final int at, final int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = HASH_FACTOR * hash + (bytes[at + i] & 0xff);
        }
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) {
            if (isAt(codes[slots[slot] - 1], bytes, at, length)) {
                return slots[slot] - 1;
            }
            slot = slot + 1 & mask;
        }
        return NONE;
    }

    private static boolean isAt(final String code, final byte[] bytes, final int at, final int length) {
        if (code.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (code.charAt(i) != (bytes[at + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(final String code) {
        int hash = 0;
        for (int i = 0; i < code.length(); i++) {
            hash = HASH_FACTOR * hash + code.charAt(i);
        }
        return spread(hash);
    }

    private static int spread(final int hash) {
        return hash ^ hash >>> 16;
    }
}
