package io.schap.gateway.http;

/**
 * Answers a request whose whole body has been read.
 *
 * <p>It runs on the connection's event loop and must not block. It replies before it returns, or later from the same loop
 * or any other thread; until then nothing else of that connection is handled.
 */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Answers the request, now or later.
     *
     * @param exchange the request, and where its answer goes.
     * @throws Refusal to answer with a problem.
     */
    void handle(Exchange exchange);
}
