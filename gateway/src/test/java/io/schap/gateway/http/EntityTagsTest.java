package io.schap.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tags, and lists of tags whatever they hold. */
final class EntityTagsTest {

    private static final String LETTERS = "W/\"abc, *\\\t0f";

    @Test
    void shouldWriteEveryTagInTwentyCharacters() {
        assertEquals("W/\"0000000000000000\"", EntityTags.text(0));
        assertEquals("W/\"ffffffffffffffff\"", EntityTags.text(-1));
        assertEquals("W/\"00000000000000ab\"", EntityTags.text(0xab));
    }

    @Test
    void shouldMixOrderAndValueIn() {
        final Set<Long> seen = new HashSet<>();
        for (int a = 0; a < 100; a++) {
            for (int b = 0; b < 100; b++) {
                assertTrue(seen.add(EntityTags.mix(EntityTags.mix(EntityTags.SEED, a), b)), a + " " + b);
            }
        }
        assertNotEquals(EntityTags.mix(1, "ab"), EntityTags.mix(1, "ba"));
        assertNotEquals(EntityTags.mix(EntityTags.mix(1, "a"), "bc"), EntityTags.mix(EntityTags.mix(1, "ab"), "c"));
    }

    @Test
    void shouldFindATagOnlyWhereItStandsInQuotes() {
        final long seed = Long.getLong("seed", System.nanoTime());
        final Random random = new Random(seed);
        final String tag = EntityTags.text(random.nextLong());
        for (int round = 0; round < 20_000; round++) {
            final StringBuilder line = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                line.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            final boolean star = line.toString().strip().equals("*");
            assertEquals(star, EntityTags.isAmong(List.of(line.toString()), tag), "seed=" + seed + ", line=" + line);
            final boolean even = line.chars().filter(c -> c == '"').count() % 2 == 0;
            final String with = line + "," + tag;
            assertEquals(even, EntityTags.isAmong(List.of("x", with), tag), "seed=" + seed + ", line=" + with);
        }
    }
}
