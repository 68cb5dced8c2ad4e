/**
 * The commands, in order, on the disk.
 *
 * <pre>
 *   writer ─► BatchEncoder ─► JournalWriter ─► ChronicleAppender ─► mapped segment ─► force
 *                                  ▲
 *                             SegmentPreparer (own thread): the next segment, zeroed and forced ahead
 *
 *   recovery, verify, dump ◄── JournalReader ◄── epochs ◄── segments (own scanner, without Chronicle)
 * </pre>
 *
 * This package is the only one that knows Chronicle Queue, and of it only {@code ChronicleAppender}.
 */
package io.schap.engine.journal;
