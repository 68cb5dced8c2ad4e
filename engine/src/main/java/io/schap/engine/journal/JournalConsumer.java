package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Is told what a {@link JournalReader} finds, in order. What it throws ends the reading and goes to the caller. */
@FunctionalInterface
public interface JournalConsumer {

    /**
     * An epoch begins whose batches follow, if it has any.
     *
     * @param record of the epoch; its end of the epochs before has the right sequence and time. The hash is the
     *               consumer's to check.
     * @param file   that holds it.
     * @param offset of its document there, in bytes.
     * @throws IOException when the consumer finds the journal wrong.
     */
    default void onEpoch(final EpochRecord record, final Path file, final long offset) throws IOException {}

    /**
     * The next good batch: every checksum, length and sequence in it was checked.
     *
     * @param batch  before its first command; valid until this returns.
     * @param file   that holds it.
     * @param offset of its document there, in bytes.
     * @throws IOException when the consumer finds the journal wrong.
     */
    void onBatch(BatchDecoder batch, Path file, long offset) throws IOException;
}
