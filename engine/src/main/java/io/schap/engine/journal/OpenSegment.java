package io.schap.engine.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A segment that takes documents.
 *
 * @param number   from 0, within the epoch.
 * @param path     of its file.
 * @param channel  to force it.
 * @param appender that appends to this file only.
 */
record OpenSegment(int number, Path path, FileChannel channel, ChronicleAppender appender) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        try {
            appender.close();
        } finally {
            channel.close();
        }
    }

    /** Marks the end of a file that was left for the next one, and closes it. Nothing relies on the mark. */
    void retire() throws IOException {
        try {
            appender.writeEnd();
        } finally {
            close();
        }
    }
}
