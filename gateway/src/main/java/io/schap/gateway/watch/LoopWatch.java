package io.schap.gateway.watch;

/**
 * What the connections of one event loop share to be watched: its counts, its request ids, its part of the access log.
 *
 * @param counts of the loop.
 * @param ids    of the loop.
 * @param log    of all loops.
 */
public record LoopWatch(LoopCounts counts, RequestIds ids, AccessLog log) {

    /**
     * The watch of a new connection.
     *
     * @param peer who is at its other end, for the log.
     * @return for that connection only.
     */
    public RequestWatch connection(final Object peer) {
        return new RequestWatch(this, peer);
    }
}
