package io.schap.gateway.watch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * How often a route was answered, by method and status. One event loop writes, with opaque stores and no locked instruction;
 * any thread reads.
 */
public final class RouteCounts {

    static final String[] METHODS = {"GET", "POST", "PUT", "PATCH", "OPTIONS", "other"};
    static final int[] STATUSES = {
        200, 201, 204, 304, 308, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 507, 0
    };

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final byte[] SLOT_OF_STATUS = slots();

    private final long[] counts = new long[METHODS.length * STATUSES.length];

    RouteCounts() {}

    private static byte[] slots() {
        final byte[] slots = new byte[600];
        Arrays.fill(slots, (byte) (STATUSES.length - 1));
        for (int slot = 0; slot < STATUSES.length - 1; slot++) {
            slots[STATUSES[slot]] = (byte) slot;
        }
        return slots;
    }

    /**
     * Where an answer is counted; for a caller that counts the same answer again and again.
     *
     * @param method of the request, in capitals.
     * @param status of the answer, 100 to 599.
     * @return for {@link #add}.
     */
    public static int slot(final String method, final int status) {
        int row = METHODS.length - 1;
        for (int i = 0; i < row; i++) {
            if (METHODS[i].equals(method)) {
                row = i;
            }
        }
        return row * STATUSES.length + SLOT_OF_STATUS[status];
    }

    /**
     * Counts answers, on the event loop.
     *
     * @param slot  from {@link #slot}.
     * @param count how many.
     */
    public void add(final int slot, final long count) {
        COUNTS.setOpaque(counts, slot, counts[slot] + count);
    }

    /** A count; any thread. */
    long at(final int method, final int status) {
        return (long) COUNTS.getOpaque(counts, method * STATUSES.length + status);
    }
}
