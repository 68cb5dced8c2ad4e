package io.schap.gateway.access;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who is at the other end of a connection. Used on its event loop only. */
public final class Peer {

    private static final AttributeKey<Peer> KEY = AttributeKey.valueOf(Peer.class, "peer");

    private final TrustedProxies proxies;
    private InetAddress address;
    private long number;
    private boolean trusted;

    private Peer(final InetAddress address, final TrustedProxies proxies) {
        this.proxies = proxies;
        is(address);
    }

    static Peer attach(final Channel channel, final TrustedProxies proxies) {
        final InetAddress address = channel.remoteAddress() instanceof final InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
        final Peer peer = new Peer(address, proxies);
        channel.attr(KEY).set(peer);
        return peer;
    }

    /**
     * The peer of a connection.
     *
     * @param channel that was prepared by {@link Access#prepare}.
     * @return its peer.
     */
    public static Peer of(final Channel channel) {
        return channel.attr(KEY).get();
    }

    /** A proxy said who it speaks for. */
    void is(final InetAddress said) {
        address = said;
        number = Addresses.number(said);
        trusted = proxies.contains(said);
    }

    /**
     * The address that the connection is from, or that a trusted proxy told in a PROXY header.
     *
     * @return never null.
     */
    public InetAddress address() {
        return address;
    }

    /**
     * What stands for that address in the limits.
     *
     * @return to be given to {@link Gate#admit}.
     */
    public long number() {
        return number;
    }

    /**
     * Whether that address is a trusted proxy: then a request's {@code X-Forwarded-For} tells who asks.
     *
     * @return true if so.
     */
    public boolean isTrustedProxy() {
        return trusted;
    }

    TrustedProxies proxies() {
        return proxies;
    }
}
