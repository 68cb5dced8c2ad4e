package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.engine.model.CommandBuilder;
import io.schap.engine.model.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Looking ahead at commands, whatever they hold, changes neither state nor answers. */
final class LookAheadTest {

    private static final long START_MS = 1_750_000_000_000L;

    private final StockLedger blind = new StockLedger();
    private final StockLedger looking = new StockLedger();
    private long sequence;

    @Test
    void shouldChangeNothing() {
        final long seed = seed();
        final Random random = new Random(seed);
        both(List.of(Commands.genesis().encode(), Commands.putChannel("web").encode()));
        both(List.of(
                Commands.putStore("a").encode(),
                Commands.putSku("1").encode(),
                Commands.putSku("2").encode()));
        for (int round = 0; round < 200; round++) {
            final List<UnsafeBuffer> commands = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                commands.add(any(random));
            }
            both(commands);
            assertEquals(blind.stateHash(), looking.stateHash(), () -> "seed=" + seed);
        }
        LedgerInvariants.check(looking);
    }

    private static UnsafeBuffer any(final Random random) {
        final long number = random.nextInt(500) - 1L;
        final int sku = random.nextInt(4) - 1;
        final int store = random.nextInt(3) - 1;
        final CommandBuilder<?> command = switch (random.nextInt(8)) {
            case 0 -> Commands.reserve().line(0, Math.abs(sku) % 2, 1).hold(1);
            case 1 -> Commands.reserve().line(store, sku, 1).hold(900);
            case 2 -> Commands.confirm(number);
            case 3 -> Commands.fulfil(number);
            case 4 -> Commands.release(number);
            case 5 -> Commands.tick();
            case 6 -> Commands.movements();
            default -> Commands.movements().receipt(store, sku, 5);
        };
        final UnsafeBuffer encoded = command.key(1 + random.nextInt(2_000)).encode();
        if (random.nextInt(10) > 0) {
            return encoded;
        }
        final byte[] cut = new byte[1 + random.nextInt(encoded.capacity())];
        encoded.getBytes(0, cut);
        cut[random.nextInt(cut.length)] = (byte) random.nextInt();
        return new UnsafeBuffer(cut);
    }

    private void both(final List<UnsafeBuffer> commands) {
        for (final UnsafeBuffer command : commands) {
            looking.announce(command, 0, command.capacity());
        }
        looking.readAhead();
        for (final UnsafeBuffer command : commands) {
            sequence++;
            final long timeMs = START_MS + sequence * 10;
            final int length = blind.apply(sequence, timeMs, command, 0, command.capacity(), EffectSink.NONE);
            assertEquals(length, looking.apply(sequence, timeMs, command, 0, command.capacity(), EffectSink.NONE));
            assertEquals(new UnsafeBuffer(blind.answer(), 0, length), new UnsafeBuffer(looking.answer(), 0, length));
        }
    }

    private static long seed() {
        final String given = System.getProperty("seed", "");
        final long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        System.out.println("seed=" + seed);
        return seed;
    }
}
