package io.schap.gateway.imports;

import io.schap.engine.command.ResultCode;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.MovedCells;
import io.schap.engine.view.StockView;
import org.agrona.collections.LongHashSet;

/**
 * Leaves the cells alone that moved since a stock file was taken. A count is of units that are there, so a cell moves when
 * its units on hand change; a reservation moves nothing.
 *
 * <pre>
 *   1. read the units on hand of a row's cell                            expected
 *   2. wait until all that this reading can show is published            (a batch, some microseconds)
 *   3. read which cells moved at or after the time                       moved? then the row is to be refused
 *   4. send the count with what was read as the units it expects         moved since 1? then the ledger refuses it
 * </pre>
 *
 * <p>So it is the journal's order that decides, and no movement falls between the looking and the counting. Units that
 * went and came back between 1 and 4 leave the number as it was, and the count right. What is decided is journaled with
 * the part, and is the same when the upload is sent again. For one thread.
 */
final class TakenAt {

    private static final long SPIN_NS = 100_000;

    private final StockView view;
    private final MovedCells moved;
    private final long takenAtMs;
    private final LongHashSet cells = new LongHashSet();
    private final CellReading cell = new CellReading();
    private long next;
    private boolean forgotten;

    TakenAt(final StockView view, final MovedCells moved, final long takenAtMs) {
        this.view = view;
        this.moved = moved;
        this.takenAtMs = takenAtMs;
        next = moved.oldest();
        forgotten = !moved.remembers(takenAtMs);
    }

    /**
     * Decides about the rows of a part, just before it is sent.
     *
     * @return false when that cannot be said just now: ask again.
     */
    boolean judge(final Part part) {
        for (int i = 0; i < part.rows().size(); i++) {
            final RowContent row = part.rows().get(i).wanted();
            final int store = row == null ? -1 : view.storeIndex(row.store());
            final int sku = row == null ? -1 : view.skuIndex(row.sku());
            if (store >= 0 && sku >= 0) {
                view.readCell(store, sku, cell);
                part.expect(i, cell.onHand());
            }
        }
        if (!isSettled(moved.applying())) {
            return false;
        }
        catchUp();
        for (int i = 0; i < part.rows().size(); i++) {
            final RowContent row = part.rows().get(i).wanted();
            part.result(i, row != null && hasMoved(row) ? ResultCode.COUNT_CONFLICT : null);
        }
        return true;
    }

    /** Whether the cell of a row has moved, as far as is known since {@link #catchUp}. */
    boolean hasMoved(final RowContent row) {
        final int store = view.storeIndex(row.store());
        final int sku = view.skuIndex(row.sku());
        return store >= 0 && sku >= 0 && (forgotten || cells.contains(key(store, sku)));
    }

    /** Learns what has moved by now. What was overwritten before it was read might be any cell: then all count as moved. */
    void catchUp() {
        long reached = moved.read(next, this::add);
        while (reached == MovedCells.LOST) {
            reached = moved.read(moved.oldest(), this::add);
            forgotten |= !moved.remembers(takenAtMs);
        }
        next = reached;
    }

    private void add(final long timeMs, final int store, final int sku) {
        if (timeMs >= takenAtMs) {
            cells.add(key(store, sku));
        }
    }

    private boolean isSettled(final long sequence) {
        final long startNs = System.nanoTime();
        while (view.sequence() < sequence) {
            if (System.nanoTime() - startNs > SPIN_NS) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private static long key(final int store, final int sku) {
        return (long) store << 32 | sku;
    }
}
