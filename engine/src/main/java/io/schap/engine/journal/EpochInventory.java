package io.schap.engine.journal;

import java.nio.file.Path;
import java.util.List;

/**
 * What a reader found in one epoch.
 *
 * @param epoch        its number.
 * @param directory    its path.
 * @param record       its first document; null when it was never whole, so that nothing can have been served from it.
 * @param segments     those that were read and hold batches, in order.
 * @param batches      good ones.
 * @param lastSequence after this epoch, those before included.
 * @param cut          what is left out at its end; null when nothing is.
 */
public record EpochInventory(
        long epoch,
        Path directory,
        EpochRecord record,
        List<SegmentInventory> segments,
        long batches,
        long lastSequence,
        JournalCut cut) {

    /** Keeps its own copy of the list. */
    public EpochInventory {
        segments = List.copyOf(segments);
    }
}
