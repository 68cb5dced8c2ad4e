package io.schap.gateway.imports;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * How the text of an upload is encoded, and how many bytes of mark stand before it. A byte order mark says what it is,
 * whatever the request says: spreadsheets write one and senders do not look. UTF-16 without a mark shows its order by
 * the zero byte of its first character, since a header line begins with a Latin letter.
 *
 * @param charset   how to decode what follows the mark.
 * @param markBytes length of the byte order mark, 0 to 3.
 */
record TextEncoding(Charset charset, int markBytes) {

    private static final Map<String, Charset> DECLARED = Map.ofEntries(
            Map.entry("utf-8", StandardCharsets.UTF_8),
            Map.entry("utf8", StandardCharsets.UTF_8),
            Map.entry("us-ascii", StandardCharsets.UTF_8),
            Map.entry("ascii", StandardCharsets.UTF_8),
            Map.entry("windows-1252", Charset.forName("windows-1252")),
            Map.entry("cp1252", Charset.forName("windows-1252")),
            Map.entry("iso-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("latin1", StandardCharsets.ISO_8859_1),
            Map.entry("utf-16", StandardCharsets.UTF_16),
            Map.entry("utf-16le", StandardCharsets.UTF_16LE),
            Map.entry("utf-16be", StandardCharsets.UTF_16BE));

    /**
     * The charset of a name in a Content-Type.
     *
     * @return null when imports do not read it.
     */
    static Charset declared(final String name) {
        return DECLARED.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * The encoding of an upload.
     *
     * @param declared what the request says, or null.
     * @param first    the first bytes, up to four and more; not consumed.
     */
    static TextEncoding of(final Charset declared, final ByteBuffer first) {
        final int b0 = at(first, 0);
        final int b1 = at(first, 1);
        if (b0 == 0xef && b1 == 0xbb && at(first, 2) == 0xbf) {
            return new TextEncoding(StandardCharsets.UTF_8, 3);
        }
        if (b0 == 0xff && b1 == 0xfe) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (b0 == 0xfe && b1 == 0xff) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        if (StandardCharsets.UTF_16.equals(declared)) {
            final boolean littleEndian = b0 != 0 && b1 == 0;
            return new TextEncoding(littleEndian ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE, 0);
        }
        return new TextEncoding(declared == null ? StandardCharsets.UTF_8 : declared, 0);
    }

    private static int at(final ByteBuffer bytes, final int index) {
        return index < bytes.remaining() ? bytes.get(bytes.position() + index) & 0xff : -1;
    }
}
