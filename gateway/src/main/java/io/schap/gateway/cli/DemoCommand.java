package io.schap.gateway.cli;

import io.schap.engine.journal.Durability;
import io.schap.gateway.cli.demo.DemoApi;
import io.schap.gateway.cli.demo.DemoChain;
import io.schap.gateway.cli.demo.DemoGuide;
import io.schap.gateway.cli.demo.DemoLife;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a made-up chain and says what to try on it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Serves a made-up chain: 42 shops in the Netherlands and Belgium, two warehouses, some 3,000 articles and "
                    + "their stock, with a little life in it. Prints six commands to paste into another terminal.",
            "Everything is in a temporary directory, which is gone when you stop it with Ctrl-C."
        },
        footer = {"", "Example:", "  bin/schap demo --port 8090"})
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "The port on 127.0.0.1; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServerOptions.checkPort(spec, port);
        final PrintWriter out = spec.commandLine().getOut();
        final Shutdown shutdown = Shutdown.install();
        final TemporaryDirectory directory = TemporaryDirectory.make("schap-demo-");
        shutdown.atEnd(directory::close);
        final Path path = directory.path();
        // Durability process: the directory does not outlive the process, and so need not outlive the machine.
        final ServerOptions options = new ServerOptions(
                path.resolve("data"), "127.0.0.1", port, Durability.PROCESS, Configuration.defaults());
        final RunningServer server = RunningServer.startDemo(options);
        shutdown.atEnd(server::stop);
        final DemoChain chain = new DemoChain();
        final DemoGuide guide = new DemoGuide(chain, server.address(), path.resolve("voorraad.csv"));
        final int cells = writeSheets(chain, path);
        Files.write(path.resolve("voorraad.csv"), guide.ownSheetLines());
        final DemoApi api = new DemoApi(server.address());
        for (final String kind : List.of("stores", "products", "stock")) {
            api.load(kind, path.resolve(kind + ".csv"));
        }
        final DemoLife life = DemoLife.start(chain, api);
        shutdown.atEnd(life::close);
        print(out, server.address(), chain, cells, guide);
        shutdown.serveUntilStopped();
        return 0;
    }

    private static int writeSheets(final DemoChain chain, final Path path) throws IOException {
        try (BufferedWriter stores = Files.newBufferedWriter(path.resolve("stores.csv"), StandardCharsets.UTF_8);
                BufferedWriter products =
                        Files.newBufferedWriter(path.resolve("products.csv"), StandardCharsets.UTF_8);
                BufferedWriter stock = Files.newBufferedWriter(path.resolve("stock.csv"), StandardCharsets.UTF_8)) {
            chain.writeStores(stores);
            chain.writeProducts(products);
            return chain.writeStock(stock);
        }
    }

    private static void print(
            final PrintWriter out, final URI server, final DemoChain chain, final int cells, final DemoGuide guide) {
        out.println(String.format(
                Locale.ROOT,
                "Lindehof, a chain that does not exist: %d shops and warehouses, %,d articles, stock in %,d places.",
                chain.shopCount(),
                chain.articleCount(),
                cells));
        out.println("Look at " + server + "/ in two browser windows, or paste these into another terminal, in order:");
        int number = 0;
        for (final DemoGuide.Step step : guide.steps()) {
            number++;
            out.println();
            out.println(number + ". " + step.says());
            out.println();
            out.println(step.command());
        }
        out.println();
        out.println("Ctrl-C stops it; nothing stays behind.");
        out.flush();
    }
}
