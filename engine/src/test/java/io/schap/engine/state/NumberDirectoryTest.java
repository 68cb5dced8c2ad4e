package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NumberDirectoryTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    @Test
    void shouldKeepSlotsUntilEvictedAndClosingStatesForEver() {
        System.err.println("seed=" + SEED);
        final Random random = new Random(SEED);
        final NumberDirectory numbers = new NumberDirectory();
        final Map<Long, Integer> kept = new HashMap<>();
        final Map<Long, Integer> closed = new HashMap<>();
        for (long number = 1; number <= 20_000; number++) {
            final int slot = random.nextInt(1_000);
            numbers.put(number, slot);
            kept.put(number, slot);
            for (long other = Math.max(1, number - 600); other <= number; other += 1 + random.nextInt(300)) {
                if (kept.remove(other) != null) {
                    final int state = 1 + random.nextInt(3);
                    numbers.evict(other, state);
                    closed.put(other, state);
                }
            }
        }
        for (long number = 0; number <= 30_000; number++) {
            assertEquals(kept.getOrDefault(number, NumberDirectory.NONE), numbers.slot(number), "number " + number);
            assertEquals(closed.getOrDefault(number, 0), numbers.closedState(number), "number " + number);
        }
        assertEquals(NumberDirectory.NONE, numbers.slot(Long.MAX_VALUE));
        assertEquals(NumberDirectory.NONE, numbers.slot(-1));
    }
}
