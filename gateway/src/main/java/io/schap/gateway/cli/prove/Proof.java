package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One proof: starts a server, lets the shoppers race, kills the server twice while they do (once when the first units
 * are granted, once when half of the shoppers have their answer), and then counts from outside what everybody was told
 * and what the server still knows.
 */
public final class Proof {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);

    private final Path data;
    private final Path log;
    private final Size size;
    private final Consumer<String> say;
    private final Autopsy autopsy;
    private volatile ServerProcess server; // a shutdown hook ends it too
    private boolean everyKillHitRequests = true;

    /**
     * How large a proof is.
     *
     * @param shoppers    how many want a unit.
     * @param units       how many there are.
     * @param connections how many shoppers ask at once.
     */
    public record Size(int shoppers, int units, int connections) {

        /** What is shown to a sceptic. */
        public static final Size FULL = new Size(10_000, 100, 64);
    }

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
         * @return what {@code journal verify} says.
         * @throws IOException when the files cannot be read.
         */
        Verified verify(Path data) throws IOException;
    }

    /**
     * What {@code journal verify} says.
     *
     * @param sound whether nothing is wrong.
     * @param says  its last line, or what is wrong.
     */
    public record Verified(boolean sound, String says) {}

    /**
     * A proof that has not begun.
     *
     * @param directory for data and log, empty.
     * @param size      how many of everything.
     * @param autopsy   reads the files.
     * @param say       gets the lines of the report, one by one.
     */
    public Proof(final Path directory, final Size size, final Autopsy autopsy, final Consumer<String> say) {
        this.size = size;
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
                size.shoppers(), String.join(", ", Race.CHANNELS), size.connections(), size.units()));
        start();
        try (Connection connection = new Connection(server.address())) {
            Shop.open(connection, size.units());
        }
        final Race race = new Race(size.shoppers(), size.connections(), begunNs + PATIENCE_NS);
        race.serverIsAt(server.address());
        final Race.Lap lap = race.start();
        race.await(size.units() / 10, 0);
        long forces = killAndRestart(race);
        race.await(0, size.shoppers() / 2);
        forces += killAndRestart(race);
        lap.finish();
        final int changed = race.askAgain();
        final Tally tally;
        try (Connection connection = new Connection(server.address())) {
            tally = Tally.take(race, changed, connection);
        }
        final int status = server.stop();
        forces += autopsy.forces(data);
        final Verified verified = autopsy.verify(data);
        say.accept(text(
                "all asked again with their keys: %,d were told the same, %,d something else",
                size.shoppers() - changed, changed));
        say.accept(text("stopped by SIGTERM, exit status %d", status));
        say.accept("journal verify: " + verified.says());
        say.accept(text("forces %,d", forces));
        say.accept(tally.toString());
        say.accept(text("%.1f s", (System.nanoTime() - begunNs) / 1e9));
        return tally.isRight(size) && verified.sound() && everyKillHitRequests && forces > 0 && status == 0;
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
        everyKillHitRequests &= inFlight > 0;
        race.serverIsAt(null);
        final long killedNs = System.nanoTime();
        server.awaitEnd();
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

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
