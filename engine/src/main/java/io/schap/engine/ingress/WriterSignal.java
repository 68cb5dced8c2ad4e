package io.schap.engine.ingress;

import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes the writer. The ring calls {@link #signalAllWhenBlocking} after each publish; that costs a fence and a read, and a
 * system call only when the writer is parked, by the one producer that finds it so.
 *
 * <p>No wake-up is lost: a producer publishes, fences and then looks whether the writer is parked; the writer says that it
 * parks, fences and then looks whether something is published. One of the two sees the other.
 */
public final class WriterSignal implements WaitStrategy {

    private final AtomicReference<Thread> parked = new AtomicReference<>();
    private volatile boolean raised;

    /** A signal that is not raised. */
    public WriterSignal() {}

    /** Makes the present or the next wait end at once, with nothing published; any thread. */
    public void raise() {
        raised = true;
        signalAllWhenBlocking();
    }

    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence(); // pairs with the fence in park()
        if (parked.getOpaque() != null) {
            final Thread writer = parked.getAndSet(null);
            if (writer != null) {
                LockSupport.unpark(writer);
            }
        }
    }

    void park(final CommandRing ring, final long parkNs) {
        parked.setOpaque(Thread.currentThread());
        VarHandle.fullFence(); // pairs with the fence in signalAllWhenBlocking()
        if (!ring.hasNext() && !raised && parkNs > 0) {
            LockSupport.parkNanos(this, parkNs);
        }
        parked.setOpaque(null);
        raised = false;
    }

    /** The writer looks for itself and never waits inside the ring. */
    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier) {
        return dependent.get();
    }
}
