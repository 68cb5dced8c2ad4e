package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.schap.engine.command.ResultCode;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.StockLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Drives the naive and the real ledger with the same random commands, and compares every answer, every effect and the
 * state. {@code -Dseed=N} plays a run again; {@code -Dcommands=N} makes it longer.
 */
final class RandomLedgerTest {

    private static final int COMMANDS_A_WORLD = 20_000;
    private static final int COMMANDS_A_STATE = 200;
    private static final int RESERVATIONS_A_STATE = 40;
    private static final int GOLDEN_COMMANDS = 20_000;
    private static final long GOLDEN_SEED = 20_260_101;
    private static final long GOLDEN_HASH = 0x37de33c25a668658L;

    private final long seed =
            Optional.ofNullable(Long.getLong("seed")).orElseGet(() -> new SplittableRandom().nextLong());

    private Pair pair(final long worldSeed) {
        return new Pair(new RandomCommands(worldSeed), "seed=" + seed + ", world=" + worldSeed);
    }

    private static long commandsOr(final long usual) {
        return Optional.ofNullable(Long.getLong("commands")).orElse(usual);
    }

    @Test
    void shouldAnswerAndChangeAsTheNaiveLedgerDoes() {
        System.out.println("RandomLedgerTest seed=" + seed);
        final SplittableRandom worlds = new SplittableRandom(seed);
        long left = commandsOr(90_000);
        while (left > 0) {
            pair(worlds.nextLong()).play((int) Math.min(left, COMMANDS_A_WORLD), COMMANDS_A_STATE);
            left -= COMMANDS_A_WORLD;
        }
    }

    @Test
    void shouldAnswerAndChangeAsTheNaiveLedgerDoesInAWideWorld() {
        System.out.println("RandomLedgerTest seed=" + seed);
        final long worldSeed = new SplittableRandom(seed + 2).nextLong();
        new Pair(new RandomCommands(worldSeed, RandomCommands.World.WIDE), "seed=" + seed)
                .play((int) commandsOr(90_000) / 3, 5_000);
    }

    @Test
    void shouldAnswerAndChangeAsTheNaiveLedgerDoesInBatchesOfOneTime() {
        System.out.println("RandomLedgerTest seed=" + seed);
        final SplittableRandom worlds = new SplittableRandom(~seed);
        long left = commandsOr(90_000) / 3;
        while (left > 0) {
            pair(worlds.nextLong()).playBatches((int) Math.min(left, COMMANDS_A_WORLD));
            left -= COMMANDS_A_WORLD;
        }
    }

    @Test
    void shouldComeToTheSameHashAtEachStepWhenReplayed() {
        System.out.println("RandomLedgerTest seed=" + seed);
        final SplittableRandom worlds = new SplittableRandom(seed + 1);
        long left = commandsOr(90_000);
        while (left > 0) {
            replay(new RandomCommands(worlds.nextLong()), (int) Math.min(left, COMMANDS_A_WORLD));
            left -= COMMANDS_A_WORLD;
        }
        replay(new RandomCommands(worlds.nextLong(), RandomCommands.World.WIDE), COMMANDS_A_WORLD);
    }

    /** Plays a world, and then all of it again: announced before, from elsewhere in memory, and with nobody listening. */
    private void replay(final RandomCommands source, final int commands) {
        final List<Long> hashes = new ArrayList<>();
        final List<RandomCommands.Timed> played = record(source, commands, hashes);
        final StockLedger again = new StockLedger();
        final UnsafeBuffer slot = new UnsafeBuffer(new byte[4_096]);
        for (int i = 0; i < played.size(); i++) {
            final UnsafeBuffer bytes = played.get(i).bytes();
            if (i % StockLedger.LOOK_AHEAD == 0) {
                played.subList(i, Math.min(played.size(), i + StockLedger.LOOK_AHEAD))
                        .forEach(soon ->
                                again.announce(soon.bytes(), 0, soon.bytes().capacity()));
                again.readAhead();
            }
            final int offset = i % 13;
            slot.putBytes(offset, bytes, 0, bytes.capacity());
            again.apply(i + 1, played.get(i).timeMs(), slot, offset, bytes.capacity(), EffectSink.NONE);
            assertEquals(hashes.get(i), again.stateHash(), "hash after command " + i + " of seed " + seed);
        }
        LedgerInvariants.check(again);
    }

    private static List<RandomCommands.Timed> record(
            final RandomCommands source, final int commands, final List<Long> hashes) {
        final List<RandomCommands.Timed> played = new ArrayList<>();
        final RealLedger ledger = new RealLedger();
        for (final Iterator<RandomCommands.Timed> all = source.all(commands); all.hasNext(); ) {
            final RandomCommands.Timed command = all.next();
            played.add(command);
            final UnsafeBuffer bytes = command.bytes();
            final Answer answer = ledger.apply(played.size(), command.timeMs(), bytes, 0, bytes.capacity());
            source.observe(answer, ledger.effects());
            hashes.add(ledger.stateHash());
        }
        ledger.check();
        return played;
    }

