package io.schap.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.schap.gateway.access.Access;
import io.schap.gateway.access.Peer;
import io.schap.gateway.access.Visit;
import io.schap.gateway.http.BodyFlow;
import io.schap.gateway.http.BodyReceiver;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.RequestHandler;
import io.schap.gateway.http.Routes;
import io.schap.gateway.http.StreamingHandler;
import io.schap.gateway.watch.RequestWatch;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection: one request at a time, in the order of arrival. What follows a request that has no answer yet waits in a
 * bounded queue, and past its bound in the kernel, and past that at the sender. {@link Stage} draws its way.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection, which is how it is learned
final class HttpConnection extends ChannelInboundHandlerAdapter implements Exchange.Outcome, BodyFlow {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final EventLoopDesk desk;
    private final RequestDecoder decoder;
    private final PartQueue queue = new PartQueue();
    private final BodyCollector body = new BodyCollector();
    private ChannelHandlerContext ctx;
    private RequestWatch watch;
    private Stage stage = Stage.HEAD;
    private long stageSinceNs = System.nanoTime();
    private long progressNs = stageSinceNs;
    private long unwritableSinceNs;
    private long discardedBytes;
    private boolean reading;
    private boolean advancing;
    private boolean paused;
    private boolean headOnly;
    private boolean keepAlive;
    private boolean inputShut;
    private boolean gone;
    private Visit visit;
    private Request request;
    private Routes.Match match;
    private Exchange exchange;
    private BodyReceiver receiver;

