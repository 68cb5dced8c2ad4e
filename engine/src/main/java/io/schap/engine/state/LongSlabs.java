package io.schap.engine.state;

/**
 * Small runs of words, of 4 to 512 each, in pages by size class; freed ones are used again. A reference is 4 bits of size
 * class and 28 bits of place; 0 refers to nothing. Pages are never given back, so a reader that holds a stale reference
 * reads words that exist, and finds out by its row's version that they are another's.
 */
final class LongSlabs {

    /** Refers to nothing. */
    static final int NOTHING = 0;

    private static final int SMALLEST = 2;
    private static final int LARGEST = 9;
    private static final int PAGE_SHIFT = 12;
    private static final int PLACE_BITS = 28;
    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

    private final LongPages[] classes = new LongPages[LARGEST + 1];
    private final int[] used = new int[LARGEST + 1];
    private final int[] free = new int[LARGEST + 1];

    LongSlabs() {
        for (int i = SMALLEST; i <= LARGEST; i++) {
            classes[i] = new LongPages(PAGE_SHIFT);
            used[i] = 1;
        }
    }

    /** A run of at least {@code words} words, 1 to 512, with any content. Writer only. */
    int take(final int words) {
        final int size = Math.max(SMALLEST, 32 - Integer.numberOfLeadingZeros(words - 1));
        final LongPages pages = classes[size];
        int place = free[size];
        if (place != 0) {
            free[size] = (int) pages.get((long) place << size);
        } else {
            place = used[size]++;
            pages.ensure((long) used[size] << size);
        }
        return size << PLACE_BITS | place;
    }

    /** Gives a run back. Writer only. */
    void giveBack(final int reference) {
        final int size = reference >>> PLACE_BITS;
        final int place = reference & PLACE_MASK;
        classes[size].set((long) place << size, free[size]);
        free[size] = place;
    }

    /** The page that a run lies in. Writer only. */
    long[] page(final int reference) {
        final int size = reference >>> PLACE_BITS;
        return classes[size].page((long) (reference & PLACE_MASK) << size);
    }

    /** The same for any thread, with any reference it may have seen; null where there is no such page. */
    long[] pageAcquire(final int reference) {
        final int size = reference >>> PLACE_BITS;
        return size < SMALLEST || size > LARGEST
                ? null
                : classes[size].pageAcquire((long) (reference & PLACE_MASK) << size);
    }

    /** The place of a run's first word in its page. */
    static int place(final int reference) {
        final int size = reference >>> PLACE_BITS;
        return (int) ((long) (reference & PLACE_MASK) << size) & (1 << PAGE_SHIFT) - 1;
    }

    /** Runs given out and not given back, by counting; for checks. */
    long taken() {
        long taken = 0;
        for (int i = SMALLEST; i <= LARGEST; i++) {
            taken += used[i] - 1;
            for (int place = free[i]; place != 0; place = (int) classes[i].get((long) place << i)) {
                taken--;
            }
        }
        return taken;
    }
}
