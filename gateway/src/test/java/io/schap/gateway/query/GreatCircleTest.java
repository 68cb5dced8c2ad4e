package io.schap.gateway.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Distances that can be worked out by hand, or are well known. */
final class GreatCircleTest {

    @Test
    void shouldMeasureDistances() {
        assertEquals(0, GreatCircle.km(52, 5, 52, 5));
        assertEquals(Math.PI * 6_371 / 180, GreatCircle.km(10, 0, 11, 0), 1e-9);
        assertEquals(Math.PI * 6_371, GreatCircle.km(0, 0, 0, 180), 1e-6);
        assertEquals(Math.PI * 6_371 / 2, GreatCircle.km(90, 77, 0, -33), 1e-6);
        assertEquals(57.3, GreatCircle.km(52.3676, 4.9041, 51.9244, 4.4777), 0.1);
        assertEquals(2 * Math.PI * 6_371 / 180, GreatCircle.km(0, 179, 0, -179), 1e-9);
    }
}
