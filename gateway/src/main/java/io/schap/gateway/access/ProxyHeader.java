package io.schap.gateway.access;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a connection of a trusted proxy begins with a PROXY header, of version 1 or 2, and takes it off. It stands
 * before TLS. The first twelve bytes tell, and everything else that may come here is longer.
 */
final class ProxyHeader extends ByteToMessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);

    private final Peer peer;

    ProxyHeader(final Peer peer) {
        this.peer = peer;
    }

    @Override
    protected void decode(final ChannelHandlerContext context, final ByteBuf in, final List<Object> out) {
        final ProtocolDetectionState state =
                HAProxyMessageDecoder.detectProtocol(in).state();
        if (state == ProtocolDetectionState.NEEDS_MORE_DATA) {
            return;
        }
        if (state == ProtocolDetectionState.DETECTED) {
            context.pipeline()
                    .addAfter(context.name(), "proxy-address", new Address(peer))
                    .addAfter(context.name(), "proxy-decoder", new HAProxyMessageDecoder());
        }
        context.pipeline().remove(this);
    }

    /** Takes the address out of the header. */
    private static final class Address extends ChannelInboundHandlerAdapter {

        private final Peer peer;

        Address(final Peer peer) {
            this.peer = peer;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            if (!(message instanceof final HAProxyMessage header)) {
                context.fireChannelRead(message);
                return;
            }
            try {
                // LOCAL is the proxy's own health check, which speaks for nobody.
                final InetAddress source = header.command() == HAProxyCommand.PROXY && header.sourceAddress() != null
                        ? Addresses.parse(header.sourceAddress())
                        : null;
                if (source != null) {
                    peer.is(source);
                }
            } finally {
                header.release();
            }
            context.pipeline().remove(this);
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            LOG.debug("a PROXY header cannot be read: peer={}", peer.address(), cause);
            context.close();
        }
    }
}
