package io.schap.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CellScheduleTest {

    @Test
    void shouldHandOutLinesOfDifferentCellsInFileOrder() {
        final List<SaleLine> lines = lines("A", "B", "C");
        final CellSchedule schedule = new CellSchedule(lines);

        assertSame(lines.get(0), schedule.next());
        assertSame(lines.get(1), schedule.next());
        assertSame(lines.get(2), schedule.next());
        assertNull(schedule.next());
        assertFalse(schedule.isFinished());
    }

    @Test
    void shouldHoldALineBackUntilTheOneBeforeItInItsCellIsDone() {
        final List<SaleLine> lines = lines("A", "A", "B", "A");
        final CellSchedule schedule = new CellSchedule(lines);

        assertSame(lines.get(0), schedule.next());
        assertSame(lines.get(2), schedule.next());
        assertNull(schedule.next());
        schedule.finish(lines.get(0));
        assertSame(lines.get(1), schedule.next());
        assertNull(schedule.next());
        schedule.finish(lines.get(1));
        assertSame(lines.get(3), schedule.next());
    }

    @Test
    void shouldBeFinishedWhenEveryLineIsDone() {
        final List<SaleLine> lines = lines("A", "A");
        final CellSchedule schedule = new CellSchedule(lines);

        schedule.finish(schedule.next());
        assertFalse(schedule.isFinished());
        schedule.finish(schedule.next());
        assertTrue(schedule.isFinished());
        assertNull(schedule.next());
        assertTrue(new CellSchedule(List.of()).isFinished());
    }

    @Test
    void shouldKeepTheOrderOfEveryCellWhateverFinishesFirst() {
        final long seed = seed();
        final Random random = new Random(seed);
        final String[] cells = new String[5_000];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = "C" + random.nextInt(40);
        }
        final CellSchedule schedule = new CellSchedule(lines(cells));
        final List<SaleLine> underWay = new ArrayList<>();
        final Map<CellName, Integer> lastOfCell = new HashMap<>();
        while (!schedule.isFinished()) {
            final SaleLine line = underWay.size() < 16 ? schedule.next() : null;
            if (line != null) {
                final Integer before = lastOfCell.put(line.cell(), line.number());
                assertTrue(before == null || before < line.number(), () -> "seed=" + seed + ", line=" + line);
                assertTrue(
                        underWay.stream().noneMatch(other -> other.cell().equals(line.cell())),
                        () -> "seed=" + seed + ", line=" + line);
                underWay.add(line);
            } else {
                schedule.finish(underWay.remove(random.nextInt(underWay.size())));
            }
        }
        assertEquals(cells.length, schedule.done());
    }

    private static long seed() {
        final String given = System.getProperty("seed", "");
        return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
    }

    private static List<SaleLine> lines(final String... skus) {
        final List<SaleLine> lines = new ArrayList<>();
        for (final String sku : skus) {
            lines.add(new SaleLine(lines.size(), "1", new CellName("0001", sku), "web", 1, "7"));
        }
        return lines;
    }
}
