package io.schap.gateway.http;

/**
 * Answers a request whose body may be of any size: it is handed over in pieces as it arrives, and never held whole.
 *
 * <p>It runs on the connection's event loop and must not block.
 */
@FunctionalInterface
public interface StreamingHandler {

    /**
     * Begins with a request whose head has been read. It may reply at once; what is left of the body is then thrown away.
     *
     * @param exchange the request without its body, and where its answer goes.
     * @param flow     stops and starts the reading of the body.
     * @return who takes the body; {@link BodyReceiver#IGNORE} for nobody.
     * @throws Refusal to answer with a problem.
     */
    BodyReceiver begin(Exchange exchange, BodyFlow flow);
}
