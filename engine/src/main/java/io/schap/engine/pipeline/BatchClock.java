package io.schap.engine.pipeline;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * The time of batches: the wall clock, never less than what is journaled, and not torn forward by a wrong hand.
 *
 * <p>Between two looks the wall clock should gain what the monotonic clock gains. When it has gained over 10 s more, the
 * jump is not believed at once: time goes on from where it was at twice its speed until it has caught up. Holds then end
 * early by at most half, and never all in one moment; somebody has as long as the jump was to set the clock right.
 * A clock that was set back makes time stand still until it has caught up with the journal.
 *
 * <p>For the writer's thread. Look at least every few seconds.
 */
public final class BatchClock {

    /** What the wall clock may gain on the monotonic clock between two looks, in milliseconds. */
    public static final long MAX_JUMP_MS = 10_000;

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EpochClock wallClock;
    private final NanoClock monotonicClock;
    private long trustedNs;
    private long lookedNs;
    private long wallMs;
    private boolean slewing;
    private long jumps;

    /**
     * A clock that believes the present wall clock.
     *
     * @param wallClock      milliseconds since 1970.
     * @param monotonicClock nanoseconds from anywhere.
     */
    public BatchClock(final EpochClock wallClock, final NanoClock monotonicClock) {
        this.wallClock = wallClock;
        this.monotonicClock = monotonicClock;
        wallMs = wallClock.time();
        trustedNs = wallMs * NS_PER_MS;
        lookedNs = monotonicClock.nanoTime();
    }

    /**
     * Looks at both clocks.
     *
     * @param lastMs the last journaled time, ms since 1970.
     * @return the time of a batch that begins now, never less than {@code lastMs}.
     */
    public long next(final long lastMs) {
        final long nowNs = monotonicClock.nanoTime();
        final long elapsedNs = nowNs - lookedNs;
        lookedNs = nowNs;
        wallMs = wallClock.time();
        final long wallNs = wallMs * NS_PER_MS;
        if (!slewing && wallNs - (trustedNs + elapsedNs) > MAX_JUMP_MS * NS_PER_MS) {
            slewing = true;
            jumps++;
        }
        final long slewedNs = trustedNs + 2 * elapsedNs;
        slewing = slewing && slewedNs < wallNs;
        // Measured from the journal's time, so that a clock set back and right again makes no jump.
        trustedNs = Math.max(lastMs * NS_PER_MS, slewing ? slewedNs : wallNs);
        return trustedNs / NS_PER_MS;
    }

    /**
     * The wall clock at the last look.
     *
     * @return milliseconds since 1970.
     */
    public long wallMs() {
        return wallMs;
    }

    /**
     * Whether time runs at twice its speed after a jump.
     *
     * @return true until it has caught up.
     */
    public boolean isSlewing() {
        return slewing;
    }

    /**
     * Jumps so far.
     *
     * @return how many.
     */
    public long jumps() {
        return jumps;
    }
}
