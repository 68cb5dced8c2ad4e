package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.StockLedger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The state hash tells states apart by any row, and equal states not at all, however they came about. */
final class StateHashTest {

    private static final long NOW_MS = 1_767_225_600_000L;
    private static final LedgerSettings SETTINGS = new LedgerSettings(8, 8, 4, 20, 20, 600, 2, 100, 100_000, 3_600_000);

    private final long seed =
            Optional.ofNullable(Long.getLong("seed")).orElseGet(() -> new SplittableRandom().nextLong());

    private static List<CommandBuilder<?>> common() {
        final List<CommandBuilder<?>> commands = new ArrayList<>(List.of(
                Commands.genesis(SETTINGS),
                Commands.putChannel("web"),
                Commands.putChannel("app"),
                Commands.putStore("0042").name("Utrecht"),
                Commands.putStore("0049"),
                Commands.putSku("85123A").gtins(7, 8).price("2.55"),
                Commands.putSku("71053")));
        for (int i = 0; i < 4; i++) {
            commands.add(Commands.movements().count(i / 2, i % 2, 50));
        }
        commands.add(Commands.reserve().line(0, 0, 5).line(1, 0, 4).key(1).owner("a", 1, 1));
        commands.add(Commands.reserve().line(0, 1, 5).key(2));
        commands.add(Commands.confirm(2));
        commands.add(Commands.reserve().line(1, 1, 5));
        commands.add(Commands.release(3));
        return commands;
    }

    private static StockLedger played(final List<CommandBuilder<?>> commands) {
        final StockLedger ledger = new StockLedger();
        for (int i = 0; i < commands.size(); i++) {
            apply(ledger, i + 1, NOW_MS, commands.get(i));
        }
        return ledger;
    }

    private static void apply(
            final StockLedger ledger, final long sequence, final long timeMs, final CommandBuilder<?> command) {
        final UnsafeBuffer bytes = command.encode();
        ledger.apply(sequence, timeMs, bytes, 0, bytes.capacity(), EffectSink.NONE);
    }

    /** The hash after the common commands and one more. */
    private static long hashAfter(final CommandBuilder<?> last) {
        final List<CommandBuilder<?>> commands = common();
        commands.add(last);
        return played(commands).stateHash();
    }

    private static LedgerSettings settings(final int maxLive, final int answers) {
        return new LedgerSettings(8, 8, 4, maxLive, 20, 600, 2, answers, 100_000, 3_600_000);
    }

    @Test
    void shouldDifferForEveryRowThatOneCommandCanChange() {
        final Map<Long, String> seen = new HashMap<>();
        for (final Map.Entry<String, CommandBuilder<?>> last : lastCommands().entrySet()) {
            final String before = seen.put(hashAfter(last.getValue()), last.getKey());
            assertNull(before, () -> "one hash for two states: " + before + ", " + last.getKey());
        }
    }

    /** Commands that leave states which differ from each other in one row, or in a few. */
    private static Map<String, CommandBuilder<?>> lastCommands() {
        final Map<String, CommandBuilder<?>> commands = new HashMap<>();
        commands.put("nothing", Commands.tick());
        for (int units = 1; units <= 40; units++) {
            for (int cell = 0; cell < 4; cell++) {
                commands.put(
                        "receipt " + cell + " " + units, Commands.movements().receipt(cell / 2, cell % 2, units));
                commands.put("reserve " + cell + " " + units, Commands.reserve().line(cell / 2, cell % 2, units));
                commands.put(
                        "cell safety " + cell + " " + units,
                        Commands.setPolicy(cell / 2, cell % 2).safetyStock(units));
                commands.put(
                        "cell threshold " + cell + " " + units,
                        Commands.setPolicy(cell / 2, cell % 2).lowStockThreshold(units));
            }
            commands.put("store safety " + units, Commands.setPolicy(0).safetyStock(units));
            commands.put("other safety " + units, Commands.setPolicy(1).safetyStock(units));
            commands.put("store threshold " + units, Commands.setPolicy(0).lowStockThreshold(units));
            commands.put("hold " + units, Commands.extend(1).hold(units));
            commands.put("pickup " + units, Commands.extend(2).pickup(60 + units));
            commands.put("name " + units, Commands.putStore("0042").name("x".repeat(units)));
            commands.put("other name " + units, Commands.putStore("0049").name("x".repeat(units)));
            commands.put("place " + units, Commands.putStore("0042").at(units, 5));
            commands.put("other place " + units, Commands.putStore("0042").at(5, -units));
            commands.put("new store " + units, Commands.putStore("S" + units));
            commands.put("new sku " + units, Commands.putSku("S" + units));
            commands.put("gtin " + units, Commands.putSku("85123A").gtins(100 + units));
            commands.put("price " + units, Commands.putSku("85123A").price("" + units));
            commands.put("channel " + units, Commands.putChannel("c" + units));
            commands.put("live " + units, Commands.configure(settings(units, 1_000)));
            commands.put("answers " + units, Commands.configure(settings(1_000, units)));
            commands.put("remembered " + units, Commands.putChannel("web").key(10 + units));
            commands.put("print " + units, Commands.putChannel("web").key(9).fingerprint(units));
        }
        putSteps(commands);
        return commands;
    }

