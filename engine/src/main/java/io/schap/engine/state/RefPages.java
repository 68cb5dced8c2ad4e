package io.schap.engine.state;

import java.util.Arrays;

/**
 * A list of immutable rows that grows by pages. One thread writes; any thread reads with acquire.
 *
 * @param <T> the rows.
 */
final class RefPages<T> {

    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;

    private volatile Object[][] pages = new Object[4][];

    /** Sets a row, making its page where needed. Writer only. */
    void set(final int index, final T row) {
        final int page = index >>> SHIFT;
        Object[][] seen = pages;
        if (page >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(page + 1, seen.length * 2));
        }
        if (seen[page] == null) {
            seen[page] = new Object[MASK + 1];
        }
        PageDirectory.setRelease(seen[page], index & MASK, row);
        pages = seen;
    }

    /** A row, or null where none is set. Any thread. */
    @SuppressWarnings("unchecked")
    T get(final int index) {
        final Object[][] seen = pages;
        final int page = index >>> SHIFT;
        if (index < 0 || page >= seen.length || seen[page] == null) {
            return null;
        }
        return (T) PageDirectory.getAcquire(seen[page], index & MASK);
    }
}
