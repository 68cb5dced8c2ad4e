package io.schap.gateway.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals connections with TLS 1.2 or 1.3, by BoringSSL where its native library works and by Java's own otherwise.
 * Certificate and key are read again when their files change; a pair that does not fit, as while only one of the two is
 * replaced, leaves the old one and is tried again when the files change next.
 */
final class Tls {

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final Path certificate;
    private final Path key;
    private FileStamp stamp;
    private volatile SslContext context;

    /**
     * Reads certificate and key.
     *
     * @param certificate in PEM.
     * @param key         in PEM, not encrypted.
     * @throws IOException when they cannot be read, or do not fit.
     */
    Tls(final Path certificate, final Path key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        stamp = FileStamp.of(List.of(certificate, key));
        context = read();
        LOG.info("TLS is on: certificate={}, provider={}", certificate, provider());
    }

    /** Seals a connection that begins now. */
    void seal(final Channel channel) {
        channel.pipeline().addLast("tls", context.newHandler(channel.alloc())).addLast("tls-events", new Events());
    }

    /** Reads the files again when they look different; for one thread. */
    void reload() {
        final FileStamp now = FileStamp.of(List.of(certificate, key));
        if (now.equals(stamp)) {
            return;
        }
        stamp = now;
        try {
            context = read();
            LOG.info("the certificate was read again: certificate={}", certificate);
        } catch (final IOException e) {
            LOG.error("the certificate stays as it was: certificate={}, key={}", certificate, key, e);
        }
    }

    private SslContext read() throws IOException {
        try {
            final PemPair pair = PemPair.read(certificate, key);
            return SslContextBuilder.forServer(pair.key(), pair.chain())
                    .sslProvider(provider())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (final IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the certificate or its key cannot be used: tls.certificate=" + certificate + ", tls.key=" + key
                            + ", cause=" + e,
                    e);
        }
    }

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /**
     * Tells a connection about its TLS in words that it knows without: the other side's farewell is the end of its input,
     * and a handshake that fails closes without a word, since whoever scans ports would fill the log.
     */
    private static final class Events extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(final ChannelHandlerContext channel, final Object event) {
            channel.fireUserEventTriggered(
                    event instanceof SslCloseCompletionEvent ? ChannelInputShutdownEvent.INSTANCE : event);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
        public void exceptionCaught(final ChannelHandlerContext channel, final Throwable cause) {
            if (cause instanceof SSLException
                    || cause instanceof DecoderException && cause.getCause() instanceof SSLException) {
                LOG.debug("TLS failed: peer={}", Peer.of(channel.channel()).address(), cause);
                channel.close();
            } else {
                channel.fireExceptionCaught(cause);
            }
        }
    }
}
