package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryLockTest {

    @TempDir
    Path directory;

    @Test
    void shouldNameTheProcessThatHasIt() throws IOException {
        final Path data = directory.resolve("made/here");
        try (DataDirectoryLock held = DataDirectoryLock.acquire(data)) {
            final IOException refused =
                    assertThrows(IOException.class, () -> DataDirectoryLock.acquire(data), held.toString());
            assertTrue(
                    refused.getMessage()
                            .contains("pid=" + ProcessHandle.current().pid()),
                    refused.getMessage());
        }
    }

    @Test
    void shouldBeFreeAgainAfterClose() throws IOException {
        DataDirectoryLock.acquire(directory).close();
        DataDirectoryLock.acquire(directory).close();
    }

    @Test
    @Timeout(60)
    void shouldKeepOutAnotherProcess() throws IOException, InterruptedException {
        try (DataDirectoryLock held = DataDirectoryLock.acquire(directory)) {
            final Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Holder.class.getName(),
                            directory.toString())
                    .redirectErrorStream(true)
                    .start();
            final String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(other.waitFor(30, TimeUnit.SECONDS));
            assertTrue(said.contains("pid=" + ProcessHandle.current().pid()), said + held);
        }
    }

    /** Another process that wants the directory. */
    static final class Holder {

        private Holder() {}

        public static void main(final String[] arguments) throws IOException {
            DataDirectoryLock.acquire(Path.of(arguments[0])).close();
        }
    }
}
