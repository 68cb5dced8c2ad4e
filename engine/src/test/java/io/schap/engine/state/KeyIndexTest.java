package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyIndexTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    private final KeyIndex index = new KeyIndex();
    private final Map<Integer, Long> hashes = new HashMap<>();

    @Test
    void shouldFindWhatWasAddedAndNotRemoved() {
        System.err.println("seed=" + SEED);
        final Random random = new Random(SEED);
        final ArrayDeque<Integer> order = new ArrayDeque<>();
        for (int reference = 0; reference < 500_000; reference++) {
            // Few high bits and few low bits: long probe sequences, equal tags, wrap-around.
            final long hash = (random.nextLong() & 0x0030_0000_0000_000fL) | (random.nextBoolean() ? 0x7L << 28 : 0);
            index.add(hash, reference);
            hashes.put(reference, hash);
            order.add(reference);
            if (order.size() > 100) {
                final int gone = random.nextInt(3) == 0 ? order.removeLast() : order.removeFirst();
                index.remove(hashes.remove(gone), gone);
                assertEquals(-1, find(random.nextLong() & 0xf, gone));
            }
            final int known = order.peekFirst();
            assertEquals(known, find(hashes.get(known), known));
        }
        hashes.forEach((reference, hash) -> assertEquals((long) reference, find(hash, reference)));
        assertEquals(hashes.size(), index.size());
    }

    private long find(final long hash, final int wanted) {
        return index.find(hash, reference -> reference == wanted);
    }
}
