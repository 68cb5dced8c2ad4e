package io.schap.gateway.cli.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes have been read. */
final class CountedStream extends FilterInputStream {

    private final LongConsumer progress;
    private long count;

    CountedStream(final InputStream source, final LongConsumer progress) {
        super(source);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        final int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        final int read = in.read(into, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(final int read) {
        count += read;
        progress.accept(count);
    }
}
