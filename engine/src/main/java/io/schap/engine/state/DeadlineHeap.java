package io.schap.engine.state;

/**
 * Live reservations with a deadline, in order of (deadline, number): a 4-ary heap (Johnson, "Priority queues with update",
 * 1975) in pages. A reservation knows its place, so that it is taken out of the middle without a search: three of four
 * places are leaves, where that costs next to nothing. The order is total, so what comes first never depends on how the
 * heap lies. An entry holds what it is ordered by, so that ordering touches no record.
 *
 * <pre>
 *  entry i, two words, 2(i+3) and the next; its children are 4i+1 to 4i+4, which never lie across pages
 *  63                          20 19            0     63                  32 31                0
 * +------------------------------+---------------+   +----------------------+------------------+
 * | deadline, ms (44)            | number, high  |   | number, low          | slot             |
 * +------------------------------+---------------+   +----------------------+------------------+
 * </pre>
 */
final class DeadlineHeap {

    /** The place of what is in no heap. */
    static final int NOWHERE = -1;

    /** Entries below one. */
    static final int CHILDREN = 4;

    private static final int NUMBER_HIGH_BITS = 20;
    private static final int LEADING = CHILDREN - 1;

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
        return entries.get(index(place)) >>> NUMBER_HIGH_BITS;
    }

    int slotAt(final int place) {
        return (int) entries.get(index(place) + 1);
    }

    /** Reads the entry above a place and the first one below it. */
    long readAround(final int place) {
        final int child = place * CHILDREN + 1;
        return (place > 0 ? deadlineAt((place - 1) / CHILDREN) : 0) + (child < size ? deadlineAt(child) : 0);
    }

    /** Adds a reservation: its deadline in ms below 2^43, its number below 2^52. */
    void add(final long deadlineMs, final long number, final int slot) {
        entries.ensure(index(size + 1));
        final long order = deadlineMs << NUMBER_HIGH_BITS | number >>> 32;
        final long rest = number << 32 | slot;
        final int place = size++;
        if (!up(place, order, rest)) {
            put(place, order, rest);
        }
    }

    void remove(final int place) {
        size--;
        if (place == size) {
            return;
        }
        final long last = index(size);
        final long order = entries.get(last);
        final long rest = entries.get(last + 1);
        if (!up(place, order, rest)) {
            down(place, order, rest);
        }
    }

    /** Puts an entry at a place or above it; false, and nothing done, where it does not belong above it. */
    private boolean up(final int from, final long order, final long rest) {
        int place = from;
        while (place > 0) {
            final int parent = (place - 1) / CHILDREN;
            final long[] page = entries.page(index(parent));
            final int at = entries.place(index(parent));
            if (!isBefore(order, rest, page[at], page[at + 1])) {
                break;
            }
            put(place, page[at], page[at + 1]);
            place = parent;
        }
        if (place == from) {
            return false;
        }
        put(place, order, rest);
        return true;
    }

    private void down(final int from, final long order, final long rest) {
        int place = from;
        for (int first = place * CHILDREN + 1; first < size; first = place * CHILDREN + 1) {
            final long[] page = entries.page(index(first));
            final int at = entries.place(index(first));
            final int least =
                    at + 2 * (first + CHILDREN <= size ? leastOfFour(page, at) : leastOf(size - first, page, at));
            if (isBefore(order, rest, page[least], page[least + 1])) {
                break;
            }
            put(place, page[least], page[least + 1]);
            place = first + (least - at) / 2;
        }
        put(place, order, rest);
    }

    private static int leastOf(final int count, final long[] page, final int at) {
        int least = 0;
        for (int child = 1; child < count; child++) {
            final int other = at + 2 * child;
            if (isBefore(page[other], page[other + 1], page[at + 2 * least], page[at + 2 * least + 1])) {
                least = child;
            }
        }
        return least;
    }

    /** Which of four is least comes out as good as random, and a wrong guess of a branch costs more than all of this. */
    private static int leastOfFour(final long[] page, final int at) {
        final long second = beforeMask(page[at + 2], page[at + 3], page[at], page[at + 1]);
        final long fourth = beforeMask(page[at + 6], page[at + 7], page[at + 4], page[at + 5]);
        final long upperOrder = page[at] ^ (page[at] ^ page[at + 2]) & second;
        final long upperRest = page[at + 1] ^ (page[at + 1] ^ page[at + 3]) & second;
        final long lowerOrder = page[at + 4] ^ (page[at + 4] ^ page[at + 6]) & fourth;
        final long lowerRest = page[at + 5] ^ (page[at + 5] ^ page[at + 7]) & fourth;
        final long lower = beforeMask(lowerOrder, lowerRest, upperOrder, upperRest);
        return (int) (second & 1 & ~lower | (2 | fourth & 1) & lower);
    }

    /** All ones where the first entry is before the second, else 0; both halves are compared without a branch. */
    private static long beforeMask(final long order, final long rest, final long otherOrder, final long otherRest) {
        final long differs = order ^ otherOrder;
        final long isSame = ~((differs | -differs) >> 63);
        return order - otherOrder >> 63 | isSame & (rest >>> 1) - (otherRest >>> 1) >> 63;
    }

    private static boolean isBefore(final long order, final long rest, final long otherOrder, final long otherRest) {
        return order != otherOrder ? order < otherOrder : Long.compareUnsigned(rest, otherRest) < 0;
    }

    private void put(final int place, final long order, final long rest) {
        final long index = index(place);
        final long[] page = entries.page(index);
        final int at = entries.place(index);
        page[at] = order;
        page[at + 1] = rest;
        reservations.setHeapPlace((int) rest, place);
    }

    private static long index(final int place) {
        return 2L * (place + LEADING);
    }
}
