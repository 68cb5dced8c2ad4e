package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.view.StockView;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The cells of a file's stores that it does not name, as parts that count them to zero. A part is of one store and of one
 * block of SKUs, by their indexes, which never change: so an upload that is sent again asks for the same parts, whatever
 * was sold or made in between, and each cell is set to zero once. For that reason cells that are at zero already stand in
 * them too. The fingerprint of each is that of the whole file. Behind them all goes a part that says so: once the ledger remembers
 * it, the parts come from memory only, and a cell that came to exist since is left as it is.
 */
final class AbsentCells {

    private static final int BLOCK = Limits.MAX_ROWS_PER_COMMAND;

    private final StockView view;
    private final FileCells cells;
    private final RowChain file;
    private final ArrayDeque<Part> found = new ArrayDeque<>();
    private int block;

    AbsentCells(final StockView view, final FileCells cells, final RowChain file) {
        this.view = view;
        this.cells = cells;
        this.file = file;
    }

    /** The next part, null behind the last. */
    Part next() {
        while (found.isEmpty() && block * BLOCK < view.skuCount()) {
            search();
            block++;
        }
        return found.poll();
    }

    private void search() {
        final Map<Integer, Part> parts = new TreeMap<>();
        final int end = Math.min(view.skuCount(), (block + 1) * BLOCK);
        for (int sku = block * BLOCK; sku < end; sku++) {
            int store = view.nextStoreOfSku(sku, -1);
            while (store >= 0) {
                if (cells.isAbsent(store, sku)) {
                    parts.computeIfAbsent(store, this::part).add(row(view, store, sku));
                }
                store = view.nextStoreOfSku(sku, store);
            }
        }
        found.addAll(parts.values());
    }

    private Part part(final int store) {
        final Part part = Part.ofAbsent(view.store(store).code() + '\0' + block);
        part.seal(file);
        return part;
    }

    /** The row that counts a cell to zero. */
    static Part.Row row(final StockView view, final int store, final int sku) {
        return new Part.Row(
                0,
                new RowContent.Movement(
                        MovementType.COUNT,
                        view.store(store).code(),
                        view.sku(sku).code(),
                        0,
                        null,
                        0,
                        0,
                        RowContent.Texts.NONE),
                null);
    }
}
