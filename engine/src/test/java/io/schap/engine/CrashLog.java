package io.schap.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What one producer was told, in a file that outlives the producer's process: it stands for the customers' memory. */
final class CrashLog implements AutoCloseable {

    private static final int BYTES = 4 * Long.BYTES;

    private final FileChannel channel;
    private final ByteBuffer record = ByteBuffer.allocateDirect(BYTES);

    /** One answer: of which command, with which code, and what it named. */
    record Told(long number, int code, long reservation, long sequence) {}

    CrashLog(final Path file) throws IOException {
        channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    static Path of(final Path directory, final int producer) {
        return directory.resolve("told-" + producer);
    }

    static List<Told> read(final Path file) throws IOException {
        final List<Told> all = new ArrayList<>();
        if (Files.exists(file)) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            while (bytes.remaining() >= BYTES) {
                all.add(new Told(bytes.getLong(), (int) bytes.getLong(), bytes.getLong(), bytes.getLong()));
            }
        }
        return all;
    }

    void append(final Told told) throws IOException {
        record.clear();
        record.putLong(told.number())
                .putLong(told.code())
                .putLong(told.reservation())
                .putLong(told.sequence());
        record.flip();
        while (record.hasRemaining()) {
            channel.write(record);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
