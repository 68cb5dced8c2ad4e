package io.schap.engine.journal;

import java.nio.file.Path;

/**
 * Bytes behind an epoch's last good batch that count for nothing: no answer was ever given on them, or the epoch's
 * durability does not cover them.
 *
 * @param file     where the cut begins.
 * @param offset   in it, in bytes.
 * @param sequence the last one that is kept.
 * @param bytes    from the cut to the last byte that is not zero, over all segments.
 * @param reason   why what lies there is no batch of the journal.
 */
public record JournalCut(Path file, long offset, long sequence, long bytes, String reason) {

    @Override
    public String toString() {
        return "cut after sequence=" + sequence + ": file=" + file + ", offset=" + offset + ", bytes=" + bytes
                + ", reason=" + reason;
    }
}
