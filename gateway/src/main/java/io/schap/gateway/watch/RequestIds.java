package io.schap.gateway.watch;

import java.util.HexFormat;
import java.util.List;

/** Names requests: as the client did, or, where it did not, anew. For one event loop. */
final class RequestIds {

    static final String HEADER = "X-Request-Id";

    private static final int MAX_CHARS = 128;
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    RequestIds(final long seed) {
        state = seed;
    }

    /**
     * The id that a client sent.
     *
     * @param values of the header.
     * @return null when there is none, or none of the form that is honoured.
     */
    static String sent(final List<String> values) {
        if (values.size() != 1 || values.get(0).isEmpty() || values.get(0).length() > MAX_CHARS) {
            return null;
        }
        final String id = values.get(0);
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < ' ' || id.charAt(i) > '~') {
                return null;
            }
        }
        return id;
    }

    /** A new id: 16 hexadecimal digits that do not come again for 2^64 requests of this loop. */
    String next() {
        state += STEP;
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return HexFormat.of().toHexDigits(mixed ^ mixed >>> 31);
    }
}