    private static void putSteps(final Map<String, CommandBuilder<?>> commands) {
        commands.put("fulfil", Commands.fulfil(1));
        commands.put("release", Commands.release(1));
        for (int units = 1; units < 5; units++) {
            commands.put("fulfil " + units, Commands.fulfil(1).line(0, 0, units));
            commands.put("release " + units, Commands.release(1).line(0, 0, units));
        }
        commands.put("confirm", Commands.confirm(1));
        commands.put("confirm for a minute", Commands.confirm(1).pickup(60));
        commands.put("paid", Commands.confirm(1).payment("p", 1, 2));
        commands.put("paid otherwise", Commands.confirm(1).payment("p", 1, 3));
        commands.put("inactive", Commands.putStore("0042").active(false));
        commands.put("no pickup", Commands.putStore("0042").pickup(false));
        commands.put("warehouse", Commands.putStore("0042").warehouse());
        commands.put("country", Commands.putStore("0042").country("NL"));
        commands.put("inactive sku", Commands.putSku("85123A").active(false));
        commands.put("no gtins", Commands.putSku("85123A").gtins());
        commands.put("gtins the other way round", Commands.putSku("85123A").gtins(8, 7));
        commands.put("store of a sku's code", Commands.putStore("85123A"));
        commands.put("app", Commands.reserve().line(0, 0, 1).channel(1));
        commands.put("owner", Commands.reserve().line(0, 0, 1).owner("a", 1, 2));
        commands.put("owner's other half", Commands.reserve().line(0, 0, 1).owner("a", 2, 2));
        commands.put("reference", Commands.reserve().line(0, 0, 1).reference("a", 1, 2));
        commands.put("partial", Commands.reserve().line(0, 0, 46).allowPartial());
    }

    @Test
    void shouldDifferBySequenceAndTime() {
        final StockLedger one = played(common());
        final StockLedger other = played(common());
        assertEquals(one.stateHash(), other.stateHash());
        apply(one, 100, NOW_MS, Commands.tick());
        apply(other, 101, NOW_MS, Commands.tick());
        assertNotEquals(one.stateHash(), other.stateHash());
        apply(one, 102, NOW_MS + 1, Commands.tick());
        apply(other, 102, NOW_MS + 2, Commands.tick());
        assertNotEquals(one.stateHash(), other.stateHash());
        apply(one, 103, NOW_MS + 3, Commands.tick());
        apply(other, 103, NOW_MS + 3, Commands.tick());
        assertEquals(one.stateHash(), other.stateHash());
    }

    @Test
    void shouldDifferBySecrets() {
        assertNotEquals(
                played(List.of(Commands.genesis().secrets(1, 2, 3, 4))).stateHash(),
                played(List.of(Commands.genesis().secrets(1, 2, 3, 5))).stateHash());
        assertNotEquals(
                played(List.of(Commands.genesis().secrets(1, 2, 3, 4))).stateHash(),
                played(List.of(Commands.genesis().secrets(1, 9, 3, 4))).stateHash());
    }

    @Test
    void shouldHashTextsByTheirHashesOnly() {
        assertEquals(
                hashAfter(
                        Commands.reserve().line(0, 0, 1).owner("cart-81", 1, 2).reference("order-9", 3, 4)),
                hashAfter(
                        Commands.reserve().line(0, 0, 1).owner("       ", 1, 2).reference("", 3, 4)));
        assertEquals(
                hashAfter(Commands.confirm(1).payment("pay", 1, 2)),
                hashAfter(Commands.confirm(1).payment("", 1, 2)));
        assertEquals(
                hashAfter(
                        Commands.reserve().line(0, 0, 1).owner("cart-81", 1, 2).key(9)),
                hashAfter(
                        Commands.reserve().line(0, 0, 1).owner("       ", 1, 2).key(9)));
    }

    @Test
    void shouldNotDependOnTheWayToAState() {
        final StockLedger one = played(common());
        final StockLedger other = played(common());
        final List<CommandBuilder<?>> there = List.of(
                Commands.movements().receipt(0, 0, 3),
                Commands.movements().receipt(1, 1, 4),
                Commands.setPolicy(0).safetyStock(9),
                Commands.setPolicy(1).safetyStock(8));
        for (int i = 0; i < there.size(); i++) {
            apply(one, 100 + i, NOW_MS, there.get(i));
            apply(other, 100 + i, NOW_MS, there.get(there.size() - 1 - i));
        }
        assertEquals(one.stateHash(), other.stateHash());
    }

    @Test
    void shouldDifferAsLongAsTheStatesOfRandomWorldsDo() {
        System.out.println("StateHashTest seed=" + seed);
        final SplittableRandom worlds = new SplittableRandom(seed);
        for (int world = 0; world < 20; world++) {
            final RandomCommands source = new RandomCommands(worlds.nextLong());
            final RealLedger ledger = new RealLedger();
            final RealLedger without = new RealLedger();
            long sequence = 0;
            for (final RandomCommands.Timed command : source.first()) {
                sequence++;
                ledger.apply(
                        sequence,
                        command.timeMs(),
                        command.bytes(),
                        0,
                        command.bytes().capacity());
                without.apply(
                        sequence,
                        command.timeMs(),
                        command.bytes(),
                        0,
                        command.bytes().capacity());
            }
            // One of the two misses what a command does, and never gets it back: a cell of its own.
            final UnsafeBuffer only = Commands.setPolicy(0, 0).safetyStock(777).encode();
            final UnsafeBuffer nothing = Commands.tick(1).encode();
            sequence++;
            ledger.apply(sequence, source.nowMs(), only, 0, only.capacity());
            without.apply(sequence, source.nowMs(), nothing, 0, nothing.capacity());
            for (int i = 0; i < 200; i++) {
                sequence++;
                final UnsafeBuffer bytes = Commands.movements()
                        .adjustment(worlds.nextInt(3), worlds.nextInt(3), worlds.nextInt(100) - 50)
                        .encode();
                ledger.apply(sequence, source.nowMs(), bytes, 0, bytes.capacity());
                without.apply(sequence, source.nowMs(), bytes, 0, bytes.capacity());
                assertNotEquals(ledger.stateHash(), without.stateHash());
            }
            ledger.check();
            without.check();
        }
    }
}
