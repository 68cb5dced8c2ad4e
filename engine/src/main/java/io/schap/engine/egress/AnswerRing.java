package io.schap.engine.egress;

import io.schap.engine.command.Limits;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The answers of one port: one producer, the writer, and one consumer, the port's owner. Answers are appended while a
 * batch is applied and become visible together with {@link #commit}, after the view shows the batch.
 *
 * <pre>
 *   0                   4                   8                                      16
 *   +-------------------+-------------------+---------------------------------------+----------------------
 *   |  length, or -1:   |                   |              correlation              |  answer, padded
 *   |  go on at 0       |                   |                                       |  to 8 bytes
 *   +-------------------+-------------------+---------------------------------------+----------------------
 * </pre>
 *
 * A record never wraps. At most {@code credits} records lie in the ring, and at most one rest at the end that was too
 * short for the next, so {@code (credits + 1) * }{@link #MAX_RECORD_BYTES} are always enough. {@link #append} checks it
 * all the same: an overflow is a broken invariant and no wait.
 */
public final class AnswerRing {

    /** Largest record: an answer of the largest size with its head, in bytes. */
    public static final int MAX_RECORD_BYTES = 16 + Limits.MAX_ANSWER_BYTES;

    private static final int HEAD_BYTES = 16;
    private static final int CORRELATION_OFFSET = 8;
    private static final int GO_ON_AT_ZERO = -1;
    private static final int TAIL_OFFSET = 64;
    private static final int HEAD_OFFSET = 192;
    private static final int USED_OFFSET = 256;
    private static final int SHARED_BYTES = 384;

    private final long id;
    private final int credits;
    private final Runnable wakeUp;
    private final UnsafeBuffer buffer;

    // The writer's.
    private long written;
    private int writeOffset;
    private long headSeen;
    private boolean dirty;
    private long appended;
    private long refusedAt;

    // The owner's.
    private long handled;
    private long read;
    private int readOffset;

    /** Between the two, a cache line each: what lies before the tail is published, what lies before the head is free. */
    private final UnsafeBuffer shared = new UnsafeBuffer(new byte[SHARED_BYTES]);

    AnswerRing(final long id, final int credits, final Runnable wakeUp) {
        this.id = id;
        this.credits = credits;
        this.wakeUp = wakeUp;
        buffer = new UnsafeBuffer(new byte[(credits + 1) * MAX_RECORD_BYTES]);
    }

    /**
     * The port's id.
     *
     * @return never given to another port of this run.
     */
    public long id() {
        return id;
    }

    /** Appends an answer that nobody sees yet; writer only. */
    void append(final long correlation, final DirectBuffer answer, final int offset, final int length) {
        if (length > Limits.MAX_ANSWER_BYTES) {
            throw new IllegalStateException("answer too long: length=" + length + ", max=" + Limits.MAX_ANSWER_BYTES);
        }
        final int size = BitUtil.align(HEAD_BYTES + length, 8);
        final int atEnd = buffer.capacity() - writeOffset;
        final int skipped = size > atEnd ? atEnd : 0;
        if (written + skipped + size - headSeen > buffer.capacity()) {
            headSeen = shared.getLongAcquire(HEAD_OFFSET);
            if (written + skipped + size - headSeen > buffer.capacity()) {
                throw new IllegalStateException("answer ring overflow in spite of credits: port=" + id + ", unread="
                        + (written - headSeen) + ", capacity=" + buffer.capacity());
            }
        }
        if (skipped > 0) {
            buffer.putInt(writeOffset, GO_ON_AT_ZERO);
            written += skipped;
            writeOffset = 0;
        }
        buffer.putInt(writeOffset, length);
        buffer.putLong(writeOffset + CORRELATION_OFFSET, correlation);
        buffer.putBytes(writeOffset + HEAD_BYTES, answer, offset, length);
        appended++;
        written += size;
        writeOffset += size;
        if (writeOffset == buffer.capacity()) {
            writeOffset = 0;
        }
    }

    /** The answer that was appended last says that there was no room; writer only. */
    void noteRefusal() {
        refusedAt = appended;
    }

    /** Whether a command was offered by an owner who had not seen the last refusal for want of room; writer only. */
    boolean isBehindRefusal(final long answersSeen) {
        return answersSeen < refusedAt;
    }

    /** Whether this batch answers here; writer only. */
    boolean isDirty() {
        return dirty;
    }

    void dirty(final boolean answered) {
        dirty = answered;
    }

    /** Makes visible what was appended; writer only. */
    void commit() {
        shared.putLongRelease(TAIL_OFFSET, written); // pairs with the acquire in poll()
    }

    /** Tells the owner that there is something to poll, or that the engine stopped. */
    void wakeUp() {
        wakeUp.run();
    }

    /**
     * Hands over what was answered, oldest first; the owner's thread. The room of an answer is free again, and it counts
     * as handled, when the handler returns or throws.
     *
     * @param handler takes each.
     * @param limit   most answers to hand over.
     * @return how many were handed over.
     */
    public int poll(final AnswerHandler handler, final int limit) {
        final long available = shared.getLongAcquire(TAIL_OFFSET); // pairs with the release in commit()
        int count = 0;
        while (count < limit && read < available) {
            int length = buffer.getInt(readOffset);
            if (length == GO_ON_AT_ZERO) {
                read += buffer.capacity() - readOffset;
                readOffset = 0;
                length = buffer.getInt(0);
            }
            final int offset = readOffset + HEAD_BYTES;
            final long correlation = buffer.getLong(readOffset + CORRELATION_OFFSET);
            final int size = BitUtil.align(HEAD_BYTES + length, 8);
            count++;
            handled++;
            try {
                handler.onAnswer(correlation, buffer, offset, length);
            } finally {
                giveBackCredit();
                read += size;
                readOffset += size;
                if (readOffset == buffer.capacity()) {
                    readOffset = 0;
                }
                shared.putLongRelease(HEAD_OFFSET, read); // pairs with the acquire in append()
            }
        }
        return count;
    }

    /**
     * Answers that were handed over, that which is being handed over included; the owner's thread.
     *
     * @return since the port was opened.
     */
    public long handled() {
        return handled;
    }

    /**
     * Takes a credit for a command; the owner's thread.
     *
     * @return false when all are in use.
     */
    public boolean takeCredit() {
        final int used = shared.getInt(USED_OFFSET);
        if (used == credits) {
            return false;
        }
        shared.putIntOpaque(USED_OFFSET, used + 1);
        return true;
    }

    /** Gives back a credit that was taken for a command which was not offered; the owner's thread. */
    public void giveBackCredit() {
        shared.putIntOpaque(USED_OFFSET, shared.getInt(USED_OFFSET) - 1);
    }

    /**
     * Credits in use; any thread, exact for the owner's.
     *
     * @return commands offered whose answers were not handled yet.
     */
    public int creditsUsed() {
        return shared.getIntOpaque(USED_OFFSET);
    }

    /**
     * All credits.
     *
     * @return most commands under way.
     */
    public int credits() {
        return credits;
    }
}
