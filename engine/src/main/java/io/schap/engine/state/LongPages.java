package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A long array that grows by pages and never moves one: only the small directory of pages is replaced. One thread writes;
 * any thread reads, by the methods that say so.
 */
final class LongPages {

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle DIRECTORY;

    static {
        try {
            DIRECTORY = MethodHandles.lookup().findVarHandle(LongPages.class, "pages", long[][].class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int shift;
    private final int mask;
    private long[][] pages = new long[4][];
    private int pageCount;

    /** Pages of {@code 1 << shift} words. */
    LongPages(final int shift) {
        this.shift = shift;
        this.mask = (1 << shift) - 1;
    }

    /** Makes all words below {@code words} exist; new ones are 0. Writer only. */
    void ensure(final long words) {
        while ((long) pageCount << shift < words) {
            if (pageCount == pages.length) {
                DIRECTORY.setRelease(this, Arrays.copyOf(pages, pageCount * 2));
            }
            final long[] page = new long[1 << shift];
            PageDirectory.setRelease(pages, pageCount, page);
            pageCount++;
        }
    }

    /** How many words exist. Writer only. */
    long capacity() {
        return (long) pageCount << shift;
    }

    /** The page that holds a word that exists. Writer only. */
    long[] page(final long index) {
        return pages[(int) (index >>> shift)];
    }

    /** The place of a word in its page. */
    int place(final long index) {
        return (int) index & mask;
    }

    /** The page that holds a word, or null where none was seen yet. Any thread. */
    long[] pageAcquire(final long index) {
        final long[][] seen = (long[][]) DIRECTORY.getAcquire(this);
        final long page = index >>> shift;
        return page < seen.length ? PageDirectory.getAcquire(seen, (int) page) : null;
    }

    /** A word that exists. Writer only. */
    long get(final long index) {
        return pages[(int) (index >>> shift)][(int) index & mask];
    }

    /** Sets a word that exists, for the writer's own use. */
    void set(final long index, final long value) {
        pages[(int) (index >>> shift)][(int) index & mask] = value;
    }

    /** Sets a word that exists; pairs with {@link #getAcquire}. Writer only. */
    void setRelease(final long index, final long value) {
        WORD.setRelease(pages[(int) (index >>> shift)], (int) index & mask, value);
    }

    /** A word, 0 where its page was not seen yet; pairs with {@link #setRelease}. Any thread. */
    long getAcquire(final long index) {
        final long[] page = pageAcquire(index);
        return page == null ? 0 : (long) WORD.getAcquire(page, (int) index & mask);
    }
}
