package io.schap.loadtest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the server ought to say, by a map and subtraction. A line that is granted is handed over before the next line of
 * its cell, so nothing stays reserved and what can be promised is what is on hand.
 */
final class NaiveStock {

    /** Says of a line that it was granted, or that it is a return: there was no shortage. */
    static final int NOT_SHORT = -1;

    private final Map<CellName, Integer> onHand;
    private int granted;
    private int refused;
    private int returned;

    NaiveStock(final Map<CellName, Integer> opening) {
        onHand = new HashMap<>(opening);
    }

    /**
     * Plays one line.
     *
     * @return {@link #NOT_SHORT}, or the units that were available when the line asked for more.
     */
    int play(final SaleLine line) {
        final int units = onHand.getOrDefault(line.cell(), 0);
        final int available = Math.max(0, units);
        if (line.isReturn()) {
            returned++;
        } else if (line.quantity() > available) {
            refused++;
            return available;
        } else {
            granted++;
        }
        onHand.put(line.cell(), units - line.quantity());
        return NOT_SHORT;
    }

    /** Plays all lines in order; the result holds for each what {@link #play} said of it. */
    int[] playAll(final List<SaleLine> lines) {
        return lines.stream().mapToInt(this::play).toArray();
    }

    /** Units on hand of every cell that has, or had, any. */
    Map<CellName, Integer> onHand() {
        return onHand;
    }

    int granted() {
        return granted;
    }

    int refused() {
        return refused;
    }

    int returned() {
        return returned;
    }
}
