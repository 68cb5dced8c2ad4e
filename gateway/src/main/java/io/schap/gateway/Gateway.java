package io.schap.gateway;

import io.schap.engine.Engine;
import io.schap.engine.status.EngineState;
import io.schap.gateway.access.Access;
import io.schap.gateway.command.CommandRoutes;
import io.schap.gateway.command.EngineLink;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Routes;
import io.schap.gateway.imports.ImportService;
import io.schap.gateway.net.HttpServer;
import io.schap.gateway.query.QueryRoutes;
import io.schap.gateway.watch.GatewayWatch;
import io.schap.gateway.watch.Metrics;
import io.schap.gateway.web.WebRoutes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP in front of an engine. It listens from {@link #launch} on, so that a process that recovers for a while can be told
 * from one that is gone, and opens the API with {@link #attach}. The caller launches and closes the engine.
 */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Access access;
    private final int cacheSeconds;
    private final WebRoutes web;
    private final GatewayWatch watch;
    private final Metrics metrics;
    private final HttpServer server;
    private final List<EngineLink> links = new CopyOnWriteArrayList<>();
    private volatile Engine engine;
    private volatile ImportService imports;
    private volatile List<String> routeNames = List.of();
    private volatile boolean attached;
    private volatile boolean draining;

    private Gateway(final GatewayContext context) throws IOException {
        final InetAddress address = InetAddress.getByName(context.host());
        cacheSeconds = context.cacheSeconds();
        access = Access.launch(context.access());
        web = new WebRoutes(context.demoPage());
        watch = new GatewayWatch(context.accessLogEvery());
        metrics = Metrics.launch(watch);
        boolean listens = false;
        try {
            checkReach(context.host(), address);
            server = HttpServer.launch(
                    new InetSocketAddress(address, context.port()),
                    context.transport(),
                    context.eventLoops(),
                    context.maxConnections(),
                    access,
                    watch,
                    this::startingRoutes);
            listens = true;
        } finally {
            if (!listens) {
                access.close();
                metrics.close();
            }
        }
    }

    private void checkReach(final String host, final InetAddress address) {
        if (address.isLoopbackAddress()) {
            return;
        }
        if (!access.hasKeys()) {
            throw new IllegalArgumentException(
                    "host=" + host + " is not a loopback address; without keys the server is open to all who reach it, "
                            + "and so it binds loopback only (see `bin/schap keys add --help`)");
        }
        if (!access.isSealed()) {
            LOG.warn(
                    "keys and answers travel unsealed to and from other machines: host={}, set tls.certificate and "
                            + "tls.key, or let a proxy seal them",
                    host);
        }
    }

    /**
     * Listens. Until {@link #attach}, only {@code healthz} is well; everything else is answered with 503 not-ready.
     *
     * @param context what to listen to; concluded here.
     * @return the gateway.
     * @throws IOException              when the address cannot be listened to.
     * @throws IllegalArgumentException when a setting is wrong.
     */
    public static Gateway launch(final GatewayContext context) throws IOException {
        return new Gateway(context.conclude());
    }

    /**
     * Opens the API over an engine that has recovered. Once; returns when every event loop serves it.
     *
     * @param running the engine; it is closed after the gateway, by the caller.
     */
    public void attach(final Engine running) {
        if (engine != null) {
            throw new IllegalStateException("the gateway has an engine already: port=" + port());
        }
        engine = running;
        metrics.attach(running.context().dataDirectory());
        imports = ImportService.launch(running);
        server.serve(this::routes);
        attached = true;
    }

    /**
     * The port that is listened to.
     *
     * @return 1 to 65,535.
     */
    public int port() {
        return server.port();
    }

    /**
     * Whether connections are sealed with TLS.
     *
     * @return true with a certificate.
     */
    public boolean isSealed() {
        return access.isSealed();
    }

    /**
     * Says 503 to {@code readyz}, answers what is in flight, and closes each connection after its answer.
     *
     * @param deadlineMs how long to wait for that, in milliseconds.
     * @return whether no connection is left.
     */
    public boolean drain(final long deadlineMs) {
        draining = true;
        return server.drain(deadlineMs);
    }

    /** Closes every connection, the listening socket and the ways to the engine. Closing again does nothing. */
    @Override
    public void close() {
        draining = true;
        if (imports != null) {
            imports.close();
        }
        links.forEach(EngineLink::close);
        server.close();
        access.close();
        metrics.close();
    }

    /** What is answered, each as {@code METHOD pattern}; for a test that nothing was forgotten. */
    List<String> routeNames() {
        return routeNames;
    }

    private Routes startingRoutes() {
        return operations(new Routes(
                new Problem(ProblemCode.NOT_READY, "the server has not recovered yet; try again in a moment")));
    }

    private Routes routes(final ScheduledExecutorService loop) {
        final EngineLink link = EngineLink.open(engine, loop);
        links.add(link);
        final Routes routes = operations(new Routes());
        QueryRoutes.add(routes, engine.view(), cacheSeconds);
        CommandRoutes.add(routes, engine.view(), link);
        routes.onStream("POST", ImportService.PATH, imports);
        routeNames = routes.all();
        return routes;
    }

    private Routes operations(final Routes routes) {
        return web.add(routes)
                .on("GET", "/healthz", Gateway::health)
                .on("GET", "/readyz", this::readiness)
                .on("GET", "/metrics", metrics);
    }

    private static void health(final Exchange exchange) {
        QueryParameters.none(exchange);
        exchange.reply(Reply.json(200, json -> json.writeStringField("status", "ok")));
    }

    private void readiness(final Exchange exchange) {
        QueryParameters.none(exchange);
        if (draining || !attached || engine.state() != EngineState.RUNNING) {
            final String state =
                    draining ? "DRAINING" : attached ? engine.state().name() : "STARTING";
            throw Problem.refusal(ProblemCode.NOT_READY, "the server does not take writes now: state=" + state);
        }
        exchange.reply(Reply.json(200, json -> json.writeStringField("status", "ready")));
    }
}
