package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Release and acquire of the elements of arrays that hold pages, so that who sees a page sees it zeroed or filled. */
final class PageDirectory {

    private static final VarHandle LONG_PAGE = MethodHandles.arrayElementVarHandle(long[][].class);
    private static final VarHandle INT_PAGE = MethodHandles.arrayElementVarHandle(int[][].class);
    private static final VarHandle OBJECT = MethodHandles.arrayElementVarHandle(Object[].class);

    private PageDirectory() {}

    static void setRelease(final long[][] directory, final int index, final long[] page) {
        LONG_PAGE.setRelease(directory, index, page);
    }

    static long[] getAcquire(final long[][] directory, final int index) {
        return (long[]) LONG_PAGE.getAcquire(directory, index);
    }

    static void setRelease(final int[][] directory, final int index, final int[] page) {
        INT_PAGE.setRelease(directory, index, page);
    }

    static int[] getAcquire(final int[][] directory, final int index) {
        return (int[]) INT_PAGE.getAcquire(directory, index);
    }

    static void setRelease(final Object[] directory, final int index, final Object element) {
        OBJECT.setRelease(directory, index, element);
    }

    static Object getAcquire(final Object[] directory, final int index) {
        return OBJECT.getAcquire(directory, index);
    }
}
