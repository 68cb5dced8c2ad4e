package io.schap.gateway.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Locale;

/** The ways to drive sockets, in the order in which they are tried. */
enum Transport {
    /** Linux, rings shared with the kernel. */
    IO_URING,
    /** Linux, edge-triggered. */
    EPOLL,
    /** What every JVM has. */
    NIO;

    /**
     * The transport of a name.
     *
     * @param name {@code auto} for the first that works.
     * @return a transport that works here.
     * @throws IllegalArgumentException when the name is none, or that transport does not work here.
     */
    static Transport of(final String name) {
        if (name.equals("auto")) {
            for (final Transport transport : values()) {
                if (transport.works()) {
                    return transport;
                }
            }
        }
        for (final Transport transport : values()) {
            if (transport.label().equals(name)) {
                if (!transport.works()) {
                    throw new IllegalArgumentException("transport=" + name + " does not work on this machine");
                }
                return transport;
            }
        }
        throw new IllegalArgumentException("transport=" + name + " is not auto, io_uring, epoll or nio");
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean works() {
        return switch (this) {
            case IO_URING -> IoUring.isAvailable();
            case EPOLL -> Epoll.isAvailable();
            case NIO -> true;
        };
    }

    IoHandlerFactory ioHandlers() {
        return switch (this) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return switch (this) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }
}
