package io.schap.gateway.cli;

import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.gateway.Gateway;
import io.schap.gateway.GatewayContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * An engine with its gateway before it. The gateway listens first: a taken port is found before the data is touched, and
 * whoever asks during a long recovery is told that it goes on.
 */
final class RunningServer {

    private static final long DRAIN_MS = 10_000;

    private final Gateway gateway;
    private final Engine engine;
    private final URI address;

    private RunningServer(final Gateway gateway, final Engine engine, final URI address) {
        this.gateway = gateway;
        this.engine = engine;
        this.address = address;
    }

    /**
     * Starts a server.
     *
     * @param options what with.
     * @param report  is told, line by line, what the engine recovers.
     * @return the server, taking requests.
     * @throws CommandFault when a setting does not fit, or the port is taken.
     * @throws IOException  when the data directory cannot be served; the message says why.
     */
    static RunningServer start(final ServerOptions options, final Consumer<String> report) throws IOException {
        return start(options, new GatewayContext(), report);
    }

    /**
     * Starts the server of a demo, which shows its page.
     *
     * @param options what with.
     * @return the server, taking requests.
     * @throws CommandFault when the port is taken.
     * @throws IOException  when the data directory cannot be served; the message says why.
     */
    static RunningServer startDemo(final ServerOptions options) throws IOException {
        return start(options, new GatewayContext().demoPage(true), line -> {});
    }

    private static RunningServer start(
            final ServerOptions options, final GatewayContext gatewayContext, final Consumer<String> report)
            throws IOException {
        final Gateway gateway = listen(options, gatewayContext);
        Engine engine = null;
        boolean started = false;
        try {
            final EngineContext context = new EngineContext()
                    .dataDirectory(options.data())
                    .durability(options.durability())
                    .report(report);
            options.config().applyTo(context);
            engine = Engine.launch(context);
            gateway.attach(engine);
            started = true;
            return new RunningServer(gateway, engine, addressOf(gateway, options.host()));
        } catch (final IllegalArgumentException e) {
            throw new CommandFault(CommandFault.WRONG_USAGE, e.getMessage(), e);
        } finally {
            if (!started) {
                gateway.close();
                if (engine != null) {
                    engine.close();
                }
            }
        }
    }

    private static URI addressOf(final Gateway gateway, final String host) {
        final boolean bare = host.indexOf(':') >= 0 && host.charAt(0) != '[';
        return URI.create((gateway.isSealed() ? "https://" : "http://") + (bare ? "[" + host + "]" : host) + ":"
                + gateway.port());
    }

    private static Gateway listen(final ServerOptions options, final GatewayContext context) throws IOException {
        context.host(options.host()).port(options.port());
        options.config().applyTo(context, options.data());
        try {
            return Gateway.launch(context);
        } catch (final IllegalArgumentException e) {
            throw new CommandFault(CommandFault.WRONG_USAGE, e.getMessage(), e);
        } catch (final IOException e) {
            if (isAddressInUse(e)) {
                throw new CommandFault(
                        CommandFault.FAILED,
                        "port " + options.port() + " is in use; take another with --port, or 0 for any free one",
                        e);
            }
            throw e;
        }
    }

    /** Each transport has an exception of its own for this, native ones too; all carry the system's own words. */
    private static boolean isAddressInUse(final Throwable fault) {
        return fault != null
                && (String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains("already in use")
                        || isAddressInUse(fault.getCause()));
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    /** Says 503 to {@code readyz}, answers what is in flight, and closes. */
    void stop() {
        gateway.drain(DRAIN_MS);
        gateway.close();
        try {
            engine.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("the data directory was not given back", e);
        }
    }
}
