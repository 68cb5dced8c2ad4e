package io.schap.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NaiveStockTest {

    private static final CellName CELL = new CellName("0001", "A");

    private final NaiveStock stock = new NaiveStock(Map.of(CELL, 5));

    @Test
    void shouldGrantWhatIsThere() {
        assertEquals(NaiveStock.NOT_SHORT, stock.play(line(5)));
        assertEquals(0, stock.onHand().get(CELL));
        assertEquals(1, stock.granted());
    }

    @Test
    void shouldRefuseMoreThanIsThereAndSayWhatIs() {
        assertEquals(NaiveStock.NOT_SHORT, stock.play(line(3)));
        assertEquals(2, stock.play(line(3)));
        assertEquals(2, stock.onHand().get(CELL));
        assertEquals(1, stock.refused());
    }

    @Test
    void shouldPromiseUnitsThatCameBack() {
        assertEquals(NaiveStock.NOT_SHORT, stock.play(line(-2)));
        assertEquals(NaiveStock.NOT_SHORT, stock.play(line(7)));
        assertEquals(1, stock.returned());
        assertEquals(0, stock.onHand().get(CELL));
    }

    @Test
    void shouldCountACellThatASideDoesNotKnowAsEmpty() {
        final CellName other = new CellName("0001", "B");
        final Map<CellName, Integer> found = new HashMap<>(Map.of(CELL, 5, other, 0));

        assertEquals(0, RetailRun.differences(Map.of(CELL, 5), found));
        assertEquals(0, RetailRun.differences(Map.of(CELL, 5, new CellName("0002", "A"), 0), found));
        found.put(other, 1);
        assertEquals(1, RetailRun.differences(Map.of(CELL, 5), found));
        assertEquals(2, RetailRun.differences(Map.of(CELL, 4), found));
        assertEquals(1, RetailRun.differences(Map.of(CELL, 5), Map.of()));
    }

    private static SaleLine line(final int quantity) {
        return new SaleLine(0, "1", CELL, "web", quantity, "7");
    }
}
