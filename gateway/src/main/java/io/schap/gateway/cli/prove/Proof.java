package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One proof: starts a server, lets the shoppers race, kills the server twice while they do (once when the first units
 * are granted, once when half of the shoppers have their answer), and then counts from outside what everybody was told
 * and what the server still knows.
 */
public final class Proof {

    static final int SHOPPERS = 10_000;
    static final int UNITS = 100;
    static final int CONNECTIONS = 64;
    private static final int GRANTS_BEFORE_FIRST_KILL = 10;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final Path data;
    private final Path log;
    private final Consumer<String> say;
    private final Autopsy autopsy;
    private final Shop shop = new Shop();
    private ServerProcess server;

    /** What a dead server's files tell. */
    public interface Autopsy {

        /**
         * How many times the last run of the server forced its journal to disk.
         *
         * @param data the data directory.
         * @return forces.
         * @throws IOException when the files cannot be read.
         */
        long forces(Path data) throws IOException;

        /**
         * Verifies the whole journal.
         *
         * @param data the data directory.
         * @return the lines that {@code journal verify} prints.
         * @throws IOException when the files cannot be read.
         */
        Verified verify(Path data) throws IOException;
    }

    /**
     * What {@code journal verify} says.
     *
     * @param sound whether nothing is wrong.
     * @param lines what it prints.
     */
    public record Verified(boolean sound, List<String> lines) {}

    /**
     * A proof that has not begun.
     *
     * @param directory for data and log, empty.
     * @param autopsy   reads the files.
     * @param say       gets the lines of the report, one by one.
     */
    public Proof(final Path directory, final Autopsy autopsy, final Consumer<String> say) {
        this.data = directory.resolve("data");
        this.log = directory.resolve("server.log");
        this.autopsy = autopsy;
        this.say = say;
    }

    /**
     * Runs the proof.
     *
     * @return whether every count is as it must be.
     * @throws IOException          when the server does not start, or answers what it never should.
     * @throws InterruptedException when the thread is interrupted.
     */
    public boolean run() throws IOException, InterruptedException {
        final long begunNs = System.nanoTime();
        say.accept(text(
                "%,d shoppers on %s, %d at a time, want one of the last %d units each; durability disk",
                SHOPPERS, String.join(", ", Race.CHANNELS), CONNECTIONS, UNITS));
        start();
        shop.open(server.address(), UNITS);
        final Race race = new Race(shop, SHOPPERS, CONNECTIONS, begunNs + PATIENCE_NS);
        race.serverIsAt(server.address());
        final Race.Lap lap = race.start();
        race.await(GRANTS_BEFORE_FIRST_KILL, 0);
        long forces = killAndRestart(race);
        race.await(0, SHOPPERS / 2);
        forces += killAndRestart(race);
        lap.finish();
        final int changed = race.askAgain();
        final Count count = count(race, changed);
        final int status = server.stop();
        forces += autopsy.forces(data);
        final Verified verified = autopsy.verify(data);
        say.accept(text(
                "all asked again with their keys: %,d were told the same, %,d something else",
                SHOPPERS - changed, changed));
        say.accept(text("stopped by SIGTERM, exit status %d", status));
        verified.lines().forEach(line -> say.accept("journal verify: " + line));
        say.accept(text("forces %,d", forces));
        say.accept(count.toString());
        say.accept(text("%.1f s", (System.nanoTime() - begunNs) / 1e9));
        return count.isRight() && verified.sound() && forces > 0 && status == 0;
    }

    /** Kills the server if it runs. For a shutdown hook too. */
    public void abort() {
        final ServerProcess running = server;
        if (running != null) {
            running.close();
        }
    }

    private void start() throws IOException {
        server = ServerProcess.start(log, "--data", data.toString(), "--port", "0", "--durability", "disk");
    }

    /** Gives the forces of the run that it ended. */
    private long killAndRestart(final Race race) throws IOException, InterruptedException {
        final int granted = race.granted();
        final int answered = race.answered();
        final int inFlight = race.inFlight();
        final int cutOffBefore = race.cutOff();
        server.kill();
        final long killedNs = System.nanoTime();
        race.serverIsAt(null);
        final long forces = autopsy.forces(data);
        start();
        race.serverIsAt(server.address());
        say.accept(text(
                "kill -9: %,d granted and %,d refused were acknowledged, %d requests were in flight,"
                        + " %d never got an answer; back after %.1f s",
                granted,
                answered - granted,
                inFlight,
                race.cutOff() - cutOffBefore,
                (System.nanoTime() - killedNs) / 1e9));
        return forces;
    }

    private Count count(final Race race, final int changed) throws IOException, InterruptedException {
        final URI address = server.address();
        final List<String> reservations = new ArrayList<>();
        for (int shopper = 0; shopper < race.shoppers(); shopper++) {
            if (race.answer(shopper).isGranted()) {
                reservations.add(race.answer(shopper).reservation());
            }
        }
        final Set<String> distinct = new HashSet<>(reservations);
        int lost = 0;
        for (final String reservation : distinct) {
            if (!shop.isHeld(address, reservation)) {
                lost++;
            }
        }
        final int reserved = shop.reserved(address);
        // A unit went twice when two shoppers hold one reservation, when one shopper was told two things, or when the
        // cell has more reserved than shoppers hold; it was lost when a shopper holds what the cell does not.
        final int twice = reservations.size() - distinct.size() + changed + Math.max(0, reserved - reservations.size());
        lost += Math.max(0, reservations.size() - reserved);
        return new Count(reservations.size(), race.shoppers() - reservations.size(), twice, lost);
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The outcome in four numbers. */
    private record Count(int granted, int refused, int twice, int lost) {

        boolean isRight() {
            return granted == UNITS && refused == SHOPPERS - UNITS && twice == 0 && lost == 0;
        }

        @Override
        public String toString() {
            return text("granted %,d, refused %,d, twice %,d, lost %,d", granted, refused, twice, lost);
        }
    }
}
