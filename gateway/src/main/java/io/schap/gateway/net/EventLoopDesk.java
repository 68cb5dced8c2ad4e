package io.schap.gateway.net;

import io.netty.channel.EventLoop;
import io.schap.gateway.access.Gate;
import io.schap.gateway.http.Routes;
import io.schap.gateway.watch.LoopWatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the connections of one event loop share; used on that loop only. */
final class EventLoopDesk {

    private final EventLoop loop;
    private final Gate gate;
    private final LoopWatch watch;
    private final ReplyEncoder encoder = new ReplyEncoder();
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final List<HttpConnection> unflushed = new ArrayList<>();
    private final Runnable flushTask = this::flush;
    private Routes routes;
    private boolean draining;

    EventLoopDesk(final EventLoop loop, final Gate gate, final LoopWatch watch, final Routes routes) {
        this.loop = loop;
        this.gate = gate;
        this.watch = watch;
        this.routes = routes;
    }

    EventLoop loop() {
        return loop;
    }

    Gate gate() {
        return gate;
    }

    LoopWatch watch() {
        return watch;
    }

    ReplyEncoder encoder() {
        return encoder;
    }

    Routes routes() {
        return routes;
    }

    void serve(final Routes newRoutes) {
        routes = newRoutes;
    }

    boolean isDraining() {
        return draining;
    }

    void opened(final HttpConnection connection) {
        connections.add(connection);
        watch.counts().opened();
    }

    void closed(final HttpConnection connection) {
        if (connections.remove(connection)) {
            watch.counts().closed();
        }
    }

    /** Sends what was written to a connection once the present task is over, with everything else written by then. */
    void flushLater(final HttpConnection connection) {
        if (unflushed.isEmpty()) {
            loop.execute(flushTask);
        }
        unflushed.add(connection);
    }

    /** Closes what has waited too long. */
    void sweep() {
        final long nowNs = System.nanoTime();
        for (final HttpConnection connection : List.copyOf(connections)) {
            connection.checkDeadline(nowNs);
        }
    }

    /** From now on each answer is the last of its connection. */
    void drain() {
        draining = true;
    }

    /** Closes the connections that wait for no answer and have begun no request. */
    void closeIdle() {
        for (final HttpConnection connection : List.copyOf(connections)) {
            connection.closeIfIdle();
        }
    }

    int connectionCount() {
        return connections.size();
    }

    void closeAll() {
        for (final HttpConnection connection : List.copyOf(connections)) {
            connection.cut();
        }
    }

    private void flush() {
        for (int i = 0; i < unflushed.size(); i++) {
            unflushed.get(i).flush();
        }
        unflushed.clear();
    }
}
