package io.schap.gateway.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written by hand, read by a parser that others wrote. */
final class JsonBytesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonBytes json = new JsonBytes();

    @Test
    void shouldWriteTextsThatReadAsTheyWere() throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(
                        switch (random.nextInt(6)) {
                            case 0 -> random.nextInt(0x20);
                            case 1 -> 0x7f + random.nextInt(0x700);
                            case 2 -> 0x1f300 + random.nextInt(0x200);
                            case 3 -> "\"\\/".charAt(random.nextInt(3));
                            default -> 0x20 + random.nextInt(0x5f);
                        });
            }
            json.clear().text(text.toString());
            assertEquals(text.toString(), JSON.readTree(json.toArray()).asText(), "seed=" + seed + ", text=" + text);
        }
    }

    @Test
    void shouldWriteIntegers() {
        for (final long value :
                new long[] {0, 1, 9, 10, 99, 100, 1_000_000_000, Long.MAX_VALUE, -1, -10, Long.MIN_VALUE}) {
            assertEquals(
                    Long.toString(value), new String(json.clear().number(value).toArray(), StandardCharsets.US_ASCII));
        }
    }
}
