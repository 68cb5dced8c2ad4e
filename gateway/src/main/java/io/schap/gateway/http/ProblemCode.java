package io.schap.gateway.http;

/** The problems of the API: what a client's program can tell apart. */
public enum ProblemCode {
    /** Malformed, out of range, or naming what does not exist in the API. */
    INVALID_REQUEST("invalid-request", 400, "The request is not valid"),
    /** A write without its key. */
    IDEMPOTENCY_KEY_MISSING("idempotency-key-missing", 400, "The Idempotency-Key header is missing"),
    /** A counter would leave its bounds. */
    QUANTITY_OUT_OF_RANGE("quantity-out-of-range", 400, "A quantity would leave its range"),
    /** A row of a file that is not text of its charset. */
    BAD_ENCODING("bad-encoding", 400, "The text is not of its character encoding"),
    /** No key, or none that is known. */
    UNAUTHENTICATED("unauthenticated", 401, "A key is needed"),
    /** Not from here, or not with these rights. */
    FORBIDDEN("forbidden", 403, "Not allowed"),
    /** No such store. */
    UNKNOWN_STORE("unknown-store", 404, "The store is not known"),
    /** No such SKU. */
    UNKNOWN_SKU("unknown-sku", 404, "The SKU is not known"),
    /** No such reservation. */
    UNKNOWN_RESERVATION("unknown-reservation", 404, "The reservation is not known"),
    /** No such path. */
    NOT_FOUND("not-found", 404, "There is nothing here"),
    /** A path that takes other methods. */
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method is not allowed here"),
    /** Stock is short. */
    INSUFFICIENT_STOCK("insufficient-stock", 409, "There is not enough stock"),
    /** The reservation's state does not allow it. */
    RESERVATION_CLOSED("reservation-closed", 409, "The reservation's state does not allow this"),
    /** More than is still reserved. */
    EXCEEDS_RESERVED("exceeds-reserved", 409, "More than is still reserved"),
    /** A store or SKU takes no requests. */
    NOT_ACTIVE("not-active", 409, "The store or SKU is not active"),
    /** Too many live reservations. */
    HOLD_LIMIT("hold-limit", 409, "Too many live reservations"),
    /** A count expected another number. */
    COUNT_CONFLICT("count-conflict", 412, "The stock is not what the count expected"),
    /** A cell moved since a file was taken. */
    MOVED_SINCE("moved-since", 412, "The stock moved since the file was taken"),
    /** The body is too large. */
    TOO_LARGE("too-large", 413, "The request is too large"),
    /** The body is of a type that is not read here. */
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The type of the body is not supported"),
    /** The key belongs to another request. */
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key belongs to another request"),
    /** More requests than the key, or the address, may send. */
    TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
    /** A fault of the server. */
    INTERNAL("internal", 500, "The server failed"),
    /** A queue is full; nothing was done. */
    OVERLOADED("overloaded", 503, "The server is overloaded"),
    /** Not recovered yet, or on the way down; nothing was done. */
    NOT_READY("not-ready", 503, "The server is not ready"),
    /** The journal has no room; nothing was done. */
    STORAGE_FULL("storage-full", 507, "There is no room to write");

    private final String code;
    private final int status;
    private final String title;

    ProblemCode(final String code, final int status, final String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    /**
     * The code, as it stands in {@code type} and in the errors of lists.
     *
     * @return the code.
     */
    public String code() {
        return code;
    }

    /**
     * The HTTP status.
     *
     * @return 400 to 599.
     */
    public int status() {
        return status;
    }

    /**
     * What it says to a person, whatever the case.
     *
     * @return a sentence without its full stop.
     */
    public String title() {
        return title;
    }
}
