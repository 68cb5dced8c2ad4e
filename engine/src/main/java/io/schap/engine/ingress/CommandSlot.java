package io.schap.engine.ingress;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One place of the ring: an encoded command, and beside it where its answer goes. Port and correlation are never part of
 * the command, since a replay has no one to answer.
 */
public final class CommandSlot {

    private final UnsafeBuffer command;
    private long port;
    private long correlation;
    private long answersSeen;
    private int length;

    CommandSlot(final UnsafeBuffer command) {
        this.command = command;
    }

    /** A slot that was claimed and not yet filled holds no command, even if filling it fails. */
    void clear() {
        length = 0;
    }

    void fill(
            final long toPort,
            final long withCorrelation,
            final long seen,
            final DirectBuffer from,
            final int offset,
            final int commandLength) {
        command.putBytes(0, from, offset, commandLength);
        port = toPort;
        correlation = withCorrelation;
        answersSeen = seen;
        length = commandLength;
    }

    /**
     * The port that the answer goes to.
     *
     * @return the port's id.
     */
    public long port() {
        return port;
    }

    /**
     * What the caller knows its command by.
     *
     * @return the caller's number, of no meaning here.
     */
    public long correlation() {
        return correlation;
    }

    /**
     * How many answers the port had handled when it offered this.
     *
     * @return from 0.
     */
    public long answersSeen() {
        return answersSeen;
    }

    /**
     * Where the command lies, from offset 0.
     *
     * @return the same buffer at every call.
     */
    public DirectBuffer command() {
        return command;
    }

    /**
     * Bytes of the command.
     *
     * @return 0 when a producer failed between claim and publish: there is no command then.
     */
    public int length() {
        return length;
    }
}
