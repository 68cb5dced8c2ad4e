package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A sliding view of one file at a time, of constant size however long the file says it is. It reads, and does not map: a
 * bad disk is an {@link IOException} with a place, not a SIGBUS, and the page cache can be gone around.
 */
final class SegmentWindow implements AutoCloseable {

    private static final int PAGE_BYTES = 4_096;
    private static final int CAPACITY = 2 << 20;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(CAPACITY + PAGE_BYTES);
    private final ByteBuffer bytes = memory.alignedSlice(PAGE_BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private FileChannel channel;
    private Path file;
    private long start;
    private int filled;

    /**
     * Goes to another file.
     *
     * @param next   to read.
     * @param direct past the page cache, where the file system can.
     */
    void open(final Path next, final boolean direct) throws IOException {
        closeChannel();
        channel = openChannel(next, direct);
        file = next;
        start = 0;
        filled = 0;
    }

    private static FileChannel openChannel(final Path file, final boolean direct) throws IOException {
        if (direct) {
            try {
                return FileChannel.open(file, StandardOpenOption.READ, DirectRead.DIRECT);
            } catch (final IOException | UnsupportedOperationException e) {
                // tmpfs and the like: what the cache holds is all there is
                return FileChannel.open(file, StandardOpenOption.READ);
            }
        }
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    Path file() {
        return file;
    }

    /**
     * Brings a range into the window.
     *
     * @param position in the file.
     * @param wanted   bytes, at most those of a longest batch.
     * @return how many of them there are: fewer where the file ends.
     */
    int load(final long position, final int wanted) throws IOException {
        if (position < start || position + wanted > start + filled) {
            fill(position - position % PAGE_BYTES);
        }
        return (int) Math.max(0, Math.min(wanted, start + filled - position));
    }

    private void fill(final long from) throws IOException {
        start = from;
        filled = 0;
        bytes.clear();
        while (bytes.hasRemaining()) {
            final int read = channel.read(bytes, from + bytes.position());
            if (read < 0) {
                break;
            }
            filled += read;
            if (read % PAGE_BYTES != 0) {
                break;
            }
        }
    }

    /** Everything that is loaded behind a position, for a scan that wants all it can get. */
    int loaded(final long position) {
        return (int) Math.max(0, start + filled - position);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where a loaded position lies in {@link #buffer()}. */
    int indexOf(final long position) {
        return (int) (position - start);
    }

    /** Gives the memory back at once: the buffer cannot be used any more. */
    @Override
    public void close() throws IOException {
        closeChannel();
        BufferUtil.free(memory);
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
