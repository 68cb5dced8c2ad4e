package io.schap.gateway.access;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Who may come in to one gateway: the keys in force, the limits, the proxies, and TLS. */
public final class Access implements AutoCloseable {

    private static final int LOOK_MS = 200;

    private final LiveKeys keys;
    private final AddressLimits perAddress;
    private final TrustedProxies proxies;
    private final Tls tls;
    private final AuditLog audit = new AuditLog();
    private ScheduledExecutorService watcher;

    private Access(final AccessSettings settings) throws IOException {
        settings.check();
        keys = new LiveKeys(
                settings.keys(), settings.maxQuantityShown(), settings.perKey().rate());
        proxies = TrustedProxies.of(settings.trustedProxies());
        final TokenBucket.Rate rate = settings.perAddress().rate();
        perAddress = rate == null ? null : new AddressLimits(rate, new SecureRandom().nextLong(), System.nanoTime());
        tls = settings.certificate() == null ? null : new Tls(settings.certificate(), settings.privateKey());
    }

    /**
     * Reads keys and certificates, and watches their files from then on.
     *
     * @param settings to go by.
     * @return the access.
     * @throws IOException              when a file that is there cannot be read or meant.
     * @throws IllegalArgumentException that names a wrong setting.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor
    public static Access launch(final AccessSettings settings) throws IOException {
        final Access access = new Access(settings);
        if (settings.keys() != null || access.tls != null) {
            access.watcher = Executors.newSingleThreadScheduledExecutor(task -> {
                final Thread thread = new Thread(task, "access-files");
                thread.setDaemon(true);
                return thread;
            });
            access.watcher.scheduleWithFixedDelay(access::reload, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
        }
        return access;
    }

    private void reload() {
        keys.reload();
        if (tls != null) {
            tls.reload();
        }
    }

    /**
     * Whether nobody ever made a key.
     *
     * @return true if so: then the server may be reached from its own machine only.
     */
    public boolean isOpen() {
        return keys.table().isOpen();
    }

    /**
     * Whether a live key exists.
     *
     * @return false while the server is open, and when all keys are revoked.
     */
    public boolean hasKeys() {
        return !keys.table().isEmpty();
    }

    /**
     * Whether connections are sealed.
     *
     * @return true with a certificate.
     */
    public boolean isSealed() {
        return tls != null;
    }

    /**
     * An event loop's way to keys and limits.
     *
     * @return for that loop only.
     */
    public Gate newGate() {
        return new Gate(keys, perAddress, audit);
    }

    /**
     * Prepares a connection: its peer is known, and TLS and a PROXY header are taken off before anything that is added
     * later sees its bytes.
     *
     * @param channel that was just accepted, with nothing in its pipeline that reads bytes.
     */
    public void prepare(final Channel channel) {
        final Peer peer = Peer.attach(channel, proxies);
        if (peer.isTrustedProxy()) {
            channel.pipeline().addLast("proxy-header", new ProxyHeader(peer));
        }
        if (tls != null) {
            tls.seal(channel);
        }
    }

    /**
     * Ends a connection: closes it when the other side has ended too, else says that nothing more is sent, under TLS first
     * with its farewell, and reading goes on.
     *
     * @param channel   whose last bytes were written.
     * @param inputShut whether the other side has ended.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the other side's close follows, or a deadline
    public static void end(final DuplexChannel channel, final boolean inputShut) {
        final SslHandler sealed = channel.pipeline().get(SslHandler.class);
        if (inputShut) {
            channel.close();
        } else if (sealed == null) {
            channel.shutdownOutput();
        } else {
            sealed.closeOutbound().addListener(said -> channel.shutdownOutput());
        }
    }

    /** Stops watching the files. */
    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
