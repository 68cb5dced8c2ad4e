package io.schap.engine.state;

/**
 * Live reservations with a deadline, in order of (deadline, number): a 4-ary heap (Johnson, "Priority queues with update",
 * 1975) in pages. A reservation knows its place, so that it is taken out of the middle without a search: three of four
 * places are leaves, where that costs next to nothing. The order is total, so what comes first never depends on how the
 * heap lies. An entry holds what it is ordered by, so that ordering touches no record.
 *
 * <pre>
 *  entry i, two words; its children are 4i+1 to 4i+4
 *  63                          20 19            0     63                  32 31                0
 * +------------------------------+---------------+   +----------------------+------------------+
 * | deadline, ms (44)            | number, high  |   | number, low          | slot             |
 * +------------------------------+---------------+   +----------------------+------------------+
 * </pre>
 */
final class DeadlineHeap {

    /** The place of what is in no heap. */
    static final int NOWHERE = -1;

    private static final int CHILDREN = 4;
    private static final int NUMBER_HIGH_BITS = 20;

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
        return size == 0 ? Long.MAX_VALUE : deadlineAt(0);
    }

    /** The slot of the first reservation; only when not empty. */
    int firstSlot() {
        return slotAt(0);
    }

    long deadlineAt(final int place) {
        return entries.get(2L * place) >>> NUMBER_HIGH_BITS;
    }

    int slotAt(final int place) {
        return (int) entries.get(2L * place + 1);
    }

    /** Reads the entry above a place and the first one below it. */
    long readAround(final int place) {
        final int child = place * CHILDREN + 1;
        return (place > 0 ? deadlineAt((place - 1) / CHILDREN) : 0) + (child < size ? deadlineAt(child) : 0);
    }

    /** Adds a reservation: its deadline in ms below 2^44, its number below 2^52. */
    void add(final long deadlineMs, final long number, final int slot) {
        entries.ensure(2L * (size + 1));
        up(size++, deadlineMs << NUMBER_HIGH_BITS | number >>> 32, number << 32 | slot);
    }

    void remove(final int place) {
        size--;
        if (place == size) {
            return;
        }
        final long order = entries.get(2L * size);
        final long rest = entries.get(2L * size + 1);
        if (place > 0 && isBefore(order, rest, (place - 1) / CHILDREN)) {
            up(place, order, rest);
        } else {
            down(place, order, rest);
        }
    }

    private void up(final int from, final long order, final long rest) {
        int place = from;
        while (place > 0) {
            final int parent = (place - 1) / CHILDREN;
            if (!isBefore(order, rest, parent)) {
                break;
            }
            put(place, entries.get(2L * parent), entries.get(2L * parent + 1));
            place = parent;
        }
        put(place, order, rest);
    }

    private void down(final int from, final long order, final long rest) {
        int place = from;
        while (true) {
            final int first = place * CHILDREN + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int child = first + 1; child < Math.min(first + CHILDREN, size); child++) {
                if (isBefore(entries.get(2L * child), entries.get(2L * child + 1), least)) {
                    least = child;
                }
            }
            if (isBefore(order, rest, least)) {
                break;
            }
            put(place, entries.get(2L * least), entries.get(2L * least + 1));
            place = least;
        }
        put(place, order, rest);
    }

    private boolean isBefore(final long order, final long rest, final int place) {
        final long other = entries.get(2L * place);
        return order != other ? order < other : Long.compareUnsigned(rest, entries.get(2L * place + 1)) < 0;
    }

    private void put(final int place, final long order, final long rest) {
        final long index = 2L * place;
        final long[] page = entries.page(index);
        final int at = entries.place(index);
        page[at] = order;
        page[at + 1] = rest;
        reservations.setHeapPlace((int) rest, place);
    }
}
