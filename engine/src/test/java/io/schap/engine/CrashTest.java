package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Answer;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.ReservationReading;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server again and again under load, by SIGKILL: nothing that was acknowledged is lost, no unit is promised twice.
 * Three rounds; {@code -Dcrash.rounds=20} for the full trial.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class CrashTest {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingAndPromiseNothingTwiceWhenItIsKilled() throws IOException, InterruptedException {
        final long seed = Long.getLong("seed", System.nanoTime());
        final SplittableRandom random = new SplittableRandom(seed);
        int told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            killAfter(random.nextLong(20, 700));
            final int now = countTold();
            System.out.println("CrashTest seed=" + seed + ", round=" + round + ", acknowledged=" + now);
            assertTrue(now >= told, "the customers' memory only grows");
            told = now;
        }
        assertTrue(told > 0, "nothing was acknowledged in any round");
        final Engine engine = Engine.launch(CrashingServer.context(directory).durability(Durability.PROCESS));
        try {
            checkAll(engine);
        } finally {
            engine.close();
        }
        LedgerInvariants.check(engine.ledger());
    }

    /** Starts a server, lets it serve for a while, and kills it. */
    private void killAfter(final long ms) throws IOException, InterruptedException {
        final List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("@" + jvmOptions());
        line.addAll(List.of("-ea", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp"));
        line.add(System.getProperty("java.class.path"));
        line.add(CrashingServer.class.getName());
        line.add(directory.toString());
        final File errors = directory.resolve("errors.txt").toFile();
        final Process server = new ProcessBuilder(line).redirectError(errors).start();
        try (BufferedReader output = server.inputReader()) {
            String said = output.readLine();
            while (said != null && !said.equals("ready")) {
                said = output.readLine();
            }
            assertEquals("ready", said, () -> textOf(errors));
            final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            assertTrue(server.isAlive(), () -> textOf(errors));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private static Path jvmOptions() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("config").resolve("jvm.options"))) {
            at = at.getParent();
        }
        assertTrue(at != null, "config/jvm.options is in no parent of the working directory");
        return at.resolve("config").resolve("jvm.options");
    }

    private static String textOf(final File file) {
        try {
            return Files.readString(file.toPath());
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private int countTold() throws IOException {
        int count = 0;
        for (int producer = 0; producer < CrashingServer.PRODUCERS; producer++) {
            count += CrashLog.read(CrashLog.of(directory, producer)).size();
        }
        return count;
    }

    /** Every customer asks again with the same key, also for what was under way at the last kill. */
    private void checkAll(final Engine engine) throws IOException {
        final Set<Long> reservations = new HashSet<>();
        final int[] granted = new int[CrashingServer.CELLS];
        try (BlockingPort port = engine.openBlockingPort(RunningEngine.DEADLINE_MS)) {
            for (int producer = 0; producer < CrashingServer.PRODUCERS; producer++) {
                final List<CrashLog.Told> told = CrashLog.read(CrashLog.of(directory, producer));
                for (int i = 0; i < told.size() + CrashingServer.WINDOW; i++) {
                    final Answer answer = ask(port, CrashingServer.command(producer, i));
                    final CrashLog.Told now = CrashingServer.told(i, answer);
                    if (i < told.size()) {
                        assertTrue(answer.replayed(), "acknowledged and lost: " + told.get(i));
                        assertEquals(told.get(i), now, "told otherwise than before the kill");
                    }
                    if (answer.code() == ResultCode.CREATED) {
                        granted[i % CrashingServer.CELLS]++;
                        assertTrue(reservations.add(now.reservation()), "one reservation for two: " + now);
                        checkReservation(engine, now.reservation(), i % CrashingServer.CELLS);
                    }
                }
            }
        }
        for (int cell = 0; cell < CrashingServer.CELLS; cell++) {
            final int available = engine.view().available(0, cell);
            final int stock = CrashingServer.stockOf(cell);
            assertTrue(granted[cell] <= stock, "promised twice: granted=" + granted[cell]);
            assertEquals(stock - granted[cell], available, "units that nobody was told of");
        }
        System.out.println("CrashTest granted=" + reservations.size());
    }

    private static void checkReservation(final Engine engine, final long number, final int cell) {
        final ReservationReading reading = new ReservationReading();
        assertTrue(engine.view().readReservation(number, reading), "acknowledged and lost: reservation=" + number);
        assertEquals(ReservationStatus.HELD, reading.status());
        assertEquals(cell, reading.sku(0));
        assertEquals(1, reading.quantity(0));
    }

    private static Answer ask(final BlockingPort port, final UnsafeBuffer command) {
        final DirectBuffer answer = port.ask(command, 0, command.capacity());
        return Answer.decode(answer, 0, answer.capacity());
    }
}