    @Test
    void shouldMeetEveryCodeAndEveryEffect() {
        final RandomCommands source = new RandomCommands(GOLDEN_SEED);
        final NaiveLedger ledger = new NaiveLedger();
        final Map<String, Integer> met = new TreeMap<>();
        long sequence = 0;
        for (final Iterator<RandomCommands.Timed> commands = source.all(GOLDEN_COMMANDS); commands.hasNext(); ) {
            final RandomCommands.Timed command = commands.next();
            sequence++;
            final UnsafeBuffer bytes = command.bytes();
            final Answer answer = ledger.apply(sequence, command.timeMs(), bytes, 0, bytes.capacity());
            source.observe(answer, ledger.effects());
            met.merge(answer.replayed() ? "replayed" : answer.code().name(), 1, Integer::sum);
            if (answer instanceof Answer.Movements movements) {
                movements.rows().forEach(row -> met.merge("row " + row.code(), 1, Integer::sum));
            }
            ledger.effects().forEach(effect -> met.merge(effect.getClass().getSimpleName(), 1, Integer::sum));
        }
        for (final ResultCode code : ResultCode.values()) {
            final boolean isOfRows = code.name().startsWith("UNKNOWN_S") || code == ResultCode.COUNT_CONFLICT;
            assertTrue(
                    code == ResultCode.STORAGE_FULL || met.containsKey(isOfRows ? "row " + code : code.name()),
                    () -> "not met: " + code + ", met: " + met);
        }
        for (final Class<?> effect : Effect.class.getPermittedSubclasses()) {
            assertTrue(
                    effect == Effect.LogicVersionChanged.class || met.containsKey(effect.getSimpleName()),
                    () -> "not met: " + effect + ", met: " + met);
        }
        assertTrue(met.get("CREATED") >= GOLDEN_COMMANDS / 15, met::toString);
        assertTrue(met.get("replayed") >= GOLDEN_COMMANDS / 100, met::toString);
    }

    /** Changes only with the meaning of commands, which is a new logic version, or with what this test plays. */
    @Test
    void shouldComeToTheHashThatThisStreamHasAlwaysHad() {
        final List<Long> hashes = new ArrayList<>();
        record(new RandomCommands(GOLDEN_SEED), GOLDEN_COMMANDS, hashes);
        assertEquals(Long.toHexString(GOLDEN_HASH), Long.toHexString(hashes.get(GOLDEN_COMMANDS - 1)), "state hash");
    }

    /** Both ledgers of one world. */
    private static final class Pair {
        private final NaiveLedger naive = new NaiveLedger();
        private final RealLedger real = new RealLedger();
        private final RandomCommands source;
        private final SplittableRandom batches = new SplittableRandom(64);
        private final String where;
        private long sequence;

        Pair(final RandomCommands source, final String where) {
            this.source = source;
            this.where = where;
        }

        void play(final int commands, final int commandsAState) {
            for (final RandomCommands.Timed command : source.first()) {
                apply(command);
            }
            while (sequence < commands) {
                apply(source.next());
                if (sequence % commandsAState == 0) {
                    compareStates(RESERVATIONS_A_STATE);
                }
                if (sequence % (10L * commandsAState) == 0) {
                    check();
                }
            }
            compareStates(sequence);
            check();
        }

        /** As the writer does: one time for a batch, and a tick at its head when a deadline is due. */
        void playBatches(final int commands) {
            long timeMs = 0;
            for (final RandomCommands.Timed command : source.first()) {
                apply(command);
            }
            while (sequence < commands) {
                timeMs = Math.max(timeMs, source.nowMs());
                if (real.ledger().nextDeadlineMs() <= timeMs) {
                    apply(new RandomCommands.Timed(timeMs, Commands.tick().encode()));
                    assertTrue(real.ledger().nextDeadlineMs() > timeMs, where);
                }
                for (int i = batches.nextInt(64); i >= 0; i--) {
                    apply(new RandomCommands.Timed(timeMs, source.next().bytes()));
                }
                compareStates(RESERVATIONS_A_STATE);
            }
            compareStates(sequence);
            check();
        }

        private void apply(final RandomCommands.Timed command) {
            sequence++;
            final UnsafeBuffer bytes = command.bytes();
            final Answer expected = naive.apply(sequence, command.timeMs(), bytes, 0, bytes.capacity());
            final Answer actual = real.apply(sequence, command.timeMs(), bytes, 0, bytes.capacity());
            if (!expected.equals(actual) || !isSame(naive.effects(), real.effects())) {
                fail("ledgers disagree: " + where + ", sequence=" + sequence
                        + "\n command " + PlainCommandReader.read(bytes, 0, bytes.capacity())
                        + "\n naive answers " + expected
                        + "\n real answers  " + actual
                        + "\n naive effects " + naive.effects()
                        + "\n real effects  " + real.effects());
            }
            source.observe(actual, real.effects());
        }

        /** The same effects, in any order. */
        private static boolean isSame(final List<Effect> expected, final List<Effect> actual) {
            return expected.equals(actual) || counted(expected).equals(counted(actual));
        }

        private static Map<Effect, Integer> counted(final List<Effect> effects) {
            final Map<Effect, Integer> counts = new HashMap<>();
            effects.forEach(effect -> counts.merge(effect, 1, Integer::sum));
            return counts;
        }

        private void compareStates(final long reservations) {
            final long from = naive.state(Long.MAX_VALUE).reservations().last() - reservations;
            final LedgerState expected = naive.state(from);
            final LedgerState actual = real.state(from);
            final String after = where + ", after sequence=" + sequence;
            assertEquals(expected.clock(), actual.clock(), after);
            assertEquals(expected.reservations(), actual.reservations(), after);
            assertEquals(expected.cells(), actual.cells(), after);
            assertEquals(expected.kept(), actual.kept(), after);
            assertEquals(expected.evicted(), actual.evicted(), after);
            assertEquals(expected, actual, after);
            for (long gtin = 1; gtin <= 20; gtin++) {
                assertEquals(naive.skuByGtin(gtin), real.skuByGtin(gtin), after);
            }
        }

        private void check() {
            naive.check();
            real.check();
        }
    }
}
