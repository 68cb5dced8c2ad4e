package io.schap.gateway;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A real file system of a few megabytes: ext4 in a file, mounted, which takes root and a loop device. Where that cannot be
 * had the test is skipped and says so. {@code -Dschap.small.disk=DIRECTORY} names one that somebody mounted; it has to be
 * empty, and small, since it is filled to the last block.
 */
final class SmallDisk implements AutoCloseable {

    private static final String GIVEN = "schap.small.disk";
    private static final long MEGABYTE = 1 << 20;
    private static final long MOST_MEGABYTES = 256;
    private static final long COMMAND_SECONDS = 60;
    private static final int[] PIECES = {1 << 20, 4_096};

    private final Path root;
    private final boolean mounted;

    private SmallDisk(final Path root, final boolean mounted) {
        this.root = root;
        this.mounted = mounted;
    }

    /** Makes and mounts one, or takes the one that is given. */
    static SmallDisk mount(final Path directory, final int megabytes) throws IOException {
        final String given = System.getProperty(GIVEN);
        if (given != null) {
            return take(Path.of(given));
        }
        final Path image = directory.resolve("disk.img");
        final Path root = Files.createDirectory(directory.resolve("disk"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(megabytes * MEGABYTE);
        }
        need("mkfs.ext4", "-q", "-m", "0", image.toString());
        need("mount", "-o", "loop", image.toString(), root.toString());
        return new SmallDisk(root, true);
    }

    private static SmallDisk take(final Path root) throws IOException {
        final long megabytes = Files.getFileStore(root).getTotalSpace() / MEGABYTE;
        if (megabytes > MOST_MEGABYTES) {
            throw new IllegalArgumentException(GIVEN + " is to be filled, so it may hold at most " + MOST_MEGABYTES
                    + " MB: directory=" + root + ", megabytes=" + megabytes);
        }
        return new SmallDisk(root, false);
    }

    private static void need(final String... command) {
        final String said = run(command);
        if (said != null) {
            abort("no small file system can be mounted here, so a full disk is not tested: " + said);
        }
    }

    /** What was said when it failed; null when it did not. */
    private static String run(final String... command) {
        try {
            final Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            final boolean ended = process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? null : String.join(" ", command) + ": " + said;
        } catch (final IOException e) {
            return e.getMessage();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** An empty directory on it. */
    Path directory(final String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Takes what room is left, to the last block. */
    void fill() throws IOException {
        try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (final int bytes : PIECES) {
                fill(filler, bytes);
            }
        }
    }

    private static void fill(final FileChannel filler, final int bytes) throws IOException {
        boolean full = false;
        while (!full) {
            try {
                filler.write(ByteBuffer.allocate(bytes));
                filler.force(false);
            } catch (final IOException e) {
                full = true;
                if (!String.valueOf(e.getMessage()).contains("No space left")) {
                    throw e;
                }
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    void free() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return root.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        free();
        if (mounted && run("umount", root.toString()) != null) {
            run("umount", "-l", root.toString());
        }
    }
}
