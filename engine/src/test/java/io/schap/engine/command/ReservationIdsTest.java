package io.schap.engine.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReservationIdsTest {

    private final ReservationIds ids = new ReservationIds(0x1234_5678_9abc_def0L, 0x0fed_cba9_8765_4321L);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 31, 32, 1_000_000, Long.MAX_VALUE})
    void shouldFindTheNumberOfAnId(final long number) {
        assertEquals(number, ids.numberOf(ids.idOf(number)));
    }

    @Test
    void shouldGiveEachNumberItsOwnIdOfPlainCharacters() {
        final Set<String> seen = new HashSet<>();
        for (long number = 1; number <= 10_000; number++) {
            final String id = ids.idOf(number);
            assertTrue(id.matches("[0-7][0-9a-hjkmnp-tv-z]{25}"), id);
            assertTrue(seen.add(id), id);
        }
    }

    @Test
    void shouldKnowNoIdOfAnotherSecret() {
        final ReservationIds other = new ReservationIds(1, 2);
        assertNotEquals(ids.idOf(7), other.idOf(7));
        assertEquals(ReservationIds.NOT_AN_ID, other.numberOf(ids.idOf(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0000000000000000000000000",
                "00000000000000000000000000",
                "zzzzzzzzzzzzzzzzzzzzzzzzzz",
                "il00000000000000000000000o",
                "ü0000000000000000000000000",
                "0000000000000000000000000000"
            })
    void shouldKnowNoOtherText(final String text) {
        assertEquals(ReservationIds.NOT_AN_ID, ids.numberOf(text));
    }

    @Test
    void shouldKnowNoIdWithACharacterChanged() {
        final String id = ids.idOf(42);
        for (int i = 0; i < id.length(); i++) {
            final char other = id.charAt(i) == '0' ? '1' : '0';
            assertEquals(ReservationIds.NOT_AN_ID, ids.numberOf(id.substring(0, i) + other + id.substring(i + 1)));
        }
    }
}
