package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurabilityCheckTest {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Test
    void shouldRefuseDiskOnAFileSystemInMemory() throws IOException {
        assumeTrue(
                Files.isWritable(SHARED_MEMORY)
                        && "tmpfs".equals(Files.getFileStore(SHARED_MEMORY).type()),
                "there is no tmpfs to try it on");
        final Path directory = Files.createTempDirectory(SHARED_MEMORY, "schap");
        try {
            final IOException refused = assertThrows(
                    IOException.class, () -> DurabilityCheck.check(directory, Durability.DISK, new Random(1)));
            assertTrue(refused.getMessage().contains("tmpfs"), refused.getMessage());
            assertEquals("", DurabilityCheck.check(directory, Durability.PROCESS, new Random(1)));
            assertEquals("", DurabilityCheck.check(directory, Durability.MEMORY, new Random(1)));
        } finally {
            Files.delete(directory);
        }
    }

    @Test
    void shouldReadBackWhatItForced(@TempDir final Path directory) throws IOException {
        assumeTrue(!"tmpfs".equals(Files.getFileStore(directory).type()), "temporary files lie on tmpfs here");
        final String notice = DurabilityCheck.check(directory, Durability.DISK, new Random(1));
        assertTrue(notice.isEmpty() || notice.contains("on trust"), notice);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count(), "the trial is taken away");
        }
    }
}
