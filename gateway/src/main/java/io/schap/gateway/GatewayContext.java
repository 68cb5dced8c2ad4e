package io.schap.gateway;

import io.schap.gateway.access.AccessSettings;

/** What a gateway is started with. Every setting has a default; {@code Gateway.launch} checks them all, once. */
public final class GatewayContext {

    /** What is listened to unless another address is set. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    private static final int MAX_PORT = 65_535;
    private static final int MAX_EVENT_LOOPS = 64;
    private static final int MAX_CACHE_SECONDS = 3_600;

    private String host = DEFAULT_HOST;
    private int port;
    private int eventLoops = Math.max(2, Runtime.getRuntime().availableProcessors() - 1);
    private String transport = "auto";
    private int maxConnections = 10_000;
    private AccessSettings access = AccessSettings.DEFAULTS;
    private int cacheSeconds;
    private int accessLogEvery;
    private boolean demoPage;

    /** All defaults. */
    public GatewayContext() {}

    /**
     * The address to listen on; loopback only, until keys exist.
     *
     * @param newHost a name or an address of this machine.
     * @return this.
     */
    public GatewayContext host(final String newHost) {
        host = newHost;
        return this;
    }

    /**
     * The address to listen on.
     *
     * @return a name or an address.
     */
    public String host() {
        return host;
    }

    /**
     * The port to listen on.
     *
     * @param newPort 0 picks a free one.
     * @return this.
     */
    public GatewayContext port(final int newPort) {
        port = newPort;
        return this;
    }

    /**
     * The port to listen on.
     *
     * @return 0 for any free one.
     */
    public int port() {
        return port;
    }

    /**
     * How many event loops serve the connections.
     *
     * @param newEventLoops 1 to 64; by default one less than there are processors, and at least 2.
     * @return this.
     */
    public GatewayContext eventLoops(final int newEventLoops) {
        eventLoops = newEventLoops;
        return this;
    }

    /**
     * How many event loops serve the connections.
     *
     * @return 1 to 64.
     */
    public int eventLoops() {
        return eventLoops;
    }

    /**
     * How the sockets are driven.
     *
     * @param newTransport {@code auto} takes the first that works of {@code io_uring}, {@code epoll} and {@code nio};
     *                     a name takes that one, or fails.
     * @return this.
     */
    public GatewayContext transport(final String newTransport) {
        transport = newTransport;
        return this;
    }

    /**
     * How the sockets are driven.
     *
     * @return {@code auto} or a transport's name.
     */
    public String transport() {
        return transport;
    }

    /**
     * How many connections may be open at once; further ones are closed as they come.
     *
     * @param newMaxConnections from 1.
     * @return this.
     */
    public GatewayContext maxConnections(final int newMaxConnections) {
        maxConnections = newMaxConnections;
        return this;
    }

    /**
     * How many connections may be open at once.
     *
     * @return from 1.
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Who may come in.
     *
     * @param newAccess keys, limits, proxies and TLS.
     * @return this.
     */
    public GatewayContext access(final AccessSettings newAccess) {
        access = newAccess;
        return this;
    }

    /**
     * Who may come in.
     *
     * @return keys, limits, proxies and TLS.
     */
    public AccessSettings access() {
        return access;
    }

    /**
     * How long a cache may show availability without asking again.
     *
     * @param newCacheSeconds 0, the default, for never; to 3,600.
     * @return this.
     */
    public GatewayContext cacheSeconds(final int newCacheSeconds) {
        cacheSeconds = newCacheSeconds;
        return this;
    }

    /**
     * How long a cache may show availability without asking again.
     *
     * @return in seconds; 0 for never.
     */
    public int cacheSeconds() {
        return cacheSeconds;
    }

    /**
     * Which answers are logged.
     *
     * @param newAccessLogEvery 0, the default, for none; 1 for every one; N for about one in N, and each from 500 up.
     * @return this.
     */
    public GatewayContext accessLogEvery(final int newAccessLogEvery) {
        accessLogEvery = newAccessLogEvery;
        return this;
    }

    /**
     * Which answers are logged.
     *
     * @return from 0.
     */
    public int accessLogEvery() {
        return accessLogEvery;
    }

    /**
     * Whether {@code /} shows the page of the demo, which works on a chain without keys only.
     *
     * @param newDemoPage off by default.
     * @return this.
     */
    public GatewayContext demoPage(final boolean newDemoPage) {
        demoPage = newDemoPage;
        return this;
    }

    /**
     * Whether {@code /} shows the page of the demo.
     *
     * @return off by default.
     */
    public boolean demoPage() {
        return demoPage;
    }

    /**
     * Checks every setting.
     *
     * @return this.
     * @throws IllegalArgumentException that names the first wrong one.
     */
    public GatewayContext conclude() {
        require(port >= 0 && port <= MAX_PORT, "port", port, "0 to 65535");
        require(eventLoops >= 1 && eventLoops <= MAX_EVENT_LOOPS, "eventLoops", eventLoops, "1 to 64");
        require(cacheSeconds >= 0 && cacheSeconds <= MAX_CACHE_SECONDS, "cacheSeconds", cacheSeconds, "0 to 3600");
        require(maxConnections >= 1, "maxConnections", maxConnections, "at least 1");
        require(accessLogEvery >= 0, "accessLogEvery", accessLogEvery, "at least 0");
        return this;
    }

    private static void require(final boolean holds, final String name, final int value, final String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " is not " + allowed);
        }
    }
}
