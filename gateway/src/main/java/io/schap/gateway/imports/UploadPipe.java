package io.schap.gateway.imports;

import io.schap.gateway.http.BodyFlow;
import io.schap.gateway.http.BodyReceiver;
import java.util.ArrayDeque;

/**
 * The bytes of one upload between the event loop, which must not wait, and the worker, which may: a queue that says
 * when it is full enough. What the event loop holds already is always taken, so the queue exceeds its mark by no more
 * than that.
 *
 * <p>One producer, one consumer; the lock is held for a copy at most.
 */
final class UploadPipe implements BodyReceiver {

    /** {@link #poll}: nothing is there yet. */
    static final int EMPTY = 0;

    /** {@link #poll}: the body ended as it said it would. */
    static final int END = -1;

    /** {@link #poll}: the upload was cut off. */
    static final int CUT = -2;

    private final BodyFlow flow;
    private final Runnable wakeUp;
    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private int position;
    private int queued;
    private boolean paused;
    private boolean ended;
    private boolean cut;
    private boolean discarding;

    /**
     * A pipe behind a tap.
     *
     * @param flow   stops and starts what comes in; may be called from any thread.
     * @param wakeUp tells the worker that there is something to {@link #poll}; must not block.
     */
    UploadPipe(final BodyFlow flow, final Runnable wakeUp) {
        this.flow = flow;
        this.wakeUp = wakeUp;
    }

    @Override
    public void piece(final byte[] bytes) {
        synchronized (this) {
            if (discarding) {
                return;
            }
            pieces.add(bytes);
            queued += bytes.length;
            if (!paused && queued >= ImportLimits.QUEUE_HIGH_BYTES) {
                paused = true;
                flow.pause();
            }
        }
        wakeUp.run();
    }

    @Override
    public void end() {
        synchronized (this) {
            ended = true;
        }
        wakeUp.run();
    }

    @Override
    public void cut() {
        synchronized (this) {
            cut = true;
            pieces.clear();
        }
        wakeUp.run();
    }

    /** From here on everything is thrown away: nobody reads it. */
    synchronized void discard() {
        discarding = true;
        pieces.clear();
        queued = 0;
        resume();
    }

    /**
     * Reads what is there, without waiting.
     *
     * @return how many bytes, or {@link #EMPTY}, {@link #END} or {@link #CUT}.
     */
    synchronized int poll(final byte[] into, final int offset, final int length) {
        if (cut) {
            return CUT;
        }
        int read = 0;
        while (read < length && !pieces.isEmpty()) {
            final byte[] piece = pieces.peek();
            final int part = Math.min(piece.length - position, length - read);
            System.arraycopy(piece, position, into, offset + read, part);
            read += part;
            position += part;
            if (position == piece.length) {
                pieces.remove();
                position = 0;
            }
        }
        queued -= read;
        resume();
        return read == 0 && ended ? END : read;
    }

    private void resume() {
        if (paused && queued <= ImportLimits.QUEUE_LOW_BYTES) {
            paused = false;
            flow.resume();
        }
    }
}
