package io.schap.gateway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A streamed body for a worker thread that may block: the event loop puts pieces in, one worker reads them out. At most
 * {@link #HIGH_BYTES} and one read of the socket are held; past that the sender is slowed down.
 */
public final class BodyInputStream extends InputStream implements BodyReceiver {

    /** Bytes held at which the body is paused. */
    public static final int HIGH_BYTES = 1 << 20;

    /** Bytes held at which the body goes on. */
    public static final int LOW_BYTES = 1 << 18;

    private static final long READ_TIMEOUT_SECONDS = 120;

    private final BodyFlow flow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int heldBytes;
    private boolean paused;
    private boolean ended;
    private boolean cut;
    private byte[] current = {};
    private int position;

    /**
     * A stream of the body behind a tap.
     *
     * @param flow the tap.
     */
    public BodyInputStream(final BodyFlow flow) {
        this.flow = flow;
    }

    @Override
    public void piece(final byte[] bytes) {
        lock.lock();
        try {
            pieces.add(bytes);
            heldBytes += bytes.length;
            if (!paused && heldBytes >= HIGH_BYTES) {
                paused = true;
                flow.pause();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cut() {
        lock.lock();
        try {
            cut = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        return nextPiece() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(final byte[] into, final int offset, final int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!nextPiece()) {
            return -1;
        }
        final int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - position;
    }

    private boolean nextPiece() throws IOException {
        if (position < current.length) {
            return true;
        }
        lock.lock();
        try {
            awaitPiece();
            if (pieces.isEmpty()) {
                if (cut) {
                    throw new IOException("the body was cut off");
                }
                return false;
            }
            current = pieces.poll();
            position = 0;
            heldBytes -= current.length;
            if (paused && heldBytes <= LOW_BYTES) {
                paused = false;
                flow.resume();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void awaitPiece() throws IOException {
        long leftNs = TimeUnit.SECONDS.toNanos(READ_TIMEOUT_SECONDS);
        try {
            while (pieces.isEmpty() && !ended && !cut) {
                if (leftNs <= 0) {
                    throw new IOException("no byte of the body came: waitedSeconds=" + READ_TIMEOUT_SECONDS);
                }
                leftNs = changed.awaitNanos(leftNs);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            final InterruptedIOException interrupted = new InterruptedIOException("the reader was interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
