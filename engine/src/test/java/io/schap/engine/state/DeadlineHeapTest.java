package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.engine.command.ReservationStatus;
import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DeadlineHeapTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    private record Entry(long deadlineMs, long number, int slot) {}

    @Test
    void shouldGiveDeadlinesInOrderOfTimeAndThenNumber() {
        System.err.println("seed=" + SEED);
        final Random random = new Random(SEED);
        final ReservationTable reservations = new ReservationTable(new RowHash());
        final TreeSet<Entry> model =
                new TreeSet<>(Comparator.comparingLong(Entry::deadlineMs).thenComparingLong(Entry::number));
        for (int i = 0; i < 100_000; i++) {
            if (model.size() > 1_000 || !model.isEmpty() && random.nextInt(3) == 0) {
                final Entry any = random.nextBoolean() ? model.first() : oneOf(model, random);
                model.remove(any);
                reservations.open(any.slot);
                reservations.close(any.slot, ReservationStatus.RELEASED.ordinal(), any.deadlineMs, i);
            } else {
                final long deadlineMs = 1L + random.nextInt(50);
                final int slot = reservations.make(1, 0, 0, 0, new long[4]);
                reservations.setLine(slot, 0, 0, 1);
                reservations.close(slot, ReservationStatus.HELD.ordinal(), deadlineMs, i);
                model.add(new Entry(deadlineMs, reservations.number(slot), slot));
            }
            assertEquals(model.size(), reservations.deadlines().size());
            if (!model.isEmpty()) {
                assertEquals(model.first().slot, reservations.deadlines().firstSlot());
                assertEquals(model.first().deadlineMs, reservations.deadlines().firstDeadlineMs());
            }
        }
    }

    private static Entry oneOf(final TreeSet<Entry> model, final Random random) {
        final Entry found = model.ceiling(new Entry(1 + random.nextInt(50), 0, 0));
        return found == null ? model.first() : found;
    }
}
