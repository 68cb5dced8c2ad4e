package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps one segment ready ahead of the writer, on a thread of its own. The writer takes it without waiting, or learns that
 * there is none. A disk without room is a state, not a fault: it is tried again, ever more slowly up to a bound.
 *
 * <p>The zeros are paced: they stay twice as far as the writer has come in its own segment, and when they are ahead of
 * that they come a megabyte at a time, so that their writes do not stand in the way of the writer's forces.
 */
final class SegmentPreparer implements AutoCloseable {

    private static final long FIRST_BACKOFF_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LAST_BACKOFF_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CLOSE_MS = 10_000;

    private final SegmentOpener opener;
    private final Thread thread;
    private final Queue<OpenSegment> retired = new ConcurrentLinkedQueue<>();
    private volatile OpenSegment spare;
    private volatile long writerPosition;
    private volatile String fault;
    private volatile boolean closing;
    private int nextNumber;

    SegmentPreparer(final SegmentOpener opener, final int firstNumber, final ThreadFactory threads) {
        this.opener = opener;
        this.nextNumber = firstNumber;
        this.thread = threads.newThread(this::run);
    }

    void launch() {
        thread.start();
    }

    /** Whether {@link #take} would give one. */
    boolean isReady() {
        return spare != null;
    }

    /** The prepared segment, or null. The next one is begun when the one that it follows is retired. Writer only. */
    OpenSegment take() {
        final OpenSegment taken = spare;
        if (taken != null) {
            writerPosition = 0;
            spare = null;
        }
        return taken;
    }

    /** How far the writer is in its segment, for the pace. Writer only. */
    void writerAt(final long position) {
        writerPosition = position;
    }

    /** A segment that the writer has left: its end is marked and it is closed here, off the writer's path. */
    void retire(final OpenSegment segment) {
        retired.add(segment);
        LockSupport.unpark(thread);
    }

    /** Why the last attempt failed, or null. */
    String fault() {
        return fault;
    }

    private void run() {
        long backoffNs = FIRST_BACKOFF_NS;
        while (!closing) {
            closeRetired();
            if (spare != null) {
                LockSupport.parkNanos(this, IDLE_NS);
            } else if (prepare()) {
                backoffNs = FIRST_BACKOFF_NS;
            } else {
                LockSupport.parkNanos(this, backoffNs);
                backoffNs = Math.min(2 * backoffNs, LAST_BACKOFF_NS);
            }
        }
        closeRetired();
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // whatever it was, the writer goes on while it has room
    private boolean prepare() {
        try {
            final OpenSegment made = opener.open(nextNumber, this::pace);
            nextNumber++;
            fault = null;
            spare = made;
            return true;
        } catch (final PreparationStopped e) {
            return false;
        } catch (final IOException | RuntimeException | InternalError e) {
            fault = "cannot prepare segment: file=" + opener.directory().resolve(SegmentLayout.fileName(nextNumber))
                    + ", cause=" + e.getMessage();
            return false;
        }
    }

    private void pace(final long done, final long all) {
        if (closing) {
            throw new PreparationStopped();
        }
        if (done > 2 * writerPosition) {
            LockSupport.parkNanos(this, PACE_NS);
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // what becomes of a file that was left is no fault of the writer's
    private void closeRetired() {
        for (OpenSegment segment = retired.poll(); segment != null; segment = retired.poll()) {
            try {
                segment.retire();
            } catch (final IOException | RuntimeException | InternalError e) {
                fault = "cannot close segment: file=" + segment.path() + ", cause=" + e.getMessage();
            }
        }
    }

    /** Stops the thread and takes the spare away: nobody has written a batch to it. */
    @Override
    public void close() throws IOException {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final OpenSegment left = spare;
        if (left != null) {
            left.close();
            Files.deleteIfExists(left.path());
        }
        closeRetired();
    }

    /** Thrown out of a half made segment when the journal is closed. */
    private static final class PreparationStopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private PreparationStopped() {
            super("preparation stopped", null, false, false);
        }
    }
}
