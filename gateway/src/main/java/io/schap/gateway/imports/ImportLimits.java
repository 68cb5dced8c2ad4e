package io.schap.gateway.imports;

/** The bounds of imports. A file may be of any size; nothing here grows with it. */
final class ImportLimits {

    /** Imports that run at the same time; beyond that an upload is told to come again. */
    static final int MAX_CONCURRENT_IMPORTS = 4;

    /** An import has at most this share of the ring's slots in flight, so that shoppers always find room. */
    static final int RING_SHARE = 8;

    /** Longest row, its line ends and quotes included, in characters. */
    static final int MAX_ROW_CHARS = 65_536;

    /** Most columns of a header line. */
    static final int MAX_COLUMNS = 1_024;

    /** Bytes of an upload that wait for the worker before the socket is no longer read. */
    static final int QUEUE_HIGH_BYTES = 512 * 1_024;

    /** Bytes of an upload still waiting when the socket is read again. */
    static final int QUEUE_LOW_BYTES = 128 * 1_024;

    /** An upload that sends nothing for so long is given up, in milliseconds. */
    static final long IDLE_MS = 60_000;

    /** Errors listed where the request does not say how many. */
    static final int DEFAULT_ERRORS = 100;

    /** Most errors listed. */
    static final int MAX_ERRORS = 10_000;

    /** Cells of which a dry run remembers what earlier rows would make of them; further ones it holds against the books. */
    static final int MAX_REHEARSED_CELLS = 1_000_000;

    /** Characters of a faulty value that an error repeats. */
    static final int MAX_QUOTED_CHARS = 80;

    private ImportLimits() {}
}
