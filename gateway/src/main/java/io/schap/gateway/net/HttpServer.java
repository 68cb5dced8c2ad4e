package io.schap.gateway.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.schap.gateway.access.Access;
import io.schap.gateway.http.Routes;
import io.schap.gateway.watch.GatewayWatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listening socket and the event loops behind it. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled or closed here is waited for by nobody
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int SWEEP_MS = 500;
    private static final long QUIET_MS = 20;

    private final EventLoopGroup group;
    private final List<EventLoopDesk> desks;
    private final Channel listener;

    private HttpServer(final EventLoopGroup group, final List<EventLoopDesk> desks, final Channel listener) {
        this.group = group;
        this.desks = desks;
        this.listener = listener;
    }

    /**
     * Listens.
     *
     * @param address        where.
     * @param transport      {@code auto} or the name of one.
     * @param eventLoops     how many.
     * @param maxConnections how many may be open at once.
     * @param access         who may come in.
     * @param watch          watches each loop.
     * @param routes         makes each loop's routes, until {@link #serve} gives others.
     * @return the server, taking connections.
     * @throws IOException when the address cannot be listened to.
     */
    public static HttpServer launch(
            final InetSocketAddress address,
            final String transport,
            final int eventLoops,
            final int maxConnections,
            final Access access,
            final GatewayWatch watch,
            final Supplier<Routes> routes)
            throws IOException {
        final Transport way = Transport.of(transport);
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
                eventLoops, new DefaultThreadFactory("gateway", true), way.ioHandlers());
        final List<EventLoopDesk> desks = new ArrayList<>();
        final Map<EventLoop, EventLoopDesk> byLoop = new IdentityHashMap<>();
        for (final EventExecutor executor : group) {
            final EventLoopDesk desk =
                    new EventLoopDesk((EventLoop) executor, access.newGate(), watch.newLoop(), routes.get());
            desks.add(desk);
            byLoop.put(desk.loop(), desk);
            executor.scheduleWithFixedDelay(desk::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
        }
        final var bound = new ServerBootstrap()
                .group(group)
                .channel(way.serverChannel())
                .option(ChannelOption.SO_BACKLOG, NetLimits.BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(NetLimits.LOW_WATER_BYTES, NetLimits.HIGH_WATER_BYTES))
                .childHandler(new Connections(byLoop, maxConnections, access))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw new IOException(
                    "cannot listen: address=" + address + ", cause="
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        LOG.info("listening: address={}, transport={}, eventLoops={}", address, way.label(), eventLoops);
        return new HttpServer(group, desks, bound.channel());
    }

    /**
     * The port that is listened to.
     *
     * @return 1 to 65,535.
     */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /**
     * Gives each event loop new routes, made on that loop, and returns when all serve them.
     *
     * @param routes makes the routes of a loop.
     */
    public void serve(final Function<ScheduledExecutorService, Routes> routes) {
        onEachLoop(desk -> desk.serve(routes.apply(desk.loop())));
    }

    /**
     * Finishes what is in flight: each answer is now the last of its connection, and idle connections are closed.
     *
     * @param deadlineMs how long to wait, in milliseconds.
     * @return whether no connection is left.
     */
    public boolean drain(final long deadlineMs) {
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMs);
        onEachLoop(EventLoopDesk::drain);
        onEachLoop(EventLoopDesk::closeIdle); // every loop drains by now: who sees one go knows that
        while (connectionCount() > 0 && System.nanoTime() < endNs) {
            pause();
        }
        return connectionCount() == 0;
    }

    /** Stops listening and closes every connection. Closing again does nothing. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        if (!group.isShuttingDown()) {
            onEachLoop(EventLoopDesk::closeAll);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private int connectionCount() {
        final AtomicInteger count = new AtomicInteger();
        onEachLoop(desk -> count.addAndGet(desk.connectionCount()));
        return count.get();
    }

    private void onEachLoop(final java.util.function.Consumer<EventLoopDesk> work) {
        for (final EventLoopDesk desk : desks) {
            desk.loop().submit(() -> work.accept(desk)).syncUninterruptibly();
        }
    }

    private void pause() {
        desks.get(0).loop().schedule(() -> {}, QUIET_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** Sets up each accepted connection, and counts them. */
    private static final class Connections extends ChannelInitializer<SocketChannel> {

        private final Map<EventLoop, EventLoopDesk> desks;
        private final int maxConnections;
        private final Access access;
        private final AtomicInteger open = new AtomicInteger();

        Connections(final Map<EventLoop, EventLoopDesk> desks, final int maxConnections, final Access access) {
            this.desks = desks;
            this.maxConnections = maxConnections;
            this.access = access;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(final SocketChannel channel) {
            channel.closeFuture().addListener(closed -> open.decrementAndGet());
            if (open.incrementAndGet() > maxConnections) {
                channel.close();
                return;
            }
            access.prepare(channel);
            final RequestDecoder decoder = new RequestDecoder();
            channel.pipeline().addLast(decoder, new HttpConnection(desks.get(channel.eventLoop()), decoder));
        }
    }
}
