package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a segment's zeros in pieces of 4 KB under another name, forces them, leaves the hole that Chronicle maps behind
 * them, renames the file and forces its directory.
 *
 * <p>The pieces are small on purpose: the page cache keeps what was written in one piece in one large folio, and later one
 * dirty byte in it writes the whole folio.
 */
final class ZeroedSegmentMaker implements SegmentMaker {

    private static final int PAGE_BYTES = 4_096;
    private static final int CHUNK_BYTES = 1 << 20;

    private final long segmentBytes;
    private final boolean forced;

    ZeroedSegmentMaker(final JournalSettings settings) {
        segmentBytes = settings.segmentBytes();
        forced = settings.durability().forcesBatches();
    }

    @Override
    public Segment make(final Path directory, final int number, final Pace pace) throws IOException {
        final Path path = directory.resolve(SegmentLayout.fileName(number));
        final Path preparing = directory.resolve(path.getFileName() + SegmentLayout.PREPARING_SUFFIX);
        final FileChannel channel = FileChannel.open(
                preparing,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean made = false;
        try {
            fill(channel, segmentBytes, forced, pace);
            endHole(channel, segmentBytes + SegmentLayout.holeBytes(segmentBytes));
            if (forced) {
                channel.force(true);
            }
            Files.move(preparing, path, StandardCopyOption.ATOMIC_MOVE);
            if (forced) {
                forceDirectory(directory);
            }
            made = true;
            return new Segment(number, path, channel);
        } finally {
            if (!made) {
                channel.close();
                Files.deleteIfExists(preparing);
            }
        }
    }

    /** Writes zeros from the file's start, page by page. */
    static void fill(final FileChannel channel, final long bytes, final boolean forced, final Pace pace)
            throws IOException {
        final ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE_BYTES);
        for (long position = 0; position < bytes; ) {
            zeros.clear().limit((int) Math.min(PAGE_BYTES, bytes - position));
            position += channel.write(zeros, position);
            if (position % CHUNK_BYTES == 0) {
                if (forced) {
                    channel.force(false);
                }
                pace.afterChunk(position, bytes);
            }
        }
    }

    /** The file's length is that of Chronicle's mapping, or Chronicle would grow it; one byte at the end makes the hole. */
    private static void endHole(final FileChannel channel, final long length) throws IOException {
        channel.write(ByteBuffer.allocate(1), length - 1);
    }

    /** Forces the names in a directory, so that a new file is found after a power cut. */
    static void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
