package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class KeyIndexTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    private final Map<Integer, Long> hashes = new HashMap<>();
    private int wanted;

    private final KeyIndex index = new KeyIndex(new KeyIndex.Rows() {
        @Override
        public boolean isLive(final int reference) {
            return hashes.containsKey(reference);
        }

        @Override
        public boolean isKeyAt(final int reference) {
            return reference == wanted;
        }
    });

    @Test
    void shouldFindWhatWasAddedAndIsStillLive() {
        System.err.println("seed=" + SEED);
        final Random random = new Random(SEED);
        final Map<Integer, Long> gone = new HashMap<>();
        for (int reference = 1; reference <= 300_000; reference++) {
            // Few high bits and few low bits: long probe sequences, equal tags, wrap-around.
            final long hash = (random.nextLong() & 0x0030_0000_0000_000fL) | (random.nextBoolean() ? 0x7L << 28 : 0);
            index.add(hash, reference);
            hashes.put(reference, hash);
            final int forgotten = reference - random.nextInt(100);
            if (hashes.containsKey(forgotten) && random.nextInt(10) > 0) {
                gone.put(forgotten, hashes.remove(forgotten));
                assertEquals(-1, find(gone.get(forgotten), forgotten));
            }
            final int old = reference - 200;
            hashes.remove(old);
            gone.remove(old);
        }
        hashes.forEach((reference, hash) -> assertEquals((long) reference, find(hash, reference)));
        gone.forEach((reference, hash) -> assertEquals(-1, find(hash, reference)));
    }

    private long find(final long hash, final int reference) {
        wanted = reference;
        return index.find(hash);
    }
}
