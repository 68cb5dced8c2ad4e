package io.schap.gateway.command;

import io.schap.gateway.http.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request's values as bytes, so that white space and the order of fields do not count and everything else does: numbers
 * as their digits were sent, texts decoded, fields by name. Each value has a tag and its length before it, so that two
 * different trees never give the same bytes. Reused; for one thread.
 *
 * <pre>
 *   text    's' length i32  UTF-8            object 'o' count i32  (text, value)*  by name
 *   number  'n' length i32  digits           array  'a' count i32  value*
 *   true 't'   false 'f'   null 'z'
 * </pre>
 */
final class CanonicalBytes {

    private static final int FIRST_BYTES = 4_096;
    private static final int KEPT_BYTES = 1 << 20;

    private byte[] array = new byte[FIRST_BYTES];
    private int length;

    CanonicalBytes clear() {
        length = 0;
        if (array.length > KEPT_BYTES) {
            array = new byte[FIRST_BYTES];
        }
        return this;
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    CanonicalBytes number(final int value) {
        room(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            array[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    CanonicalBytes raw(final byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
        return this;
    }

    CanonicalBytes text(final String text) {
        return tagged('s', text);
    }

    void value(final JsonValue value) {
        if (value instanceof final JsonValue.Text text) {
            text(text.text());
        } else if (value instanceof final JsonValue.Digits digits) {
            tagged('n', digits.digits());
        } else if (value instanceof final JsonValue.Items items) {
            tag('a').number(items.items().size());
            items.items().forEach(this::value);
        } else if (value instanceof final JsonValue.Members members) {
            tag('o').number(members.members().size());
            for (final Map.Entry<String, JsonValue> member : new TreeMap<>(members.members()).entrySet()) {
                text(member.getKey());
                value(member.getValue());
            }
        } else {
            tag(value == JsonValue.Word.TRUE ? 't' : value == JsonValue.Word.FALSE ? 'f' : 'z');
        }
    }

    private CanonicalBytes tagged(final char tag, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return tag(tag).number(bytes.length).raw(bytes);
    }

    private CanonicalBytes tag(final char tag) {
        room(1);
        array[length++] = (byte) tag;
        return this;
    }

    private void room(final int bytes) {
        if (length + bytes > array.length) {
            array = Arrays.copyOf(array, Math.max(length + bytes, array.length * 2));
        }
    }
}
