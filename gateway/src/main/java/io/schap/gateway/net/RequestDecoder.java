package io.schap.gateway.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder with our bounds. A request with both a length and chunks is refused rather than repaired, since the two
 * are how one request is smuggled inside another.
 */
final class RequestDecoder extends HttpRequestDecoder {

    private long bytesSinceNs;

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(NetLimits.MAX_LINE_BYTES)
                .setMaxHeaderSize(NetLimits.MAX_HEADER_BYTES)
                .setMaxChunkSize(NetLimits.MAX_PIECE_BYTES));
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) throws Exception {
        if (bytesSinceNs == 0) {
            bytesSinceNs = System.nanoTime() | 1;
        }
        super.channelRead(ctx, message);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(final HttpMessage message) {
        message.setDecoderResult(DecoderResult.failure(
                new IllegalArgumentException("a request has Transfer-Encoding or Content-Length, not both")));
    }

    /**
     * When the first byte came that is not yet part of a decoded head.
     *
     * @return a {@link System#nanoTime}, 0 when no byte did.
     */
    long bytesSinceNs() {
        return bytesSinceNs;
    }

    /** A head was decoded: what comes next is the body, or a new request. */
    void headTaken() {
        bytesSinceNs = 0;
    }

    /** The request before is over: only what has come behind its body belongs to the head that is awaited now. */
    void headAwaited() {
        bytesSinceNs = actualReadableBytes() > 0 ? System.nanoTime() | 1 : 0;
    }
}
