package io.schap.gateway.watch;

import io.netty.handler.codec.http.HttpRequest;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Routes;

/**
 * Watches the requests of one connection, one after the other: names each, counts it once it is answered, and logs it. On
 * the connection's event loop.
 */
public final class RequestWatch {

    /** The one route whose good answers go without an id that nobody sent: nothing is made for it that it can do without. */
    private static final String BARE_ROUTE = "/v1/stores/{store}/skus/{sku}/availability";

    private final LoopWatch loop;
    private final Object peer;
    private long sinceNs;
    private String id;
    private String method = "";
    private String target = "";
    private String route = LoopCounts.NO_ROUTE;

    RequestWatch(final LoopWatch loop, final Object peer) {
        this.loop = loop;
        this.peer = peer;
    }

    /**
     * A request has begun.
     *
     * @param head as decoded.
     */
    public void begin(final HttpRequest head) {
        sinceNs = System.nanoTime();
        id = RequestIds.sent(head.headers().getAll(RequestIds.HEADER));
        method = head.method().name();
        target = head.uri();
        route = LoopCounts.NO_ROUTE;
    }

    /**
     * It is known who answers.
     *
     * @param match of the request's path.
     * @return the same.
     */
    public Routes.Match matched(final Routes.Match match) {
        route = match.pattern();
        return match;
    }

    /**
     * The id of the request that is under way.
     *
     * @return as sent, else made now.
     */
    public String id() {
        if (id == null) {
            id = loop.ids().next();
        }
        return id;
    }

    /**
     * The answer goes out: it is counted, logged, and given its id.
     *
     * @param reply the answer.
     * @return the same.
     */
    public Reply leave(final Reply reply) {
        final int status = reply.status();
        final String counted = method.equals("HEAD") ? "GET" : method;
        loop.counts().route(route).add(RouteCounts.slot(counted, status), 1);
        if (reply.problem() != null) {
            loop.counts().refused(reply.problem());
        }
        final long tookNs = System.nanoTime() - sinceNs;
        loop.counts().took(LoopCounts.Work.of(counted, route), tookNs);
        if (id != null || !BARE_ROUTE.equals(route) || status >= 400 || method.equals("OPTIONS")) {
            reply.header(RequestIds.HEADER, id());
        }
        if (loop.log().isWanted(status)) {
            loop.log().write(new AccessLog.Line(id(), peer, method, path(), route, reply, tookNs));
        }
        return reply;
    }

    /** Without the query: a publishable key may stand there. */
    private String path() {
        final int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }
}
