package io.schap.gateway.access;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often somebody may ask: a steady rate with room for a burst, by the generic cell rate algorithm (ITU-T I.371), whose
 * whole state is the time at which the next request would be on time. For any number of threads; allocates nothing.
 */
final class TokenBucket {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long intervalNs;
    private final long toleranceNs;
    private final AtomicLong nextNs;

    /**
     * A full bucket.
     *
     * @param rate  how often.
     * @param nowNs a {@link System#nanoTime}.
     */
    TokenBucket(final Rate rate, final long nowNs) {
        intervalNs = rate.intervalNs();
        toleranceNs = rate.toleranceNs();
        nextNs = new AtomicLong(nowNs);
    }

    /**
     * Takes a token.
     *
     * @param nowNs a {@link System#nanoTime}.
     * @return 0 when there was one, else how long until there is, in nanoseconds.
     */
    long take(final long nowNs) {
        while (true) {
            final long next = nextNs.get();
            final long base = next - nowNs > 0 ? next : nowNs;
            final long waitNs = base - nowNs - toleranceNs;
            if (waitNs > 0) {
                return waitNs;
            }
            if (nextNs.compareAndSet(next, base + intervalNs)) {
                return 0;
            }
        }
    }

    /**
     * A rate.
     *
     * @param perSecond how many a second, from 1.
     * @param burst     how many at once, from 1.
     */
    record Rate(int perSecond, int burst) {

        long intervalNs() {
            return Math.max(1, NANOS_PER_SECOND / perSecond);
        }

        long toleranceNs() {
            return (burst - 1) * intervalNs();
        }
    }
}
