package io.schap.gateway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/** A directory that is gone when the command is; what is in it is made up, and nobody's. */
public final class TemporaryDirectory implements AutoCloseable {

    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final Path path;

    private TemporaryDirectory(final Path path) {
        this.path = path;
    }

    /**
     * Makes one on a disk if there is one: many systems keep their temporary files in memory, where a promise to force
     * to disk cannot be kept and is refused.
     *
     * @param prefix what its name starts with.
     * @return the directory, empty.
     * @throws CommandFault when it cannot be made.
     */
    public static TemporaryDirectory make(final String prefix) {
        final Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            for (final Path place :
                    List.of(usual, Path.of("/var/tmp"), Path.of("").toAbsolutePath())) {
                if (Files.isWritable(place)
                        && !IN_MEMORY.contains(Files.getFileStore(place).type())) {
                    return new TemporaryDirectory(Files.createTempDirectory(place, prefix));
                }
            }
            return new TemporaryDirectory(Files.createTempDirectory(usual, prefix));
        } catch (final IOException e) {
            throw new CommandFault(CommandFault.FAILED, "no temporary directory can be made: " + e, e);
        }
    }

    /**
     * Where it is.
     *
     * @return its path.
     */
    public Path path() {
        return path;
    }

    /** Removes it with all that is in it. What somebody else removed meanwhile is fine. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                        throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(final Path file, final IOException fault) throws IOException {
                    if (fault instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw fault;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path directory, final IOException fault)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("left behind: " + path, e);
        }
    }
}
