package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CodeDirectoryTest {

    private static final int CODES = 100_000;

    private final CodeDirectory directory = new CodeDirectory();

    @Test
    void shouldFindEveryCodeInTheOrderOfItsIndex() {
        for (int i = 0; i < CODES; i++) {
            assertEquals(CodeDirectory.UNKNOWN, directory.find(code(i)));
            assertEquals(i, directory.add(code(i).getBytes(StandardCharsets.US_ASCII)));
        }
        for (int i = 0; i < CODES; i++) {
            assertEquals(i, directory.find(code(i)));
            assertEquals(code(i), new String(directory.code(i), StandardCharsets.US_ASCII));
        }
        assertEquals(CodeDirectory.UNKNOWN, directory.find(""));
        assertEquals(CODES, directory.count());
    }

    @Test
    @Timeout(30)
    void shouldFindBesideItsWriterWhateverIsCounted() throws Exception {
        final CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            int seen = 0;
            while (seen < CODES) {
                seen = directory.count();
                for (int i = Math.max(0, seen - 50); i < seen; i++) {
                    assertEquals(i, directory.find(code(i)));
                }
            }
        });
        for (int i = 0; i < CODES; i++) {
            directory.add(code(i).getBytes(StandardCharsets.US_ASCII));
        }
        reader.get(20, TimeUnit.SECONDS);
    }

    private static String code(final int i) {
        return (i % 3 == 0 ? "long code with spaces " : "") + i;
    }
}
