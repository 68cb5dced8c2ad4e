package io.schap.gateway.access;

/** Where the key and the origin of a request lie in an array. Filled anew for each request, so that nothing is allocated. */
public final class Credentials {

    private byte[] bytes = {};
    private int keyAt;
    private int keyLength;
    private boolean inQuery;
    private int originAt;
    private int originLength;

    /** None yet. */
    public Credentials() {}

    /**
     * Begins with a request that has neither.
     *
     * @param requestBytes where they lie; not changed.
     * @return this.
     */
    public Credentials in(final byte[] requestBytes) {
        bytes = requestBytes;
        keyLength = 0;
        inQuery = false;
        originLength = 0;
        return this;
    }

    /**
     * The request has a key.
     *
     * @param at     index of its first byte.
     * @param length in bytes.
     * @param query  whether it stands in the query, as {@code ?key=}, and not behind {@code Authorization: Bearer}.
     * @return this.
     */
    public Credentials key(final int at, final int length, final boolean query) {
        keyAt = at;
        keyLength = length;
        inQuery = query;
        return this;
    }

    /**
     * The request has an origin.
     *
     * @param at     index of its first byte.
     * @param length in bytes.
     * @return this.
     */
    public Credentials origin(final int at, final int length) {
        originAt = at;
        originLength = length;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int keyAt() {
        return keyAt;
    }

    int keyLength() {
        return keyLength;
    }

    boolean isInQuery() {
        return inQuery;
    }

    int originAt() {
        return originAt;
    }

    int originLength() {
        return originLength;
    }
}
