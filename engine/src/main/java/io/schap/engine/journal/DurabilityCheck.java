package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.Set;

/** Whether a data directory can keep what a {@link Durability} promises. Asked once, before the journal is opened. */
public final class DurabilityCheck {

    private static final Set<String> MEMORY_FILE_SYSTEMS = Set.of("tmpfs", "ramfs");
    private static final int PAGE_BYTES = 4_096;
    private static final int TRIAL_BYTES = 64 * 1024;

    private DurabilityCheck() {}

    /**
     * Refuses {@link Durability#DISK} on a file system that lies in memory, and on one where bytes that were written and
     * forced are not the same when they are read past the page cache. The other durabilities promise nothing of the disk.
     *
     * @param dataDirectory that exists.
     * @param durability    that is asked for.
     * @param random        of the trial's bytes.
     * @return what a person should know, or an empty text when all is well.
     * @throws IOException when the promise cannot be kept here; the message says why and what to do.
     */
    public static String check(final Path dataDirectory, final Durability durability, final Random random)
            throws IOException {
        if (!durability.forcesBatches()) {
            return "";
        }
        final String type = Files.getFileStore(dataDirectory).type();
        if (MEMORY_FILE_SYSTEMS.contains(type)) {
            throw new IOException("durability disk is not possible on a file system in memory: directory="
                    + dataDirectory + ", type=" + type + "; use another directory, or durability process or memory");
        }
        return checkReadBack(dataDirectory, type, random);
    }

    private static String checkReadBack(final Path dataDirectory, final String type, final Random random)
            throws IOException {
        final byte[] written = new byte[TRIAL_BYTES];
        random.nextBytes(written);
        final Path file = Files.createTempFile(dataDirectory, "durability", ".trial");
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap(written);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            return compare(file, written, type);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String compare(final Path file, final byte[] written, final String type) throws IOException {
        final ByteBuffer read = ByteBuffer.allocateDirect(TRIAL_BYTES + PAGE_BYTES)
                .alignedSlice(PAGE_BYTES)
                .limit(TRIAL_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, DirectRead.DIRECT)) {
            while (read.hasRemaining() && channel.read(read, read.position()) > 0) {
                // reads on
            }
        } catch (final UnsupportedOperationException | IOException e) {
            return "the disk cannot be read past the page cache, so that forces are taken on trust: type=" + type
                    + ", cause=" + e.getMessage();
        }
        if (!read.flip().equals(ByteBuffer.wrap(written))) {
            throw new IOException("durability disk is not possible: what was written and forced reads back differently:"
                    + " file=" + file + ", type=" + type);
        }
        return "";
    }
}
