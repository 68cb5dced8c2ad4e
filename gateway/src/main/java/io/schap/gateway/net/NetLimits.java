package io.schap.gateway.net;

import java.util.concurrent.TimeUnit;

/** The bounds of a connection. What exceeds one is answered where an answer helps, and closed where none would arrive. */
public final class NetLimits {

    /** Longest request line, in bytes: 100 pairs of the longest codes, percent-encoded, fit. */
    public static final int MAX_LINE_BYTES = 65_536;

    /** Longest headers together, in bytes. */
    public static final int MAX_HEADER_BYTES = 32_768;

    /** Largest body that is held in memory, in bytes. */
    public static final int MAX_BODY_BYTES = 4 << 20;

    /** Largest piece of a body that is handed over at once, in bytes. */
    static final int MAX_PIECE_BYTES = 65_536;

    /** Parts of pipelined requests that wait for the answer before them; past it the socket is not read. */
    static final int MAX_QUEUED_PARTS = 64;

    /** Bytes of pipelined bodies that wait; past it the socket is not read. */
    static final int MAX_QUEUED_BYTES = 262_144;

    /** What is thrown away of a body that nobody wants, in bytes; past it the connection is closed. */
    static final long MAX_DISCARDED_BYTES = 64L << 20;

    /** Unsent bytes past which a connection's next request waits for the reader. */
    static final int HIGH_WATER_BYTES = 262_144;

    /** Unsent bytes below which it goes on. */
    static final int LOW_WATER_BYTES = 65_536;

    /** Connections that the kernel holds before they are accepted. */
    static final int BACKLOG = 4_096;

    /** How long a connection may lie idle between two requests, in seconds. */
    static final int IDLE_SECONDS = 75;

    /** How long the head of a request may take to arrive, in nanoseconds. */
    static final long HEAD_NS = TimeUnit.SECONDS.toNanos(10);

    /** How long a body may pause, in seconds. */
    static final int BODY_PAUSE_SECONDS = 30;

    /** How long a body that is held in memory may take to arrive, in seconds. */
    static final int BODY_SECONDS = 120;

    /** How long a streamed body may take to arrive, in seconds. */
    static final int STREAM_SECONDS = 6 * 3_600;

    /** How long an answer may take, in seconds; then its fate is unknown and the connection is closed. */
    static final int ANSWER_SECONDS = 60;

    /** How long the answer to a streamed body may take after its end, in seconds. */
    static final int STREAM_ANSWER_SECONDS = 1_800;

    /** How long a reader may take none of what was written for it, in nanoseconds. */
    static final long UNREAD_NS = TimeUnit.SECONDS.toNanos(30);

    /** How long a closing connection waits for the other side to have read the last answer, in seconds. */
    static final int LINGER_SECONDS = 2;

    private NetLimits() {}
}
