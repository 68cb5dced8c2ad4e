package io.schap.engine.journal;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Lays commands out as one batch, in a buffer of its own that is used again for the next. {@link #begin}, then
 * {@link #append} for each command, then {@link #finish}. Allocates nothing after construction. One thread.
 */
public final class BatchEncoder {

    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final Checksum checksum;
    private int length;
    private int count;
    private boolean finished = true;

    /**
     * An encoder of batches of one journal.
     *
     * @param journalId     salts the checksum.
     * @param maxBatchBytes the longest batch, header included; at most {@link BatchLayout#MAX_BATCH_BYTES}.
     * @throws IllegalArgumentException when no command would fit, or more than the format allows is asked for.
     */
    public BatchEncoder(final JournalId journalId, final int maxBatchBytes) {
        if (maxBatchBytes <= BatchLayout.HEADER_BYTES || maxBatchBytes > BatchLayout.MAX_BATCH_BYTES) {
            throw new IllegalArgumentException("batch size out of range: maxBatchBytes=" + maxBatchBytes);
        }
        bytes = ByteBuffer.allocateDirect(maxBatchBytes);
        buffer = new UnsafeBuffer(bytes);
        checksum = new Checksum(journalId);
    }

    /**
     * Starts a batch; what the buffer held before is gone.
     *
     * @param epoch           of this run of the server, from 1.
     * @param firstSequence   of the first command that will be appended, from 1.
     * @param timeMs          the one time of all commands in it, ms since 1970, never less than the batch's before.
     * @param stateHashBefore of the ledger to which the batch will be applied.
     */
    public void begin(final long epoch, final long firstSequence, final long timeMs, final long stateHashBefore) {
        buffer.putLong(BatchLayout.MAGIC_OFFSET, BatchLayout.MAGIC);
        buffer.putInt(BatchLayout.VERSION_OFFSET, BatchLayout.FORMAT_VERSION);
        buffer.putLong(BatchLayout.EPOCH_OFFSET, epoch);
        buffer.putLong(BatchLayout.FIRST_SEQUENCE_OFFSET, firstSequence);
        buffer.putLong(BatchLayout.TIME_MS_OFFSET, timeMs);
        buffer.putLong(BatchLayout.STATE_HASH_OFFSET, stateHashBefore);
        length = BatchLayout.HEADER_BYTES;
        count = 0;
        finished = false;
    }

    /**
     * Appends one command.
     *
     * @param command where it lies.
     * @param offset  of its first byte.
     * @param size    in bytes, at least 1.
     * @return false when the batch has no room for it: the batch is as it was.
     * @throws IllegalStateException    outside {@link #begin} and {@link #finish}.
     * @throws IllegalArgumentException for an empty command.
     */
    public boolean append(final DirectBuffer command, final int offset, final int size) {
        if (finished) {
            throw new IllegalStateException("no batch was begun");
        }
        if (size < 1) {
            throw new IllegalArgumentException("empty command: size=" + size);
        }
        if (size > buffer.capacity() - length - BatchLayout.COMMAND_LENGTH_BYTES - 3) {
            return false;
        }
        final int stride = BatchLayout.commandStride(size);
        buffer.putInt(length + stride - Integer.BYTES, 0);
        buffer.putInt(length, size);
        buffer.putBytes(length + BatchLayout.COMMAND_LENGTH_BYTES, command, offset, size);
        length += stride;
        count++;
        return true;
    }

    /**
     * Seals the batch with its count, length and checksum.
     *
     * @return its length in bytes, a multiple of 4.
     * @throws IllegalStateException when it holds no command.
     */
    public int finish() {
        if (finished || count == 0) {
            throw new IllegalStateException("nothing to finish: count=" + count);
        }
        buffer.putInt(BatchLayout.COUNT_OFFSET, count);
        buffer.putInt(BatchLayout.LENGTH_OFFSET, length);
        final int body = BatchLayout.HEADER_BYTES;
        buffer.putInt(
                BatchLayout.CHECKSUM_OFFSET,
                checksum.begin()
                        .add(buffer, 0, BatchLayout.CHECKSUM_OFFSET)
                        .add(buffer, body, length - body)
                        .value());
        finished = true;
        return length;
    }

    /**
     * Commands appended since {@link #begin}.
     *
     * @return how many.
     */
    public int count() {
        return count;
    }

    /**
     * Bytes of the batch so far, header included.
     *
     * @return a multiple of 4.
     */
    public int length() {
        return length;
    }

    /**
     * Where the batch lies, from offset 0.
     *
     * @return the same buffer at every call.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    boolean isFinished() {
        return finished && count > 0;
    }

    long epoch() {
        return buffer.getLong(BatchLayout.EPOCH_OFFSET);
    }

    /** The buffer laid bare for the epoch's record, which goes the same way as a batch, once, before the first. */
    MutableDirectBuffer recordBuffer() {
        finished = true;
        count = 0;
        return buffer;
    }

    /** The memory under {@link #buffer()}, for the appender's own view of it. */
    ByteBuffer bytes() {
        return bytes;
    }
}
