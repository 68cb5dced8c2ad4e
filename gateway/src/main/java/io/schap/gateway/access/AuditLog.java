package io.schap.gateway.access;

import io.schap.gateway.http.Faults;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for every access that was refused. It names the key by its id and never holds a key. At most 100 lines a second
 * are written, after a burst of 1,000, so that who is refused cannot fill a disk; the next line then tells how many were
 * left out.
 */
final class AuditLog {

    private static final Logger AUDIT = LoggerFactory.getLogger("io.schap.audit");
    private static final TokenBucket.Rate RATE = new TokenBucket.Rate(100, 1_000);

    private final TokenBucket lines = new TokenBucket(RATE, System.nanoTime());
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * Writes a line.
     *
     * @param status of the answer.
     * @param actor  the key's id; 0 for none that is known.
     * @param peer   the address that asks.
     * @param method as sent.
     * @param path   as sent, without its query.
     * @param origin as sent; null for none.
     */
    void refused(
            final int status,
            final int actor,
            final String peer,
            final String method,
            final String path,
            final String origin) {
        if (lines.take(System.nanoTime()) > 0) {
            leftOut.incrementAndGet();
            return;
        }
        AUDIT.warn(
                "refused: status={}, key={}, address={}, method={}, path={}, origin={}, leftOut={}",
                status,
                actor == 0 ? "none" : actor,
                peer,
                Faults.shown(method),
                Faults.shown(path),
                origin == null ? "none" : Faults.shown(origin),
                leftOut.getAndSet(0));
    }
}