    HttpConnection(final EventLoopDesk desk, final RequestDecoder decoder) {
        this.desk = desk;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        ctx = context;
        watch = desk.watch().connection(ctx.channel().remoteAddress());
        desk.opened(this);
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        reading = true;
        progressNs = System.nanoTime();
        queue.add(message);
        advance();
        if (queue.isFull()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        reading = false;
        flush();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        unwritableSinceNs = ctx.channel().isWritable() ? 0 : System.nanoTime() | 1;
        advance();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        gone = true;
        if (exchange != null) {
            exchange.abandon();
        }
        desk.closed(this);
        queue.drop();
        endReceiver();
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputShut = true;
            if (((DuplexChannel) ctx.channel()).isOutputShutdown()) {
                cut();
            } else if (!stage.isWaiting() && queue.isEmpty()) {
                close();
            }
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        LOG.atLevel(cause instanceof IOException ? Level.DEBUG : Level.ERROR).log("a connection failed", cause);
        cut();
    }

    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (!queue.isEmpty() && !mustWait()) {
                take(queue.poll());
            }
        } finally {
            advancing = false;
        }
        if (!paused && queue.isEmpty() && !gone && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private boolean mustWait() {
        return switch (stage) {
            case ANSWER, STREAM_ANSWER -> true;
            case STREAM -> paused;
            case HEAD -> !ctx.channel().isWritable();
            default -> false;
        };
    }

    private void take(final Object part) {
        try {
            if (gone || stage == Stage.CLOSING) {
                return;
            }
            if (part instanceof final HttpRequest head) {
                takeHead(head);
            }
            if (part instanceof final HttpContent content && stage != Stage.CLOSING) {
                takeContent(content);
            }
        } finally {
            ReferenceCountUtil.release(part);
        }
    }

    private void takeHead(final HttpRequest head) {
        decoder.headTaken();
        headOnly = head.method().name().equals("HEAD");
        keepAlive = false;
        discardedBytes = 0;
        watch.begin(head);
        exchange = new Exchange(null, List.of(), desk.loop(), this);
        visit = desk.gate().visit(Peer.of(ctx.channel()), head);
        enter(Stage.BODY);
        exchange.attempt(() -> begin(head));
    }

    private void begin(final HttpRequest head) {
        final Request asked = HeadCheck.request(head, visit.isOpen());
        final boolean expects = HttpUtil.is100ContinueExpected(head);
        final boolean lasts = HttpUtil.isKeepAlive(head) && !inputShut;
        keepAlive = lasts && !expects;
        match = watch.matched(visit.enter(asked, desk.routes()));
        request = visit.request();
        if (match.handler() instanceof final StreamingHandler handler) {
            beginStream(handler);
        } else if (HttpUtil.getContentLength(head, 0L) > NetLimits.MAX_BODY_BYTES) {
            keepAlive = false;
            throw HeadCheck.tooLarge();
        }
        if (expects && !exchange.isOver()) {
            keepAlive = lasts;
            write(ReplyEncoder.goOn(ctx.alloc()));
        }
    }

    private void beginStream(final StreamingHandler handler) {
        exchange = new Exchange(request, match.pathValues(), desk.loop(), this);
        enter(Stage.STREAM);
        exchange.attempt(() -> {
            final BodyReceiver taker = handler.begin(exchange, this);
            receiver = exchange.isOver() ? null : taker;
        });
    }

    private void takeContent(final HttpContent content) {
        if (content.decoderResult().isFailure()) {
            keepAlive = false;
            exchange.attempt(() -> {
                throw Problem.invalid("", "the body's chunks are malformed");
            });
            close();
            return;
        }
        switch (stage) {
            case BODY -> collect(content.content());
            case STREAM -> stream(content.content());
            case DISCARD -> discard(content.content());
            default -> throw new IllegalStateException("a piece of a body came out of turn: stage=" + stage);
        }
        if (content instanceof LastHttpContent) {
            endOfBody();
        }
    }

    private void collect(final ByteBuf piece) {
        if (!body.add(piece)) {
            keepAlive = false;
            body.clear();
            exchange.reply(HeadCheck.tooLarge().problem().reply());
        }
    }

    private void stream(final ByteBuf piece) {
        if (piece.isReadable()) {
            final byte[] bytes = new byte[piece.readableBytes()];
            piece.readBytes(bytes);
            exchange.attempt(() -> receiver.piece(bytes));
        }
    }

    private void discard(final ByteBuf piece) {
        discardedBytes += piece.readableBytes();
        if (discardedBytes > NetLimits.MAX_DISCARDED_BYTES) {
            close();
        }
    }

    private void endOfBody() {
        switch (stage) {
            case BODY -> {
                enter(Stage.ANSWER);
                handOver();
            }
            case STREAM -> {
                enter(Stage.STREAM_ANSWER);
                final BodyReceiver last = receiver;
                receiver = null;
                exchange.attempt(last::end);
            }
            case DISCARD -> nextRequest();
            default -> LOG.debug("a connection was closed as its request ended");
        }
    }

    private void handOver() {
        exchange = new Exchange(request.withBody(body.take()), match.pathValues(), desk.loop(), this);
        if (match.handler() instanceof final RequestHandler handler) {
            exchange.attempt(() -> handler.handle(exchange));
        } else {
            exchange.reply(Reply.empty(204).header("Allow", match.allow()));
        }
    }

    @Override
    public void send(final Reply reply) {
        if (gone || stage == Stage.CLOSING) {
            return;
        }
        final boolean last = !keepAlive || desk.isDraining();
        keepAlive = !last;
        write(desk.encoder().encode(ctx.alloc(), watch.leave(visit.leave(reply)), headOnly, last));
        endReceiver();
        paused = false;
        if (stage.isWaiting()) {
            nextRequest();
        } else if (last) {
            close();
        } else {
            enter(Stage.DISCARD);
        }
        if (!advancing) {
            advance();
        }
    }

    @Override
    public String requestId() {
        return watch.id();
    }

    private void write(final ByteBuf bytes) {
        ctx.write(bytes);
        if (!reading) {
            desk.flushLater(this);
        }
    }

    private void nextRequest() {
        request = null;
        match = null;
        exchange = null;
        if (keepAlive && !(inputShut && queue.isEmpty())) {
            decoder.headAwaited();
            enter(Stage.HEAD);
        } else {
            close();
        }
    }

    @Override
    public void cut() {
        if (!gone) {
            enter(Stage.CLOSING);
            ctx.close();
        }
    }

    /** Closes once the last answer was sent, and read or not within a moment. */
    private void close() {
        if (gone || stage == Stage.CLOSING) {
            return;
        }
        enter(Stage.CLOSING);
        queue.drop();
        ctx.channel().config().setAutoRead(true);
        final DuplexChannel channel = (DuplexChannel) ctx.channel();
        ctx.writeAndFlush(ctx.alloc().buffer(0)).addListener(sent -> Access.end(channel, inputShut));
    }

    void flush() {
        ctx.flush();
    }

    void closeIfIdle() {
        if (stage == Stage.HEAD && queue.isEmpty() && decoder.bytesSinceNs() == 0) {
            close();
        }
    }

    /** Closes a connection that has waited too long for the other side, or kept it waiting too long. */
    void checkDeadline(final long nowNs) {
        final boolean late = !paused && stage.isLate(nowNs - stageSinceNs, nowNs - progressNs);
        final long headSinceNs = stage == Stage.HEAD ? decoder.bytesSinceNs() : 0;
        final boolean headLate = headSinceNs != 0 && nowNs - headSinceNs > NetLimits.HEAD_NS;
        final boolean unread = unwritableSinceNs != 0 && nowNs - unwritableSinceNs > NetLimits.UNREAD_NS;
        if (late || headLate || unread) {
            cut();
        }
    }

    @Override
    public void pause() {
        desk.loop().execute(() -> {
            if (stage == Stage.STREAM) {
                paused = true;
                ctx.channel().config().setAutoRead(false);
            }
        });
    }

    @Override
    public void resume() {
        desk.loop().execute(() -> {
            if (paused) {
                paused = false;
                progressNs = System.nanoTime();
                advance();
            }
        });
    }

    private void enter(final Stage next) {
        stage = next;
        stageSinceNs = System.nanoTime();
    }

    private void endReceiver() {
        final BodyReceiver left = receiver;
        receiver = null;
        if (left != null) {
            left.cut();
        }
    }
}
