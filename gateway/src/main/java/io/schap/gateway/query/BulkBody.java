package io.schap.gateway.query;

import io.schap.engine.command.Limits;

/**
 * Recognises the body of {@code POST /v1/availability} as clients write it, without making an object of it:
 *
 * <pre>
 *   {"items":[{"store":"0042","sku":"85123A"}, … ]}
 * </pre>
 *
 * <p>White space may stand between any two tokens. Whatever else is not as above to the letter, be it right or wrong (an
 * escape in a text, members the other way round, a number of items out of bounds, a code that cannot be one), is not
 * recognised, and is for the general reader to take or to refuse. Where each code lies is noted in places that are used
 * again. For one thread.
 */
final class BulkBody {

    private static final byte[] ITEMS = JsonBytes.ascii("\"items\"");
    private static final byte[] STORE = JsonBytes.ascii("\"store\"");
    private static final byte[] SKU = JsonBytes.ascii("\"sku\"");
    private static final int PLACES = 4;

    private final int maxItems;
    private int[] places = new int[PLACES * 128];
    private byte[] body;
    private int position;
    private int count;

    BulkBody(final int maxItems) {
        this.maxItems = maxItems;
    }

    /** Whether a body is recognised; its items are then known until the next call. */
    boolean recognise(final byte[] bytes) {
        body = bytes;
        position = 0;
        count = 0;
        if (!takes('{') || !takes(ITEMS) || !takes(':') || !takes('[')) {
            return false;
        }
        do {
            if (count == maxItems || !takesItem()) {
                return false;
            }
        } while (takes(','));
        if (!takes(']') || !takes('}')) {
            return false;
        }
        skipSpace();
        return position == body.length;
    }

    int count() {
        return count;
    }

    int storeOffset(final int item) {
        return places[PLACES * item];
    }

    int storeLength(final int item) {
        return places[PLACES * item + 1];
    }

    int skuOffset(final int item) {
        return places[PLACES * item + 2];
    }

    int skuLength(final int item) {
        return places[PLACES * item + 3];
    }

    private boolean takesItem() {
        final int place = PLACES * count;
        if (place == places.length) {
            places = java.util.Arrays.copyOf(places, 2 * places.length);
        }
        count++;
        return takes('{')
                && takes(STORE)
                && takes(':')
                && takesCode(place)
                && takes(',')
                && takes(SKU)
                && takes(':')
                && takesCode(place + 2)
                && takes('}');
    }

    private boolean takesCode(final int place) {
        if (!takes('"')) {
            return false;
        }
        final int start = position;
        final int end = Math.min(body.length, start + Limits.MAX_CODE_BYTES + 1);
        int at = start;
        while (at < end && body[at] != '"') {
            final byte b = body[at];
            if (b < ' ' || b > 0x7e || b == '\\') {
                return false;
            }
            at++;
        }
        final int length = at - start;
        if (at == end || length == 0 || body[start] == ' ' || body[at - 1] == ' ' || isDots(start, length)) {
            return false;
        }
        places[place] = start;
        places[place + 1] = length;
        position = at + 1;
        return true;
    }

    /** Whether a text is one or two dots, which are no codes since a path could not hold them. */
    private boolean isDots(final int start, final int length) {
        return body[start] == '.' && (length == 1 || length == 2 && body[start + 1] == '.');
    }

    private boolean takes(final char token) {
        skipSpace();
        if (position < body.length && body[position] == token) {
            position++;
            return true;
        }
        return false;
    }

    private boolean takes(final byte[] token) {
        skipSpace();
        if (position + token.length > body.length) {
            return false;
        }
        for (int i = 0; i < token.length; i++) {
            if (body[position + i] != token[i]) {
                return false;
            }
        }
        position += token.length;
        return true;
    }

    private void skipSpace() {
        while (position < body.length && isSpace(body[position])) {
            position++;
        }
    }

    private static boolean isSpace(final byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
