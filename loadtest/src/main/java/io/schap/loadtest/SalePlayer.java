package io.schap.loadtest;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Plays lines over several connections, all on one event loop, so that schedule and tally need no lock. Where the
 * server listens may change while it plays: a connection that is opened again asks anew.
 */
final class SalePlayer {

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int ANSWER_TIMEOUT_S = 10;
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final CellSchedule schedule;
    private final SaleTally tally;
    private final SaleRequests requests;
    private final int connections;
    private final IntConsumer progress;
    private final Queue<SaleConnection> idle = new ArrayDeque<>();
    private final CompletableFuture<SaleTally> result = new CompletableFuture<>();
    private volatile URI address;
    private EventLoop loop;

    /**
     * A player of lines.
     *
     * @param lines       in file order.
     * @param runName     begins every idempotency key.
     * @param connections how many requests are under way at a time.
     * @param address     of the server, as {@code http://HOST:PORT}.
     * @param progress    is told, on the event loop, how many lines are done, after each; must not block.
     */
    SalePlayer(
            final List<SaleLine> lines,
            final String runName,
            final int connections,
            final URI address,
            final IntConsumer progress) {
        this.schedule = new CellSchedule(lines);
        this.tally = new SaleTally(lines.size());
        this.requests = new SaleRequests(runName);
        this.connections = connections;
        this.address = address;
        this.progress = progress;
    }

    /** The server listens elsewhere from now on. Any thread. */
    void moveTo(final URI newAddress) {
        address = newAddress;
    }

    /**
     * Plays all lines.
     *
     * @return what the server said of them.
     * @throws Exception when it said what it must not, or nothing came to an end within the time.
     */
    SaleTally play(final int timeoutSeconds) throws Exception {
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            loop = group.next();
            loop.execute(() -> {
                endWhenFinished();
                for (int i = 0; i < connections; i++) {
                    new SaleConnection(this, requests, tally).open();
                }
            });
            return result.get(timeoutSeconds, TimeUnit.SECONDS);
        } finally {
            result.cancel(false);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
    }

    /** Host and port of the server as a Host header names them. */
    String authority() {
        return address.getAuthority();
    }

    /** Whether nothing is left to do. */
    boolean isOver() {
        return result.isDone();
    }

    /** The next line that may start, or null. */
    SaleLine nextLine() {
        return schedule.next();
    }

    /** The connection has nothing to do until another line is done. */
    void idle(final SaleConnection connection) {
        idle.add(connection);
    }

    /** A line is done; the next one of its cell may start on a connection that has nothing to do. */
    void finish(final SaleLine line) {
        schedule.finish(line);
        progress.accept(schedule.done());
        endWhenFinished();
        final SaleConnection waiting = idle.poll();
        if (waiting != null) {
            loop.execute(waiting::proceed);
        }
    }

    /** The run cannot go on. */
    void fail(final Throwable cause) {
        result.completeExceptionally(cause);
    }

    /** Does something on the event loop, later; what is left when the player is over is dropped with the loop. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void schedule(final Runnable task, final int delayMs) {
        loop.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    /** Opens a connection to where the server listens now. */
    ChannelFuture connect(final ChannelHandler reader) {
        final URI target = address;
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        channel.pipeline()
                                .addLast(new IdleStateHandler(ANSWER_TIMEOUT_S, 0, 0))
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MAX_ANSWER_BYTES))
                                .addLast(reader);
                    }
                })
                .connect(target.getHost(), target.getPort());
    }

    private void endWhenFinished() {
        if (schedule.isFinished()) {
            result.complete(tally);
        }
    }
}
