package io.schap.benchmarks.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The rival: records one after the other into a file of zeros that were written and forced before, one write a batch. */
final class PlainFile implements AutoCloseable {

    private static final int PAGE_BYTES = 4_096;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 20);
    private final long capacity;
    private long position;
    private long sequence;

    PlainFile(final long capacity) throws IOException {
        this.capacity = capacity;
        file = Files.createTempFile("schap-plain", ".dat");
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        final ByteBuffer zeros = ByteBuffer.allocateDirect(PAGE_BYTES);
        for (long at = 0; at < capacity; at += PAGE_BYTES) {
            zeros.clear();
            channel.write(zeros, at);
        }
        channel.force(true);
    }

    /** One batch: laid out, written, forced. */
    void write(final int records) throws IOException {
        bytes.clear();
        for (int i = 0; i < records; i++) {
            final int start = bytes.position();
            bytes.putLong(++sequence);
            for (int b = Long.BYTES; b < RecordStream.RECORD_BYTES; b += Long.BYTES) {
                bytes.putLong(start + b, b);
            }
            bytes.position(start + RecordStream.RECORD_BYTES);
        }
        bytes.flip();
        if (position + bytes.remaining() > capacity) {
            throw new IllegalStateException("the file is full: capacity=" + capacity);
        }
        position += channel.write(bytes, position);
        channel.force(false);
    }

    /** Checks the last record, and takes the file away. */
    @Override
    public void close() throws IOException {
        final ByteBuffer last = ByteBuffer.allocate(Long.BYTES);
        if (sequence > 0) {
            channel.read(last, position - RecordStream.RECORD_BYTES);
            if (last.getLong(0) != sequence) {
                throw new IllegalStateException("the last record is wrong: sequence=" + sequence);
            }
        }
        channel.close();
        Files.delete(file);
    }
}
