package io.schap.engine.egress;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer rings of all open ports, and the writer's side of them. An id holds the place in the table and a running
 * number, so that an answer to a port that was closed meanwhile is dropped and never reaches the next one in its place.
 *
 * <pre>
 *  63                    16 15                0
 * +------------------------+------------------+
 * |   running number       |   place          |
 * +------------------------+------------------+
 * </pre>
 *
 * {@link #open} and {@link #close} are for any thread; everything else is the writer's.
 */
public final class AnswerRings {

    /** No port: the command has no one to answer. */
    public static final long NO_PORT = 0;

    /** Most ports that are open at one time. */
    public static final int MAX_PORTS = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(AnswerRings.class);
    private static final int PLACE_BITS = 16;

    private final AtomicReferenceArray<AnswerRing> table = new AtomicReferenceArray<>(MAX_PORTS);
    private final AnswerRing[] dirty = new AnswerRing[MAX_PORTS];
    private final AtomicLong refused = new AtomicLong();
    private int dirtyCount;
    private long opened;
    private int openPorts;
    private long credits;
    private long creditsUsed;
    private long failedWakeUps;
    private boolean refusedEver;

    /** No port is open. */
    public AnswerRings() {}

    /**
     * Opens a port's ring.
     *
     * @param credits most commands under way, from 1.
     * @param wakeUp  is run by the writer after each batch that answers the port, and when the engine halts; must not block.
     * @return the ring.
     * @throws IllegalStateException when {@link #MAX_PORTS} are open.
     */
    public synchronized AnswerRing open(final int credits, final Runnable wakeUp) {
        for (int place = 0; place < MAX_PORTS; place++) {
            if (table.get(place) == null) {
                opened++;
                final AnswerRing ring = new AnswerRing(opened << PLACE_BITS | place, credits, wakeUp);
                table.setRelease(place, ring);
                return ring;
            }
        }
        throw new IllegalStateException("too many open ports: max=" + MAX_PORTS);
    }

    /**
     * Closes a port's ring: answers under way are dropped.
     *
     * @param ring that {@link #open} returned; closing it again does nothing.
     */
    public synchronized void close(final AnswerRing ring) {
        table.compareAndSet(placeOf(ring.id()), ring, null);
    }

    /**
     * Appends an answer; nobody sees it before {@link #commit}.
     *
     * @param port        that asked; dropped when it is closed.
     * @param correlation that it asked with.
     * @param answer      where the answer lies.
     * @param offset      of its first byte.
     * @param length      in bytes.
     */
    public void append(
            final long port, final long correlation, final DirectBuffer answer, final int offset, final int length) {
        final AnswerRing ring = ringOf(port);
        if (ring != null) {
            if (!ring.isDirty()) {
                ring.dirty(true);
                dirty[dirtyCount++] = ring;
            }
            ring.append(correlation, answer, offset, length);
        }
    }

    /**
     * Appends an answer which says that there is no room in the journal. What the port offered before it sees that is to
     * be refused too, see {@link #isBehindRefusal}.
     *
     * @param port        that asked; dropped when it is closed.
     * @param correlation that it asked with.
     * @param refusal     where the answer lies, from offset 0.
     * @param length      in bytes.
     */
    public void refuse(final long port, final long correlation, final DirectBuffer refusal, final int length) {
        append(port, correlation, refusal, 0, length);
        final AnswerRing ring = ringOf(port);
        if (ring != null) {
            ring.noteRefusal();
            refusedEver = true;
        }
    }

    /**
     * Whether a command was offered before its port saw that an earlier one of its was refused for want of room.
     *
     * @param port        that asked.
     * @param answersSeen how many answers it had handled by then.
     * @return true when the command is to be refused as well: applied, it would go before the earlier one.
     */
    public boolean isBehindRefusal(final long port, final long answersSeen) {
        if (!refusedEver) {
            return false;
        }
        final AnswerRing ring = ringOf(port);
        return ring != null && ring.isBehindRefusal(answersSeen);
    }

    private AnswerRing ringOf(final long port) {
        final AnswerRing ring = table.getAcquire(placeOf(port));
        return ring != null && ring.id() == port ? ring : null;
    }

    /**
     * Makes all appended answers visible.
     *
     * @return credits in use in the fullest of the answered ports just before, per mille.
     */
    public int commit() {
        int fullest = 0;
        for (int i = 0; i < dirtyCount; i++) {
            final AnswerRing ring = dirty[i];
            fullest = Math.max(fullest, (int) (1_000L * ring.creditsUsed() / ring.credits()));
            ring.commit();
        }
        return fullest;
    }

    /**
     * Wakes each port that was given something since the last call, once; after {@link #commit}.
     *
     * @return how many ports.
     */
    public int wakeUp() {
        final int woken = dirtyCount;
        for (int i = 0; i < woken; i++) {
            dirty[i].dirty(false);
            wake(dirty[i]);
            dirty[i] = null;
        }
        dirtyCount = 0;
        return woken;
    }

    /** Wakes every open port: the engine's state changed for good. */
    public void wakeUpAll() {
        for (int place = 0; place < MAX_PORTS; place++) {
            final AnswerRing ring = table.getAcquire(place);
            if (ring != null) {
                wake(ring);
            }
        }
    }

    /** Counts open ports, their credits and how many of those are in use, as of about now. */
    public void takeStock() {
        int open = 0;
        long all = 0;
        long inUse = 0;
        for (int place = 0; place < MAX_PORTS; place++) {
            final AnswerRing ring = table.getAcquire(place);
            if (ring != null) {
                open++;
                all += ring.credits();
                inUse += ring.creditsUsed();
            }
        }
        openPorts = open;
        credits = all;
        creditsUsed = inUse;
    }

    /**
     * Open ports at the last {@link #takeStock}.
     *
     * @return 0 to {@link #MAX_PORTS}.
     */
    public int openPorts() {
        return openPorts;
    }

    /**
     * Credits of all open ports at the last {@link #takeStock}.
     *
     * @return how many.
     */
    public long credits() {
        return credits;
    }

    /**
     * Credits in use at the last {@link #takeStock}.
     *
     * @return how many.
     */
    public long creditsUsed() {
        return creditsUsed;
    }

    /** Counts a command that was refused since its port had no credit left; any thread. */
    public void countNoCredit() {
        refused.incrementAndGet();
    }

    /**
     * Commands refused for want of credit.
     *
     * @return since the start.
     */
    public long refusedNoCredit() {
        return refused.get();
    }

    /**
     * Wake-ups that threw.
     *
     * @return since the start.
     */
    public long failedWakeUps() {
        return failedWakeUps;
    }

    /** A wake-up is the owner's code: when it throws, as a closed event loop does, that is the owner's loss alone. */
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void wake(final AnswerRing ring) {
        try {
            ring.wakeUp();
        } catch (final RuntimeException e) {
            failedWakeUps++;
            LOG.warn("a port's wake-up failed: port={}", ring.id(), e);
        }
    }

    private static int placeOf(final long id) {
        return (int) id & (1 << PLACE_BITS) - 1;
    }
}
