package io.schap.engine.journal;

import java.nio.file.Path;

/**
 * What a reader found in one segment.
 *
 * @param file          its path.
 * @param endPosition   behind the last good batch, in bytes.
 * @param batches       good ones.
 * @param firstSequence of the first batch; 0 when it has none.
 * @param lastSequence  of the last batch; 0 when it has none.
 */
public record SegmentInventory(Path file, long endPosition, long batches, long firstSequence, long lastSequence) {}
