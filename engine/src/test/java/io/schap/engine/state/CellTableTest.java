package io.schap.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CellTableTest {

    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    private final RowHash hash = new RowHash();
    private final CellTable cells = new CellTable(hash);

    @Test
    void shouldHoldWhatAMapHolds() {
        System.err.println("seed=" + SEED);
        final Random random = new Random(SEED);
        final Map<Integer, TreeMap<Integer, Long>> model = new TreeMap<>();
        for (int i = 0; i < 200_000; i++) {
            final int sku = random.nextInt(40) * random.nextInt(300);
            final int store = random.nextInt(10) == 0 ? random.nextInt(CellTable.MAX_STORES) : random.nextInt(300);
            final TreeMap<Integer, Long> ofSku = model.computeIfAbsent(sku, key -> new TreeMap<>());
            final long[] before = cells.runAcquire(sku);
            final int found = before == null ? CellTable.NONE : CellTable.find(before, store);
            assertEquals(ofSku.containsKey(store), found != CellTable.NONE);
            if (found == CellTable.NONE) {
                cells.make(sku, store);
            }
            final long[] run = cells.runAcquire(sku);
            final int cell = CellTable.find(run, store);
            assertEquals(ofSku.getOrDefault(store, 0L), CellTable.counters(run, cell));
            final long counters = Counters.of(random.nextInt(), random.nextInt());
            cells.setCounters(run, cell, sku, store, counters);
            ofSku.put(store, counters);
        }
        model.forEach(this::checkRun);
        assertEquals(model.values().stream().mapToLong(Map::size).sum(), cells.cellCount());
    }

    private void checkRun(final int sku, final TreeMap<Integer, Long> ofSku) {
        final long[] run = cells.runAcquire(sku);
        int at = CellTable.nextStore(run, -1);
        for (final Map.Entry<Integer, Long> entry : ofSku.entrySet()) {
            assertEquals(entry.getKey(), at);
            assertEquals(entry.getValue(), CellTable.counters(run, CellTable.find(run, at)));
            at = CellTable.nextStore(run, at);
        }
        assertEquals(CellTable.NONE, at);
    }

    @Test
    void shouldGoBackToTheHashOfNothingWhenEveryRowIsAtItsDefault() {
        cells.make(3, 4);
        assertEquals(0, hash.sum());
        final long[] run = cells.runAcquire(3);
        final int cell = CellTable.find(run, 4);
        cells.setCounters(run, cell, 3, 4, Counters.of(5, 1));
        final long one = hash.sum();
        assertTrue(one != 0);
        cells.setPolicy(run, cell, 3, 4, Policies.withSafetyStock(Policies.NONE, 2));
        assertTrue(one != hash.sum());
        assertEquals(2, Policies.safetyStock(cells.policyOf(CellTable.tailAcquire(run, cell))));
        assertEquals(2, (int) CellTable.tailAcquire(run, cell));
        hash.remove(RowHash.cell(3, 4, Counters.of(5, 1), 2, Policies.withSafetyStock(Policies.NONE, 2)));
        assertEquals(0, hash.sum());
    }

    @Test
    void shouldCostAtMostTwentyFourBytesACell() {
        final int stores = 200;
        final int skus = 500;
        for (int store = 0; store < stores; store++) {
            for (int sku = 0; sku < skus; sku++) {
                cells.make(sku, store);
            }
        }
        long words = 0;
        for (int sku = 0; sku < skus; sku++) {
            words += cells.runAcquire(sku).length;
        }
        final double bytes = (words * 8.0 + skus * 20.0) / (stores * skus);
        assertTrue(bytes <= 24, "bytes a cell: " + bytes);
    }
}
