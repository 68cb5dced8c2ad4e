package io.schap.engine.journal;

import java.util.List;

/**
 * What a reader found in a whole journal, and where the next epoch goes on.
 *
 * @param journalId    of this journal; null when no epoch ever had a whole record.
 * @param epochs       that have a directory, in order, those that were skipped included without their segments.
 * @param lastSequence of the last good command; 0 when there is none.
 * @param lastTimeMs   its batch's time, ms since 1970; 0 when there is none.
 */
public record JournalInventory(JournalId journalId, List<EpochInventory> epochs, long lastSequence, long lastTimeMs) {

    /** Keeps its own copy of the list. */
    public JournalInventory {
        epochs = List.copyOf(epochs);
    }

    /**
     * The number that the next start of the server takes.
     *
     * @return from 1.
     */
    public long nextEpoch() {
        return epochs.isEmpty() ? 1 : epochs.get(epochs.size() - 1).epoch() + 1;
    }

    /**
     * Good batches in what was read.
     *
     * @return how many.
     */
    public long batches() {
        return epochs.stream().mapToLong(EpochInventory::batches).sum();
    }

    /**
     * What is left out at the end of the last epoch that ever began: it stands in the next epoch's record.
     *
     * @return in bytes; 0 when nothing is.
     */
    public long cutBytes() {
        for (int i = epochs.size() - 1; i >= 0; i--) {
            final EpochInventory epoch = epochs.get(i);
            if (epoch.record() != null) {
                return epoch.cut() == null ? 0 : epoch.cut().bytes();
            }
        }
        return 0;
    }
}
