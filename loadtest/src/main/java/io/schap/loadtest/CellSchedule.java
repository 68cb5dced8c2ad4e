package io.schap.loadtest;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Hands out lines in file order, those of one cell one after another: a line waits until the one before it in its cell
 * is done, and others pass it meanwhile. For one thread.
 */
final class CellSchedule {

    private final List<SaleLine> lines;
    private final Set<CellName> busy = new HashSet<>();
    private final Map<CellName, Queue<SaleLine>> waiting = new HashMap<>();
    private final Queue<SaleLine> ready = new ArrayDeque<>();
    private int cursor;
    private int done;

    CellSchedule(final List<SaleLine> lines) {
        this.lines = lines;
    }

    /** The next line that may start now, or null when all that is left waits for a line under way. */
    SaleLine next() {
        if (!ready.isEmpty()) {
            return ready.remove();
        }
        while (cursor < lines.size()) {
            final SaleLine line = lines.get(cursor++);
            if (busy.add(line.cell())) {
                return line;
            }
            waiting.computeIfAbsent(line.cell(), cell -> new ArrayDeque<>()).add(line);
        }
        return null;
    }

    /** Says that a line is done, and lets the next one of its cell start. */
    void finish(final SaleLine line) {
        done++;
        final Queue<SaleLine> behind = waiting.get(line.cell());
        if (behind == null) {
            busy.remove(line.cell());
            return;
        }
        ready.add(behind.remove());
        if (behind.isEmpty()) {
            waiting.remove(line.cell());
        }
    }

    /** Lines that are done. */
    int done() {
        return done;
    }

    /** Whether every line is done. */
    boolean isFinished() {
        return done == lines.size();
    }
}
