package io.schap.gateway.command;

import io.schap.engine.Engine;
import io.schap.engine.EnginePort;
import io.schap.engine.Offer;
import io.schap.engine.status.EngineState;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop's way to the engine: commands go out with the slot of who waits for their answer as correlation id; the
 * engine's wake-up puts one reused task on the loop, which hands the answers out. The table has as many slots as the port
 * has credits, so a command that was taken always has its slot. For one event loop, after {@link #open}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a retry that fails ends its own exchange
public final class EngineLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLink.class);
    private static final int POLL_LIMIT = 512;
    private static final int RETRY_MS = 1;

    private final ScheduledExecutorService loop;
    private final Runnable pollTask = this::poll;
    private final ArrayDeque<Runnable> waiters = new ArrayDeque<>();
    private final EnginePort port;
    private final AnswerListener[] listeners;
    private final int[] freeSlots;
    private int freeCount;
    private boolean closed;

    private EngineLink(final Engine engine, final ScheduledExecutorService loop) {
        this.loop = loop;
        port = engine.openPort(this::wakeUp);
        listeners = new AnswerListener[port.credits()];
        freeSlots = new int[listeners.length];
        while (freeCount < freeSlots.length) {
            freeSlots[freeCount] = freeCount;
            freeCount++;
        }
    }

    /**
     * Opens the way of one event loop.
     *
     * @param engine that takes commands.
     * @param loop   whose thread alone uses the link.
     * @return the link.
     */
    public static EngineLink open(final Engine engine, final ScheduledExecutorService loop) {
        return new EngineLink(engine, loop);
    }

    /** Offers the first command of a request; refused while requests that have begun wait for room. */
    Offer offerFirst(final DirectBuffer command, final int length, final AnswerListener listener) {
        return waiters.isEmpty() ? offer(command, length, listener) : Offer.NO_CREDIT;
    }

    /** Offers a command; the listener is told its answer, unless it was not taken. */
    Offer offer(final DirectBuffer command, final int length, final AnswerListener listener) {
        if (freeCount == 0) {
            return Offer.NO_CREDIT;
        }
        final int slot = freeSlots[freeCount - 1];
        final Offer offer = port.offer(slot, command, 0, length);
        if (offer == Offer.OFFERED) {
            freeCount--;
            listeners[slot] = listener;
        }
        return offer;
    }

    /** Runs a retry once answers have come back, or after a moment when none is under way. */
    void whenRoom(final Runnable retry) {
        waiters.add(retry);
        if (freeCount > 0) {
            loop.schedule(this::runWaiters, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Runs a retry after a while. */
    void later(final Runnable retry, final int delayMs) {
        loop.schedule(retry, delayMs, TimeUnit.MILLISECONDS);
    }

    /** Closes the port, from any thread; what is under way is lost. Closing again does nothing. */
    @Override
    public void close() {
        onLoop(() -> {
            if (!closed) {
                closed = true;
                port.close();
                loseAll();
            }
        });
    }

    /** On the writer's thread. */
    private void wakeUp() {
        onLoop(pollTask);
    }

    /** Does nothing once the loop has ended, and with it everyone who waited for an answer. */
    private void onLoop(final Runnable task) {
        if (!loop.isShutdown()) {
            try {
                loop.execute(task);
            } catch (final RejectedExecutionException e) {
                LOG.debug("an event loop ended while it was woken", e);
            }
        }
    }

    private void poll() {
        if (closed) {
            return;
        }
        final EngineState before = port.state();
        final int count = port.poll(this::onAnswer, POLL_LIMIT);
        if (count == POLL_LIMIT) {
            loop.execute(pollTask);
        } else if (before == EngineState.HALTED || before == EngineState.CLOSED) {
            loseAll();
        }
        runWaiters();
    }

    private void onAnswer(final long correlation, final DirectBuffer answer, final int offset, final int length) {
        final int slot = (int) correlation;
        final AnswerListener listener = listeners[slot];
        listeners[slot] = null;
        freeSlots[freeCount++] = slot;
        listener.answered(answer, offset);
    }

    private void runWaiters() {
        final int waiting = waiters.size();
        for (int i = 0; i < waiting && freeCount > 0; i++) {
            waiters.poll().run();
        }
    }

    private void loseAll() {
        for (int slot = 0; slot < listeners.length; slot++) {
            final AnswerListener listener = listeners[slot];
            if (listener != null) {
                listeners[slot] = null;
                freeSlots[freeCount++] = slot;
                listener.lost();
            }
        }
    }
}
