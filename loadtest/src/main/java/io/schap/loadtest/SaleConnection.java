package io.schap.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufInputStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Plays one line after another, one request under way at a time. A connection that is cut is opened again, and the
 * request that it owed an answer for is sent again with its key. Lives on the player's event loop. What a write or a
 * close comes to is heard as the channel's end, so their futures are not kept.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class SaleConnection {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int RETRY_MS = 50;
    private static final int PUT_OFF_MS = 100;

    private final SalePlayer player;
    private final SaleRequests requests;
    private final SaleTally tally;
    private Channel channel;
    private String authority;
    private SaleLine line;
    private SaleStep step;
    private String reservation;
    private boolean awaiting;

    SaleConnection(final SalePlayer player, final SaleRequests requests, final SaleTally tally) {
        this.player = player;
        this.requests = requests;
        this.tally = tally;
    }

    /** Opens the connection, and plays on when it stands. */
    void open() {
        if (player.isOver()) {
            return;
        }
        authority = player.authority();
        player.connect(new Reader()).addListener(future -> {
            if (!future.isSuccess()) {
                tally.countCut();
                openLater();
            }
        });
    }

    /** Takes a line when none is under way; called again by the player when one may have become ready. */
    void proceed() {
        if (line != null || channel == null || player.isOver()) {
            return;
        }
        line = player.nextLine();
        if (line == null) {
            player.idle(this);
            return;
        }
        step = line.isReturn() ? SaleStep.RETURN : SaleStep.RESERVE;
        send();
    }

    private void send() {
        if (channel != null && !awaiting) {
            awaiting = true;
            channel.writeAndFlush(requests.write(line, step, reservation, authority), channel.voidPromise());
        }
    }

    private void openLater() {
        player.schedule(this::open, RETRY_MS);
    }

    private void hear(final FullHttpResponse response) throws IOException {
        if (!awaiting) {
            throw new UnexpectedAnswerException("an answer that nothing was asked for: status=" + response.status());
        }
        awaiting = false;
        if (response.headers().contains("idempotent-replayed")) {
            tally.countReplayed();
        }
        final int status = response.status().code();
        if (status == 429 || status == 503 || status == 507) {
            tally.countPutOff();
            player.schedule(this::send, PUT_OFF_MS);
        } else if (step == SaleStep.RESERVE && status == 201) {
            reservation = parse(response).path("id").asText();
            step = SaleStep.FULFIL;
            send();
        } else if (step == SaleStep.RESERVE && status == 409) {
            final JsonNode body = parse(response);
            expect(body.path("type").asText().endsWith(":insufficient-stock"), response);
            tally.refuse(line, body.path("shortfalls").path(0).path("available").asInt(-2));
            finishLine();
        } else if (step == SaleStep.FULFIL && status == 200) {
            expect("FULFILLED".equals(parse(response).path("state").asText()), response);
            tally.grant(line);
            finishLine();
        } else if (step == SaleStep.RETURN && status == 200) {
            expect(parse(response).path("accepted").asInt() == 1, response);
            tally.takeBack(line);
            finishLine();
        } else {
            expect(false, response);
        }
    }

    private void finishLine() {
        final SaleLine finished = line;
        line = null;
        player.finish(finished);
        proceed();
    }

    private void expect(final boolean holds, final FullHttpResponse response) throws IOException {
        if (!holds) {
            throw new UnexpectedAnswerException("unexpected answer: line=" + line + ", step=" + step + ", status="
                    + response.status().code() + ", body="
                    + response.content().toString(StandardCharsets.UTF_8));
        }
    }

    private static JsonNode parse(final FullHttpResponse response) throws IOException {
        try (InputStream body = new ByteBufInputStream(response.content())) {
            return JSON.readTree(body);
        }
    }

    /** The end of the pipeline of one opened connection. */
    private final class Reader extends SimpleChannelInboundHandler<FullHttpResponse> {

        @Override
        public void channelActive(final ChannelHandlerContext context) {
            channel = context.channel();
            if (line != null) {
                send();
            } else {
                proceed();
            }
        }

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final FullHttpResponse response)
                throws IOException {
            hear(response);
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            channel = null;
            awaiting = false;
            if (!player.isOver()) {
                tally.countCut();
                openLater();
            }
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (cause instanceof IOException && !(cause instanceof UnexpectedAnswerException)) {
                context.close();
            } else {
                player.fail(cause);
            }
        }

        @Override
        public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
            if (event instanceof IdleStateEvent && awaiting) {
                context.close();
            }
        }
    }
}
