package io.schap.loadtest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One run: a server is started and loaded, the lines are played, with the server killed and started again on the way if
 * asked, and at the end every outcome and every cell is compared with {@link NaiveStock}.
 */
final class RetailRun {

    private final RetailFiles files;
    private final Path dataDirectory;
    private final Plan plan;
    private final Consumer<String> log;
    private final List<ServerProcess> servers = new ArrayList<>();
    private Duration cpuOfDead = Duration.ZERO;

    /**
     * How to run.
     *
     * @param maxLines       lines to play at most.
     * @param connections    requests under way at a time.
     * @param durability     of the server.
     * @param kills          how often the server is killed, evenly spread over the lines.
     * @param timeoutSeconds the play must be over by then.
     */
    record Plan(int maxLines, int connections, String durability, int kills, int timeoutSeconds) {}

    RetailRun(final RetailFiles files, final Path dataDirectory, final Plan plan, final Consumer<String> log) {
        this.files = files;
        this.dataDirectory = dataDirectory;
        this.plan = plan;
        this.log = log;
    }

    /** Runs it all; whatever happens, no server is left. */
    RetailReport run() throws Exception {
        final List<SaleLine> lines = files.readSales(plan.maxLines());
        final NaiveStock model = new NaiveStock(files.readStock());
        final int[] expected = model.playAll(lines);
        try {
            final ServerProcess first = launch();
            final long importStart = System.nanoTime();
            importAll(first.address());
            final Duration importTime = Duration.ofNanos(System.nanoTime() - importStart);
            final Duration cpuBefore = first.cpuTime();
            final long playStart = System.nanoTime();
            final SaleTally tally = play(lines);
            final Duration playTime = Duration.ofNanos(System.nanoTime() - playStart);
            final Duration cpu = cpuOfDead.plus(last().cpuTime()).minus(cpuBefore);
            final Map<CellName, Integer> stock = new HashMap<>();
            final long reserved = readStock(model, stock);
            final int status = last().stop();
            if (status != 0) {
                throw new IOException("the server did not end well: exitStatus=" + status);
            }
            return new RetailReport(
                    lines.size(),
                    plan.connections(),
                    importTime,
                    playTime,
                    cpu,
                    plan.kills(),
                    tally,
                    model,
                    model.onHand().size(),
                    tally.differencesFrom(expected),
                    differences(model.onHand(), stock),
                    reserved);
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private void importAll(final URI address) throws IOException, InterruptedException {
        final StockApi api = new StockApi(address);
        log.accept("stores imported: " + api.importFile("stores", files.stores(), "retail"));
        log.accept("products imported: " + api.importFile("products", files.products(), "retail"));
        log.accept("cells imported: " + api.importFile("stock", files.stock(), "retail"));
    }

    private SaleTally play(final List<SaleLine> lines) throws Exception {
        final Killer killer = new Killer(lines.size());
        final SalePlayer player =
                new SalePlayer(lines, "retail", plan.connections(), last().address(), killer::progress);
        killer.player = player;
        try {
            return player.play(plan.timeoutSeconds());
        } finally {
            killer.restart.join();
        }
    }

    private long readStock(final NaiveStock model, final Map<CellName, Integer> into)
            throws IOException, InterruptedException {
        final StockApi api = new StockApi(last().address());
        final TreeSet<String> stores = new TreeSet<>();
        model.onHand().keySet().forEach(cell -> stores.add(cell.store()));
        long reserved = 0;
        for (final String store : stores) {
            reserved += api.readStore(store, into);
        }
        return reserved;
    }

    private ServerProcess launch() throws IOException, InterruptedException {
        final ServerProcess server = ServerProcess.launch(dataDirectory, plan.durability(), log);
        servers.add(server);
        return server;
    }

    private ServerProcess last() {
        return servers.get(servers.size() - 1);
    }

    /** Cells whose units differ; one that a side does not know counts as empty there. */
    static int differences(final Map<CellName, Integer> expected, final Map<CellName, Integer> found) {
        final Map<CellName, Integer> rest = new HashMap<>(found);
        int differences = 0;
        for (final Map.Entry<CellName, Integer> cell : expected.entrySet()) {
            final Integer units = rest.remove(cell.getKey());
            if ((units == null ? 0 : units) != cell.getValue()) {
                differences++;
            }
        }
        for (final int units : rest.values()) {
            if (units != 0) {
                differences++;
            }
        }
        return differences;
    }

    /** Kills the server when enough lines are done, and starts another one on the same data. */
    private final class Killer {

        private final int everyLines;
        private SalePlayer player;
        private int kills;
        private CompletableFuture<Void> restart = CompletableFuture.completedFuture(null);

        private Killer(final int lines) {
            everyLines = lines / (plan.kills() + 1);
        }

        /** On the player's event loop: the kill itself is another thread's, while lines go on. */
        private void progress(final int done) {
            if (kills < plan.kills() && done >= everyLines * (kills + 1) && restart.isDone()) {
                kills++;
                restart = CompletableFuture.runAsync(this::killAndRestart);
            }
        }

        private void killAndRestart() {
            try {
                cpuOfDead = cpuOfDead.plus(last().cpuTime());
                last().kill();
                log.accept("killed");
                player.moveTo(launch().address());
            } catch (final IOException e) {
                player.fail(e);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                player.fail(e);
            }
        }
    }
}
