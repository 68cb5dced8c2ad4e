package io.schap.engine.journal;

/**
 * What an epoch says of itself before its first batch, and of all that came before it. The end that it states is the only
 * thing that makes a cut in an earlier epoch lawful.
 *
 * @param epoch                number of this start of the server, from 1; also the directory's name.
 * @param journalId            the same in all epochs of a data directory.
 * @param startedMs            wall clock at the start, ms since 1970; for people only.
 * @param previousLastSequence the last command of the epochs before; 0 when there was none.
 * @param previousLastTimeMs   its batch's time, ms since 1970; 0 when there was none.
 * @param previousStateHash    the ledger's hash after it.
 * @param previousCutBytes     behind the last good batch of the epoch before that ever began: bytes that recovery left out.
 *                             More or fewer than this, found there later, are damage.
 * @param segmentBytes         prepared bytes of each of this epoch's files.
 * @param durability           of this epoch.
 * @param logicVersion         of the ledger at the start.
 * @param maxBatchBytes        the longest batch that this epoch writes.
 */
public record EpochRecord(
        long epoch,
        JournalId journalId,
        long startedMs,
        long previousLastSequence,
        long previousLastTimeMs,
        long previousStateHash,
        long previousCutBytes,
        long segmentBytes,
        Durability durability,
        int logicVersion,
        int maxBatchBytes) {

    /** Checks the bounds that the format has. */
    public EpochRecord {
        if (epoch < 1 || previousLastSequence < 0) {
            throw new IllegalArgumentException(
                    "epoch record out of range: epoch=" + epoch + ", previousLastSequence=" + previousLastSequence);
        }
    }
}
