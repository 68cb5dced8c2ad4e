package io.schap.gateway.imports;

import io.schap.engine.command.KeyedHash;
import io.schap.gateway.command.RequestKeys;

/**
 * The key hashes of an import's commands: one for each part, as of any list that is sent in parts; and one for each code
 * that the import makes, with the code in it and no part's number. So have the parts of cells that the file does not name. A key is printable, so the zero character keeps a
 * code's key apart from all others. For one thread.
 */
final class PartKeys {

    /** A store is made. */
    static final char STORE = 's';

    /** A SKU is made. */
    static final char SKU = 'k';

    /** A block of cells that the file does not name is set to zero. */
    static final char ABSENT = 'z';

    private static final int NO_PART = -1;

    private final KeyedHash hash;
    private final RequestKeys keys;
    private final int actor;
    private final String key;

    /**
     * The keys of an import.
     *
     * @param hash  under the chain's text secret; holds the last key.
     * @param actor who sends it.
     * @param key   as sent.
     */
    PartKeys(final KeyedHash hash, final int actor, final String key) {
        this.hash = hash;
        this.keys = new RequestKeys(hash);
        this.actor = actor;
        this.key = key;
    }

    /** Computes the key of a part. */
    PartKeys ofPart(final int part) {
        keys.hashKey(actor, key, part);
        return this;
    }

    /** Computes the key of a code that the import makes, or of a part of absent cells. */
    PartKeys ofCode(final char kind, final String code) {
        keys.hashKey(actor, key + '\0' + kind + code, NO_PART);
        return this;
    }

    /** The high half of the last key. */
    long hi() {
        return hash.hi();
    }

    /** The low half of the last key. */
    long lo() {
        return hash.lo();
    }
}
