package io.schap.engine.state;

/**
 * Live reservations with a deadline, in order of (deadline, number): a 4-ary heap (Johnson, "Priority queues with update",
 * 1975) in pages. A reservation knows its place, so that it is taken out of the middle without a search: three of four
 * places are leaves, where that costs next to nothing. The order is total, so what comes first never depends on how the
 * heap lies.
 *
 * <pre>
 *  entry i: words 2i (deadline, ms) and 2i+1 (slot of the reservation); its children are 4i+1 to 4i+4
 * </pre>
 */
final class DeadlineHeap {

    /** The place of what is in no heap. */
    static final int NOWHERE = -1;

    private static final int CHILDREN = 4;

    private final LongPages entries = new LongPages(13);
    private final ReservationTable reservations;
    private int size;

    DeadlineHeap(final ReservationTable reservations) {
        this.reservations = reservations;
    }

    int size() {
        return size;
    }

    /** The earliest deadline, in ms; {@link Long#MAX_VALUE} when empty. */
    long firstDeadlineMs() {
        return size == 0 ? Long.MAX_VALUE : entries.get(0);
    }

    /** The slot of the first reservation; only when not empty. */
    int firstSlot() {
        return (int) entries.get(1);
    }

    long deadlineAt(final int place) {
        return entries.get(2L * place);
    }

    int slotAt(final int place) {
        return (int) entries.get(2L * place + 1);
    }

    void add(final long deadlineMs, final int slot) {
        entries.ensure(2L * (size + 1));
        up(size++, deadlineMs, slot);
    }

    void remove(final int place) {
        size--;
        if (place == size) {
            return;
        }
        final long deadlineMs = deadlineAt(size);
        final int slot = slotAt(size);
        if (place > 0 && isBefore(deadlineMs, slot, (place - 1) / CHILDREN)) {
            up(place, deadlineMs, slot);
        } else {
            down(place, deadlineMs, slot);
        }
    }

    private void up(final int from, final long deadlineMs, final int slot) {
        int place = from;
        while (place > 0) {
            final int parent = (place - 1) / CHILDREN;
            if (!isBefore(deadlineMs, slot, parent)) {
                break;
            }
            put(place, deadlineAt(parent), slotAt(parent));
            place = parent;
        }
        put(place, deadlineMs, slot);
    }

    private void down(final int from, final long deadlineMs, final int slot) {
        int place = from;
        while (true) {
            final int first = place * CHILDREN + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int child = first + 1; child < Math.min(first + CHILDREN, size); child++) {
                if (isBefore(deadlineAt(child), slotAt(child), least)) {
                    least = child;
                }
            }
            if (isBefore(deadlineMs, slot, least)) {
                break;
            }
            put(place, deadlineAt(least), slotAt(least));
            place = least;
        }
        put(place, deadlineMs, slot);
    }

    private boolean isBefore(final long deadlineMs, final int slot, final int place) {
        final long other = deadlineAt(place);
        return deadlineMs != other
                ? deadlineMs < other
                : reservations.number(slot) < reservations.number(slotAt(place));
    }

    private void put(final int place, final long deadlineMs, final int slot) {
        final long index = 2L * place;
        final long[] page = entries.page(index);
        final int at = entries.place(index);
        page[at] = deadlineMs;
        page[at + 1] = slot;
        reservations.setHeapPlace(slot, place);
    }
}
