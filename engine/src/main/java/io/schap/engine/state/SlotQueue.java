package io.schap.engine.state;

/**
 * Slots in the order in which they were added, in pages that are used in a circle: what comes next lies side by side, so
 * that it can be read ahead without following a link from slot to slot. Writer only.
 */
final class SlotQueue {

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_SLOTS = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = PAGE_SLOTS - 1;

    private int[][] pages = new int[4][];
    private long head;
    private long tail;

    /** How many slots are in the queue. */
    int size() {
        return (int) (head - tail);
    }

    /** Adds a slot behind the last. */
    void add(final int slot) {
        if ((head & PAGE_MASK) == 0) {
            beginPage();
        }
        page(head)[(int) head & PAGE_MASK] = slot;
        head++;
    }

    /** Takes the first slot out; only when there is one. */
    int takeFirst() {
        final int slot = get(0);
        tail++;
        return slot;
    }

    /** The slot that {@code index} others are in front of. */
    int get(final int index) {
        return page(tail + index)[(int) (tail + index) & PAGE_MASK];
    }

    private int[] page(final long position) {
        return pages[(int) (position >>> PAGE_SHIFT) & pages.length - 1];
    }

    private void beginPage() {
        final long page = head >>> PAGE_SHIFT;
        final long first = tail >>> PAGE_SHIFT;
        if (page - first >= pages.length) {
            final int[][] larger = new int[pages.length * 2][];
            for (long i = first; i < page; i++) {
                larger[(int) i & larger.length - 1] = pages[(int) i & pages.length - 1];
            }
            pages = larger;
        }
        final int place = (int) page & pages.length - 1;
        if (pages[place] == null) {
            pages[place] = new int[PAGE_SLOTS];
        }
    }
}
