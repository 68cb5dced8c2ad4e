package io.schap.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BatchClockTest {

    private static final long START_MS = 1_700_000_000_000L;

    private long wallMs = START_MS;
    private long monotonicNs = 5;
    private final BatchClock clock = new BatchClock(() -> wallMs, () -> monotonicNs);

    @Test
    void shouldFollowTheWallClock() {
        pass(1_500);
        assertEquals(START_MS + 1_500, clock.next(0));
        pass(1);
        assertEquals(START_MS + 1_501, clock.next(0));
        assertFalse(clock.isSlewing());
    }

    @Test
    void shouldNeverBeBeforeWhatIsJournaled() {
        assertEquals(START_MS + 40_000, clock.next(START_MS + 40_000));
        pass(1_000);
        assertEquals(START_MS + 40_000, clock.next(START_MS + 40_000));
        pass(60_000);
        assertEquals(START_MS + 61_000, clock.next(START_MS + 40_000));
    }

    @Test
    void shouldStandStillWhenTheWallClockIsSetBack() {
        pass(1_000);
        final long last = clock.next(0);
        wallMs -= 3_600_000;
        assertEquals(last, clock.next(last));
        pass(1_000);
        assertEquals(last, clock.next(last));
        wallMs = last + 7;
        assertEquals(last + 7, clock.next(last), "set right again within what it was before: no jump to slew");
    }

    @Test
    void shouldFollowASmallJumpAtOnce() {
        wallMs += BatchClock.MAX_JUMP_MS;
        assertEquals(START_MS + BatchClock.MAX_JUMP_MS, clock.next(0));
        assertEquals(0, clock.jumps());
    }

    @Test
    void shouldFollowALargeJumpAtTwiceItsSpeedAndCountItOnce() {
        wallMs += 60_000;
        assertEquals(START_MS, clock.next(0));
        assertTrue(clock.isSlewing());
        pass(1_000);
        assertEquals(START_MS + 2_000, clock.next(0));
        pass(30_000);
        assertEquals(START_MS + 62_000, clock.next(0));
        assertTrue(clock.isSlewing());
        pass(29_000);
        assertEquals(wallMs, clock.next(0), "caught up");
        assertFalse(clock.isSlewing());
        assertEquals(1, clock.jumps());
        pass(10);
        assertEquals(wallMs, clock.next(0));
    }

    @Test
    void shouldLoseNoTimeOverManyShortLooks() {
        wallMs += 20_000;
        for (int i = 0; i < 100_000; i++) {
            monotonicNs += 100_000; // 0.1 ms, the wall clock moves in whole ones
            if (i % 10 == 9) {
                wallMs++;
            }
            clock.next(0);
        }
        assertEquals(START_MS + 20_000, clock.next(0), "10 s at twice the speed");
    }

    @Test
    void shouldBelieveAClockThatIsSetRightAgain() {
        wallMs += 3_600_000;
        clock.next(0);
        pass(5_000);
        final long slewed = clock.next(0);
        assertEquals(START_MS + 10_000, slewed);
        wallMs -= 3_600_000;
        assertEquals(slewed, clock.next(slewed), "waits for the clock that is right again");
        assertFalse(clock.isSlewing());
        pass(6_000);
        assertEquals(START_MS + 11_000, clock.next(slewed));
    }

    private void pass(final long ms) {
        wallMs += ms;
        monotonicNs += ms * 1_000_000;
    }
}
