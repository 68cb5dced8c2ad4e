package io.schap.engine.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.state.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Movements that are remembered, and those that no longer are. */
@Timeout(60)
final class MovedCellsTest {

    private static final int CAPACITY = 4_096;

    private long nowMs = 1_000;
    private final MovedCells moved = new MovedCells(CAPACITY, () -> nowMs);

    private void move(final int store, final int sku) {
        moved.cellChanged(store, sku, Counters.of(1, 0), Counters.of(2, 0), 1);
    }

    private List<String> read() {
        final List<String> movements = new ArrayList<>();
        moved.read(moved.oldest(), (timeMs, store, sku) -> movements.add(timeMs + ":" + store + "/" + sku));
        return movements;
    }

    @Test
    void shouldRememberWhichCellMovedAndWhen() {
        move(3, 70_000);
        nowMs = 2_000;
        move(65_534, 7);
        assertEquals(List.of("1000:3/70000", "2000:65534/7"), read());
        assertTrue(moved.remembers(Long.MIN_VALUE + 1));
    }

    @Test
    void shouldTakeNoReservationForAMovement() {
        moved.cellChanged(1, 1, Counters.of(5, 0), Counters.of(5, 2), 1);
        assertEquals(List.of(), read());
        moved.cellChanged(1, 1, Counters.of(5, 2), Counters.of(3, 0), 2);
        assertEquals(1, read().size());
    }

    @Test
    void shouldSayFromWhenOnItRemembersEverything() {
        for (int i = 0; i < CAPACITY; i++) {
            nowMs = 1_000L + i;
            move(1, i);
        }
        assertEquals(CAPACITY, read().size());
        assertTrue(moved.remembers(1_000));
        nowMs = 9_000;
        move(1, 0);
        assertFalse(moved.remembers(1_000));
        assertTrue(moved.remembers(1_001));
        assertEquals("1001:1/1", read().get(0));
        assertEquals("9000:1/0", read().get(CAPACITY - 1));
        assertEquals(MovedCells.LOST, moved.read(0, (timeMs, store, sku) -> {}));
    }

    @Test
    void shouldShowNoMovementThatIsHalfWritten() throws InterruptedException {
        final AtomicBoolean over = new AtomicBoolean();
        final Thread writer = new Thread(() -> {
            for (int i = 1; i <= 3_000_000; i++) {
                nowMs = i;
                move(i, i);
            }
            over.set(true);
        });
        writer.start();
        long from = 0;
        long seen = 0;
        while (!over.get() || from != moved.read(from, (timeMs, store, sku) -> {})) {
            final long next = moved.read(from, (timeMs, store, sku) -> {
                if (timeMs != store || store != sku) {
                    throw new AssertionError("torn: time=" + timeMs + ", store=" + store + ", sku=" + sku);
                }
            });
            seen += next == MovedCells.LOST ? 0 : next - from;
            from = next == MovedCells.LOST ? moved.oldest() : next;
        }
        writer.join();
        assertTrue(seen > 0, "nothing was seen");
    }

    @Test
    void shouldRefuseASizeThatIsNoPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new MovedCells(5_000, () -> 0));
        assertThrows(IllegalArgumentException.class, () -> new MovedCells(2_048, () -> 0));
    }
}
