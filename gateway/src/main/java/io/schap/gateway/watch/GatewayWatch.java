package io.schap.gateway.watch;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The watches of all event loops. */
public final class GatewayWatch {

    private final SecureRandom random = new SecureRandom();
    private final List<LoopCounts> loops = new CopyOnWriteArrayList<>();
    private final AccessLog log;

    /**
     * No loops yet.
     *
     * @param accessLogEvery see {@link AccessLog#AccessLog}.
     */
    public GatewayWatch(final int accessLogEvery) {
        log = new AccessLog(accessLogEvery);
    }

    /**
     * The watch of one more event loop.
     *
     * @return for that loop only.
     */
    public LoopWatch newLoop() {
        final LoopCounts counts = new LoopCounts();
        loops.add(counts);
        return new LoopWatch(counts, new RequestIds(random.nextLong()), log);
    }

    List<LoopCounts> loops() {
        return loops;
    }
}
