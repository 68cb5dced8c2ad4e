package io.schap.gateway.query;

/** Bounds of lists that come in pages. */
final class Pages {

    /** Items of a page unless {@code limit} says otherwise. */
    static final int LIMIT = 100;

    /** Most items of a page. */
    static final int MAX_LIMIT = 1_000;

    /**
     * Rows that one page looks at, so that no list holds up an event loop. A page that reaches it is shorter than its
     * limit and still names the next.
     */
    static final int MAX_SCANNED = 50_000;

    private Pages() {}
}
