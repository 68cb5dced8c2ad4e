package io.schap.gateway.watch;

import io.schap.gateway.http.ProblemCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one event loop counts. Only that loop writes; any thread reads, and finds numbers of about the same moment. */
public final class LoopCounts {

    /** What a request that no route was found for is counted under. */
    static final String NO_ROUTE = "none";

    /** What kind of work a request is, for its duration. */
    enum Work {
        READ,
        WRITE,
        IMPORT,
        OTHER;

        static Work of(final String method, final String route) {
            if (!route.startsWith("/v1/")) {
                return OTHER;
            }
            if (route.startsWith("/v1/imports/")) {
                return IMPORT;
            }
            return method.equals("GET") || route.endsWith("/availability") ? READ : WRITE;
        }
    }

    private static final VarHandle NUMBERS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int OPENED = 0;
    private static final int CLOSED = 1;
    private static final int FIRST_PROBLEM = 2;

    private final Map<String, RouteCounts> routes = new ConcurrentHashMap<>();
    private final long[] numbers = new long[FIRST_PROBLEM + ProblemCode.values().length];
    private final Durations[] durations = new Durations[Work.values().length];

    /** Nothing counted yet. */
    public LoopCounts() {
        for (int i = 0; i < durations.length; i++) {
            durations[i] = new Durations();
        }
    }

    /**
     * The counts of a route.
     *
     * @param pattern of its path.
     * @return the same for the same pattern.
     */
    public RouteCounts route(final String pattern) {
        final RouteCounts counts = routes.get(pattern);
        return counts != null ? counts : routes.computeIfAbsent(pattern, made -> new RouteCounts());
    }

    /** A connection was opened. */
    public void opened() {
        add(OPENED);
    }

    /** A connection was closed. */
    public void closed() {
        add(CLOSED);
    }

    void refused(final ProblemCode problem) {
        add(FIRST_PROBLEM + problem.ordinal());
    }

    void took(final Work work, final long durationNs) {
        durations[work.ordinal()].record(durationNs);
    }

    private void add(final int index) {
        NUMBERS.setOpaque(numbers, index, numbers[index] + 1);
    }

    long openedCount() {
        return (long) NUMBERS.getOpaque(numbers, OPENED);
    }

    long closedCount() {
        return (long) NUMBERS.getOpaque(numbers, CLOSED);
    }

    long refusedCount(final ProblemCode problem) {
        return (long) NUMBERS.getOpaque(numbers, FIRST_PROBLEM + problem.ordinal());
    }

    Map<String, RouteCounts> routes() {
        return routes;
    }

    Durations durations(final Work work) {
        return durations[work.ordinal()];
    }
}
