package io.schap.gateway.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Percent-encoding (RFC 3986), decoded strictly: what is malformed is refused, never guessed. */
final class PercentCoding {

    private PercentCoding() {}

    /**
     * The decoded segments of a path.
     *
     * @param path begins with a slash.
     * @return what stands between the slashes.
     * @throws Refusal when it is malformed.
     */
    static List<String> segments(final String path) {
        final List<String> segments = new ArrayList<>(6);
        int start = 1;
        while (start <= path.length()) {
            final int slash = path.indexOf('/', start);
            final int end = slash < 0 ? path.length() : slash;
            segments.add(decode(path.substring(start, end), false, "{path}"));
            start = end + 1;
        }
        return segments;
    }

    /**
     * Undoes percent-encoding.
     *
     * @param text    as sent.
     * @param plus    whether a plus stands for a space, as it does in a query.
     * @param pointer where it stands, for the fault.
     * @return the text.
     * @throws Refusal when it is malformed, or not UTF-8.
     */
    static String decode(final String text, final boolean plus, final String pointer) {
        if (isPlain(text)) {
            return text;
        }
        final byte[] bytes = new byte[text.length()];
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            final char c = text.charAt(i);
            if (c == '%') {
                final int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                final int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed(text, pointer, "a percent sign that two hexadecimal digits do not follow");
                }
                bytes[count++] = (byte) (high << 4 | low);
                i += 3;
            } else if (c > 0x7e || c <= ' ') {
                throw malformed(text, pointer, "a character that is not percent-encoded");
            } else {
                bytes[count++] = (byte) (plus && c == '+' ? ' ' : c);
                i++;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, count))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw malformed(text, pointer, "what is not UTF-8 once it is decoded");
        }
    }

    private static boolean isPlain(final String text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '%' || c == '+' || c > 0x7e || c <= ' ') {
                return false;
            }
        }
        return true;
    }

    private static Refusal malformed(final String text, final String pointer, final String what) {
        final Faults faults = new Faults();
        faults.add(pointer, pointer + " holds " + what + ": " + Faults.shown(text));
        return faults.refusal();
    }
}
