package io.schap.gateway.imports;

import java.io.IOException;
import java.io.InputStream;

/** An upload as a stream for the worker: while nothing has arrived, the worker does what else there is to do. */
final class UploadStream extends InputStream {

    /** What is done while nothing has arrived. */
    interface Meanwhile {

        /**
         * Does some work, or waits a while for something to happen.
         *
         * @throws IOException when it is of no use to wait longer.
         */
        void await() throws IOException;
    }

    private static final int BUFFER_BYTES = 16 * 1_024;

    private final UploadPipe pipe;
    private final Meanwhile meanwhile;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    UploadStream(final UploadPipe pipe, final Meanwhile meanwhile) {
        this.pipe = pipe;
        this.meanwhile = meanwhile;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        final int read = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, read);
        position += read;
        return read;
    }

    /**
     * Whether there is more: waits until that is known. A reader of gzip takes 0 for the end of the file, and would drop
     * the members that follow the first.
     */
    @Override
    public int available() throws IOException {
        return fill() ? limit - position : 0;
    }

    private boolean fill() throws IOException {
        while (position == limit) {
            final int read = pipe.poll(buffer, 0, buffer.length);
            if (read == UploadPipe.END) {
                return false;
            }
            if (read == UploadPipe.CUT) {
                throw new UploadCutException("the upload was cut off");
            }
            if (read == UploadPipe.EMPTY) {
                meanwhile.await();
            } else {
                position = 0;
                limit = read;
            }
        }
        return true;
    }
}
