package io.schap.engine.recovery;

import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalId;
import io.schap.engine.journal.JournalInventory;
import io.schap.engine.journal.JournalSettings;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * A journal that was replayed.
 *
 * @param inventory    what was found.
 * @param batches      applied.
 * @param commands     applied.
 * @param stateHash    of the ledger after them.
 * @param logicVersion of the ledger after them.
 * @param durationNs   of the replay.
 */
public record Recovered(
        JournalInventory inventory, long batches, long commands, long stateHash, int logicVersion, long durationNs) {

    /**
     * The record that the next epoch begins with; it states where the epochs before end, and what was cut there.
     *
     * @param settings  of the next epoch.
     * @param random    draws the journal's id when this is its first epoch.
     * @param startedMs the wall clock, ms since 1970.
     * @return what {@link io.schap.engine.journal.JournalWriter#launch} wants.
     */
    public EpochRecord nextEpoch(final JournalSettings settings, final SecureRandom random, final long startedMs) {
        return new EpochRecord(
                inventory.nextEpoch(),
                inventory.journalId() == null ? JournalId.draw(random) : inventory.journalId(),
                startedMs,
                inventory.lastSequence(),
                inventory.lastTimeMs(),
                stateHash,
                inventory.cutBytes(),
                settings.segmentBytes(),
                settings.durability(),
                logicVersion,
                settings.maxBatchBytes());
    }

    /**
     * What was done, for a person to read.
     *
     * @return a line.
     */
    public String line() {
        return String.format(
                Locale.ROOT,
                "recovered: commands=%d, batches=%d, last sequence=%d, state hash=%016x, ms=%d",
                commands,
                batches,
                inventory.lastSequence(),
                stateHash,
                durationNs / 1_000_000);
    }
}
