package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StrictReaderTest {

    @Test
    void shouldReadUtf8WithAndWithoutAMark() throws IOException {
        assertEquals("café 😀\n", read("café 😀\n".getBytes(StandardCharsets.UTF_8), null));
        assertEquals("café", read("\ufeffcafé".getBytes(StandardCharsets.UTF_8), null));
        assertEquals("café", read("\ufeffcafé".getBytes(StandardCharsets.UTF_8), Charset.forName("windows-1252")));
        assertEquals("", read(new byte[0], null));
        assertEquals("x", read(new byte[] {'x'}, null));
    }

    @Test
    void shouldReadTheDeclaredCharset() throws IOException {
        assertEquals("€ café", read("€ café".getBytes("windows-1252"), TextEncoding.declared("Windows-1252")));
        assertEquals("café", read("café".getBytes(StandardCharsets.ISO_8859_1), TextEncoding.declared("iso-8859-1")));
    }

    @Test
    void shouldReadUtf16InEitherOrderWithAndWithoutAMark() throws IOException {
        final Charset utf16 = TextEncoding.declared("utf-16");
        assertEquals("store,€", read("store,€".getBytes(StandardCharsets.UTF_16), utf16));
        assertEquals("store,€", read("store,€".getBytes(StandardCharsets.UTF_16LE), utf16));
        assertEquals("store,€", read("store,€".getBytes(StandardCharsets.UTF_16BE), utf16));
        assertEquals("store,€", read("\ufeffstore,€".getBytes(StandardCharsets.UTF_16LE), null));
    }

    @Test
    void shouldKeepUndecodableBytesWithinTheirRow() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("a,b\nc,caf".getBytes(StandardCharsets.US_ASCII));
        bytes.write(0xe9); // é in windows-1252, in UTF-8 the first of three bytes
        bytes.writeBytes("\nd,\"".getBytes(StandardCharsets.US_ASCII));
        bytes.write(0xe2);
        bytes.write(0x82); // two of the three bytes of €
        bytes.writeBytes("\"\ne,😀\n".getBytes(StandardCharsets.UTF_8));
        final List<Boolean> bad = new ArrayList<>();
        final List<String> texts = new ArrayList<>();
        final RecordCutter cutter =
                new RecordCutter(new StrictReader(new ByteArrayInputStream(bytes.toByteArray()), null));
        cutter.delimiter(',');
        while (cutter.next()) {
            bad.add(StrictReader.firstUndecoded(cutter.text()) >= 0);
            texts.add(cutter.text());
        }
        assertEquals(List.of(false, true, true, false), bad);
        assertEquals("e,😀", texts.get(3));
        assertEquals(5, StrictReader.firstUndecoded(texts.get(1)));
    }

    @Test
    void shouldShowWhatACharsetDoesNotHave() throws IOException {
        final byte[] bytes = {'a', (byte) 0x81, 'b'};
        assertEquals("a\udc81b", read(bytes, TextEncoding.declared("windows-1252")));
    }

    @Test
    void shouldShowACharacterThatTheEndCutsOff() throws IOException {
        assertEquals("a\udce2\udc82", read(new byte[] {'a', (byte) 0xe2, (byte) 0x82}, null));
    }

    private static String read(final byte[] bytes, final Charset declared) throws IOException {
        final StrictReader reader = new StrictReader(new ByteArrayInputStream(bytes), declared);
        final StringBuilder text = new StringBuilder();
        final char[] chars = new char[64];
        for (int read = reader.read(chars, 0, 64); read >= 0; read = reader.read(chars, 0, 64)) {
            text.append(chars, 0, read);
        }
        return text.toString();
    }
}
