package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process at a time, and in it one owner, has a data directory. The operating system holds the lock and gives it back
 * when the process dies in whatever way; the process id in the file is there to name the holder, and decides nothing.
 */
public final class DataDirectoryLock implements AutoCloseable {

    private static final String NAME = "lock";
    private static final int PID_BYTES = 20;

    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectoryLock(final FileChannel channel, final FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, or fails at once. Makes the directory when it is not there.
     *
     * @param dataDirectory to lock.
     * @return the lock; close it last.
     * @throws IOException when someone has it, named by process id, or the file cannot be written.
     */
    public static DataDirectoryLock acquire(final Path dataDirectory) throws IOException {
        makeForced(dataDirectory.toAbsolutePath());
        final Path file = dataDirectory.resolve(NAME);
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = tryLock(channel);
            if (lock == null) {
                throw new IOException(
                        "data directory is in use: directory=" + dataDirectory + ", pid=" + pidIn(channel));
            }
            final byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid), 0);
            return new DataDirectoryLock(channel, lock);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    /** Makes what is missing of a path, and forces each new name: a journal in a directory that is lost is lost with it. */
    private static void makeForced(final Path directory) throws IOException {
        final Path parent = directory.getParent();
        if (!Files.isDirectory(directory) && parent != null) {
            makeForced(parent);
            Files.createDirectories(directory);
            ZeroedSegmentMaker.forceDirectory(parent);
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            // held by this very process
            return null;
        }
    }

    private static String pidIn(final FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }

    /** Gives the lock back. */
    @Override
    public void close() throws IOException {
        try {
            lock.release();
        } finally {
            channel.close();
        }
    }
}
