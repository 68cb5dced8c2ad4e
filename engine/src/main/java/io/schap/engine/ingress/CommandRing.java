package io.schap.engine.ingress;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.schap.engine.command.Limits;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The Disruptor ring of {@link CommandSlot}s. {@link #tryPublish} is for any thread; everything else is for the one
 * consumer, who walks the published slots in order and gives them back with {@link #release}.
 */
public final class CommandRing {

    /** Fewest slots of a ring. */
    public static final int MIN_SLOTS = 16;

    /** Most slots of a ring: 2 GiB of buffers. */
    public static final int MAX_SLOTS = 1 << 19;

    private final RingBuffer<CommandSlot> ring;
    private final Sequence consumed = new Sequence();
    private final WriterSignal signal;
    private final AtomicLong refused = new AtomicLong();
    private long next;

    /**
     * A ring with all its buffers.
     *
     * @param slots  how many, a power of two from {@link #MIN_SLOTS} to {@link #MAX_SLOTS}.
     * @param signal is raised at each publish.
     * @throws IllegalArgumentException for another number of slots.
     */
    public CommandRing(final int slots, final WriterSignal signal) {
        if (slots < MIN_SLOTS || slots > MAX_SLOTS || !BitUtil.isPowerOfTwo(slots)) {
            throw new IllegalArgumentException(
                    "ring size must be a power of two: slots=" + slots + ", min=" + MIN_SLOTS + ", max=" + MAX_SLOTS);
        }
        this.signal = signal;
        ring = RingBuffer.createMultiProducer(
                () -> new CommandSlot(new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES])), slots, signal);
        ring.addGatingSequences(consumed);
        next = consumed.get() + 1;
    }

    /**
     * Copies a command into a free slot and publishes it; any thread. Never waits, allocates nothing.
     *
     * @param port        that the answer goes to.
     * @param correlation comes back with the answer.
     * @param answersSeen how many answers the port has handled.
     * @param command     where the command lies.
     * @param offset      of its first byte.
     * @param length      in bytes, 1 to {@link Limits#MAX_COMMAND_BYTES}.
     * @return false when no slot is free: nothing was published.
     * @throws IllegalArgumentException  for a length out of its bounds.
     * @throws IndexOutOfBoundsException for a range outside the buffer.
     */
    public boolean tryPublish(
            final long port,
            final long correlation,
            final long answersSeen,
            final DirectBuffer command,
            final int offset,
            final int length) {
        if (length < 1 || length > Limits.MAX_COMMAND_BYTES) {
            throw new IllegalArgumentException(
                    "command length out of range: length=" + length + ", max=" + Limits.MAX_COMMAND_BYTES);
        }
        command.boundsCheck(offset, length);
        if (!ring.hasAvailableCapacity(1)) {
            refused.incrementAndGet();
            return false;
        }
        final long sequence;
        try {
            sequence = ring.tryNext();
        } catch (final InsufficientCapacityException e) {
            refused.incrementAndGet();
            return false;
        }
        final CommandSlot slot = ring.get(sequence);
        slot.clear();
        try {
            slot.fill(port, correlation, answersSeen, command, offset, length);
        } finally {
            // Whatever happened, a claimed slot is published: an unpublished one would stop the writer for ever.
            ring.publish(sequence);
        }
        return true;
    }

    /**
     * Whether the next slot is published; consumer only.
     *
     * @return true when {@link #next()} has something to give.
     */
    public boolean hasNext() {
        return ring.isAvailable(next);
    }

    /**
     * The slot that {@link #hasNext()} promised; consumer only. It stays the consumer's until {@link #release}.
     *
     * @return the same slot until {@link #advance}.
     */
    public CommandSlot next() {
        return ring.get(next);
    }

    /** Goes past the slot of {@link #next()}, without giving it back; consumer only. */
    public void advance() {
        next++;
    }

    /** Gives all slots before {@link #next()} back to the producers; consumer only. */
    public void release() {
        consumed.set(next - 1);
    }

    /**
     * Waits until something is published, the signal is raised, or the time is over; consumer only.
     *
     * @param spinNs how long to look again and again before the thread is parked, in nanoseconds.
     * @param parkNs how long to be parked at most, in nanoseconds.
     */
    public void await(final long spinNs, final long parkNs) {
        final long start = System.nanoTime();
        while (System.nanoTime() - start < spinNs) {
            if (hasNext()) {
                return;
            }
            Thread.onSpinWait();
        }
        signal.park(this, parkNs);
    }

    /**
     * Slots that are claimed, published or not yet released; any thread.
     *
     * @return 0 to {@link #slots()}.
     */
    public int fill() {
        return slots() - (int) ring.remainingCapacity();
    }

    /**
     * Commands refused since no slot was free; any thread.
     *
     * @return since the start.
     */
    public long refused() {
        return refused.get();
    }

    /**
     * All slots.
     *
     * @return a power of two.
     */
    public int slots() {
        return ring.getBufferSize();
    }
}
