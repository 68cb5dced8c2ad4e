package io.schap.engine.pipeline;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * How the writer works.
 *
 * @param maxBatchCommands most commands of a batch, a tick not counted; from 1.
 * @param spinNs           how long the idle writer looks for work again and again before it parks, in nanoseconds; 0 parks
 *                         at once.
 * @param wallClock        milliseconds since 1970.
 * @param monotonicClock   nanoseconds from anywhere.
 * @param haltHandler      runs last when the writer halts.
 */
public record WriterSettings(
        int maxBatchCommands, long spinNs, EpochClock wallClock, NanoClock monotonicClock, HaltHandler haltHandler) {

    /** Longest park of an idle writer, in nanoseconds: how late a tick can be, and how old the status. */
    public static final long MAX_PARK_NS = 100_000_000;
}
