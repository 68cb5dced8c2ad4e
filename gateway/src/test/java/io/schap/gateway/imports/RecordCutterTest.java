package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.gateway.imports.RecordCutter.Flaw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RecordCutterTest {

    private record Cut(long line, String text, Flaw flaw) {}

    @Test
    void shouldCutAtEveryKindOfLineEndAndCountLinesFromOne() throws IOException {
        assertEquals(List.of(ok(1, "a,b"), ok(2, "c"), ok(3, "d"), ok(5, "e,f")), cut("a,b\nc\r\nd\r\re,f", 100));
    }

    @Test
    void shouldKeepLineEndsWithinQuotesAndNameTheLineOnWhichARowBegins() throws IOException {
        assertEquals(
                List.of(ok(1, "a,\"x\ny\r\nz\",b"), ok(4, "c,\"\"\"\""), ok(5, "d")),
                cut("a,\"x\ny\r\nz\",b\nc,\"\"\"\"\nd\n", 100));
    }

    @Test
    void shouldTakeAQuoteInsideAFieldForACharacter() throws IOException {
        assertEquals(List.of(ok(1, "pipe 12\" long,5"), ok(2, "x,6")), cut("pipe 12\" long,5\nx,6\n", 100));
    }

    @Test
    void shouldGiveUpOnlyTheLineWhoseQuoteIsNeverClosed() throws IOException {
        assertEquals(
                List.of(ok(1, "h"), new Cut(2, "a,\"b", Flaw.UNCLOSED_QUOTE), ok(3, "c,d"), ok(4, "e,f")),
                cut("h\na,\"b\nc,d\ne,f\n", 100));
        final StringBuilder many = new StringBuilder("h\r\na,\"b\r\n");
        for (int i = 0; i < 50; i++) {
            many.append("row,").append(i).append("\r\n");
        }
        final List<Cut> cuts = cut(many.toString(), 100);
        assertEquals(52, cuts.size());
        assertEquals(new Cut(2, "a,\"b", Flaw.UNCLOSED_QUOTE), cuts.get(1));
        assertEquals(ok(3, "row,0"), cuts.get(2));
        assertEquals(ok(52, "row,49"), cuts.get(51));
    }

    @Test
    void shouldSkipARowThatIsTooLongAndGoOnAtTheNextLine() throws IOException {
        final String tooLong = "x".repeat(30_000);
        final List<Cut> cuts = cut("a\n" + tooLong + "\nb\n\"" + tooLong + "\nc\n" + tooLong, 100);
        assertEquals(ok(1, "a"), cuts.get(0));
        assertEquals(new Cut(2, tooLong.substring(0, 80), Flaw.TOO_LONG), cuts.get(1));
        assertEquals(ok(3, "b"), cuts.get(2));
        assertEquals(new Cut(4, "\"" + tooLong.substring(0, 79), Flaw.UNCLOSED_QUOTE), cuts.get(3));
        assertEquals(ok(5, "c"), cuts.get(4));
        assertEquals(new Cut(6, tooLong.substring(0, 80), Flaw.TOO_LONG), cuts.get(5));
        assertEquals(6, cuts.size());
    }

    @Test
    void shouldSkipEmptyLines() throws IOException {
        assertEquals(List.of(ok(2, "a"), ok(5, "b")), cut("\na\n\r\n\nb\n\n", 100));
        assertEquals(List.of(), cut("", 100));
    }

    @Test
    void shouldCutTheSameHoweverTheBytesArrive() throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RecordCutterTest seed=" + seed);
        final Random random = new Random(seed);
        final String alphabet = "ab,;\"\"\n\r\t";
        for (int round = 0; round < 300; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(400); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            final List<Cut> whole = cut(text.toString(), 40);
            assertEquals(whole, cut(dripping(text.toString(), random), 40), text::toString);
        }
    }

    private static Cut ok(final long line, final String text) {
        return new Cut(line, text, Flaw.NONE);
    }

    private static List<Cut> cut(final String text, final int maxChars) throws IOException {
        return cut(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), maxChars);
    }

    private static List<Cut> cut(final InputStream source, final int maxChars) throws IOException {
        final RecordCutter cutter = new RecordCutter(new StrictReader(source, null), maxChars);
        cutter.delimiter(',');
        final List<Cut> cuts = new ArrayList<>();
        while (cutter.next()) {
            cuts.add(new Cut(cutter.line(), cutter.text(), cutter.flaw()));
        }
        return cuts;
    }

    private static InputStream dripping(final String text, final Random random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(final byte[] into, final int offset, final int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(3)));
            }
        };
    }
}
