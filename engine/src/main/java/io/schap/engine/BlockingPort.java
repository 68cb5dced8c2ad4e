package io.schap.engine;

import io.schap.engine.command.Limits;
import io.schap.engine.egress.AnswerHandler;
import io.schap.engine.status.EngineState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A port for a thread that may wait: each {@link #ask} returns the answer. For one thread at a time.
 */
public final class BlockingPort implements AutoCloseable {

    private static final long RETRY_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EnginePort port;
    private final long timeoutNs;
    private final byte[] answerBytes = new byte[Limits.MAX_ANSWER_BYTES];
    private final UnsafeBuffer answer = new UnsafeBuffer(answerBytes, 0, 0);
    private final AnswerHandler handler = this::onAnswer;
    private volatile Thread waiting;
    private long correlation;
    private boolean answered;

    BlockingPort(final Engine engine, final long timeoutMs) {
        timeoutNs = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        port = engine.openPort(this::wake, 1);
    }

    private void wake() {
        LockSupport.unpark(waiting);
    }

    /**
     * Offers a command, again and again while the ring is full, and waits for its answer.
     *
     * @param command where the encoded command lies.
     * @param offset  of its first byte.
     * @param length  in bytes.
     * @return the answer from offset 0 to its capacity; valid until the next call.
     * @throws EngineUnavailableException when the engine takes nothing more, or the deadline passed.
     */
    public DirectBuffer ask(final DirectBuffer command, final int offset, final int length) {
        waiting = Thread.currentThread();
        final long start = System.nanoTime();
        correlation++;
        answered = false;
        offer(command, offset, length, start);
        while (!answered) {
            if (port.poll(handler, 1) == 0) {
                awaitAnswer(start);
            }
        }
        return answer;
    }

    private void awaitAnswer(final long start) {
        final EngineState state = port.state();
        if (state == EngineState.HALTED || state == EngineState.CLOSED) {
            if (port.poll(handler, 1) == 0) { // nothing came before the end either
                throw new EngineUnavailableException("the engine ended before it answered: state=" + state, true);
            }
        } else {
            checkDeadline(start, true);
            LockSupport.parkNanos(this, PARK_NS);
        }
    }

    private void offer(final DirectBuffer command, final int offset, final int length, final long start) {
        Offer offer = port.offer(correlation, command, offset, length);
        while (offer != Offer.OFFERED) {
            if (offer == Offer.HALTED) {
                throw new EngineUnavailableException("the engine takes nothing: state=" + port.state(), false);
            }
            checkDeadline(start, false);
            if (port.poll(handler, 1) == 0) {
                LockSupport.parkNanos(this, RETRY_NS);
            }
            offer = port.offer(correlation, command, offset, length);
        }
    }

    private void checkDeadline(final long start, final boolean taken) {
        if (System.nanoTime() - start > timeoutNs) {
            throw new EngineUnavailableException(
                    "no answer in time: timeoutMs=" + TimeUnit.NANOSECONDS.toMillis(timeoutNs), taken);
        }
    }

    /** An answer to an earlier command, whose deadline had passed, is dropped. */
    private void onAnswer(final long to, final DirectBuffer buffer, final int offset, final int length) {
        if (to == correlation) {
            buffer.getBytes(offset, answerBytes, 0, length);
            answer.wrap(answerBytes, 0, length);
            answered = true;
        }
    }

    @Override
    public void close() {
        port.close();
    }
}
