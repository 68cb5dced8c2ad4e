package io.schap.gateway.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes bytes to characters, and keeps those it cannot decode visible: each such byte becomes one lone low surrogate,
 * U+DC00 plus the byte, which no decoding yields. So the row that holds it can be told from all others, whatever the
 * bytes around it are, and line ends and quotes are found as before.
 */
final class StrictReader {

    private static final int BUFFER_BYTES = 16 * 1_024;
    private static final char UNDECODED = '\udc00';

    private final InputStream source;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    private boolean ended;

    /**
     * Reads what a stream holds.
     *
     * @param source   of the bytes.
     * @param declared the charset that the request names, or null for none.
     * @throws IOException when the stream cannot be read.
     */
    StrictReader(final InputStream source, final Charset declared) throws IOException {
        this.source = source;
        bytes.limit(0);
        while (bytes.remaining() < 4 && !ended) {
            refill();
        }
        final TextEncoding encoding = TextEncoding.of(declared, bytes);
        bytes.position(bytes.position() + encoding.markBytes());
        decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * Reads some characters; waits for the first.
     *
     * @return how many, at least 1, or -1 at the end.
     */
    int read(final char[] into, final int offset, final int length) throws IOException {
        final CharBuffer chars = CharBuffer.wrap(into, offset, length);
        while (true) {
            final CoderResult result = decoder.decode(bytes, chars, ended);
            if (result.isError()) {
                if (chars.remaining() < result.length()) {
                    return chars.position() - offset;
                }
                for (int i = 0; i < result.length(); i++) {
                    chars.put((char) (UNDECODED | bytes.get() & 0xff));
                }
                decoder.reset();
            } else if (chars.position() > offset || result.isOverflow()) {
                return chars.position() - offset;
            } else if (ended) {
                return -1;
            } else {
                refill();
            }
        }
    }

    /**
     * Where a text holds what could not be decoded.
     *
     * @return the index of the first such character, -1 for none.
     */
    static int firstUndecoded(final CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    private void refill() throws IOException {
        bytes.compact();
        final int read = source.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }
}
