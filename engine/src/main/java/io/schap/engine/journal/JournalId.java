package io.schap.engine.journal;

import java.security.SecureRandom;
import java.util.Locale;

/**
 * The 128 bits that tell one journal from every other. They are drawn at genesis, stand in every epoch's record, and salt
 * the checksum of every batch: bytes of another journal, or a batch that somebody hid in a command's text, never pass as
 * a batch of this one.
 *
 * @param hi the upper half.
 * @param lo the lower half.
 */
public record JournalId(long hi, long lo) {

    /**
     * Draws an id.
     *
     * @param random a source that cannot be foretold.
     * @return a new id.
     */
    public static JournalId draw(final SecureRandom random) {
        return new JournalId(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", hi, lo);
    }
}
