package io.schap.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Checks a batch whole, then walks its commands. {@link #tryWrap} first; then {@link #next()} until it is false. Allocates
 * nothing for good batches of one buffer. One thread.
 */
public final class BatchDecoder {

    private final Checksum checksum;
    private DirectBuffer buffer;
    private int start;
    private int length;
    private int count;
    private int index;
    private int commandOffset;
    private int commandLength;
    private int nextOffset;
    private String fault = "nothing was wrapped";

    /**
     * A decoder of batches of one journal.
     *
     * @param journalId salts the checksum.
     */
    public BatchDecoder(final JournalId journalId) {
        checksum = new Checksum(journalId);
    }

    /**
     * Checks magic, version, length, checksum and the frame of every command, and goes to before the first command.
     *
     * @param source    where the batch lies; kept until the next call.
     * @param offset    of its magic.
     * @param available bytes there: of the document that holds it, or, with an unknown end, of all that follows.
     * @param exact     whether the batch must fill {@code available} to the last byte.
     * @return false when it is no good batch: {@link #fault()} says why, and nothing else may be asked.
     */
    public boolean tryWrap(final DirectBuffer source, final int offset, final int available, final boolean exact) {
        buffer = source;
        start = offset;
        count = 0;
        index = 0;
        fault = check(source, offset, available, exact);
        if (fault != null) {
            return false;
        }
        count = source.getInt(offset + BatchLayout.COUNT_OFFSET);
        rewind();
        return true;
    }

    private String check(final DirectBuffer source, final int offset, final int available, final boolean exact) {
        if (available < BatchLayout.HEADER_BYTES) {
            return "too short for a batch: bytes=" + available;
        }
        if (source.getLong(offset + BatchLayout.MAGIC_OFFSET) != BatchLayout.MAGIC) {
            return "no batch magic";
        }
        final int version = source.getInt(offset + BatchLayout.VERSION_OFFSET);
        if (version != BatchLayout.FORMAT_VERSION) {
            return "unknown batch format: version=" + version;
        }
        length = source.getInt(offset + BatchLayout.LENGTH_OFFSET);
        final boolean fits = exact ? length == available : length <= available;
        if (length < BatchLayout.HEADER_BYTES || length > BatchLayout.MAX_BATCH_BYTES || (length & 3) != 0 || !fits) {
            return "wrong batch length: length=" + length + ", bytes=" + available;
        }
        final int actual = checksum.begin()
                .add(source, offset, BatchLayout.CHECKSUM_OFFSET)
                .add(source, offset + BatchLayout.HEADER_BYTES, length - BatchLayout.HEADER_BYTES)
                .value();
        final int expected = source.getInt(offset + BatchLayout.CHECKSUM_OFFSET);
        if (actual != expected) {
            return "wrong batch checksum: stored=" + Integer.toHexString(expected) + ", computed="
                    + Integer.toHexString(actual);
        }
        return checkFrames(source, offset);
    }

    /** The frames were under the checksum; this guards against an encoder that was wrong. */
    private String checkFrames(final DirectBuffer source, final int offset) {
        final int commands = source.getInt(offset + BatchLayout.COUNT_OFFSET);
        final int end = offset + length;
        int at = offset + BatchLayout.HEADER_BYTES;
        int found = 0;
        while (at < end) {
            final int size = source.getInt(at);
            if (size < 1 || size > end - at - BatchLayout.COMMAND_LENGTH_BYTES) {
                return "wrong command length: length=" + size + ", at=" + (at - offset);
            }
            at += BatchLayout.commandStride(size);
            found++;
        }
        if (found != commands || found == 0 || source.getLong(offset + BatchLayout.FIRST_SEQUENCE_OFFSET) < 1) {
            return "wrong batch header: count=" + commands + ", found=" + found;
        }
        return null;
    }

    /** Goes back to before the first command. */
    public void rewind() {
        index = -1;
        nextOffset = start + BatchLayout.HEADER_BYTES;
        commandLength = 0;
    }

    /**
     * Goes to the next command.
     *
     * @return false when there is none left.
     */
    public boolean next() {
        if (index + 1 >= count) {
            return false;
        }
        index++;
        commandLength = buffer.getInt(nextOffset);
        commandOffset = nextOffset + BatchLayout.COMMAND_LENGTH_BYTES;
        nextOffset += BatchLayout.commandStride(commandLength);
        return true;
    }

    /**
     * Why the last {@link #tryWrap} was false.
     *
     * @return null when it was true.
     */
    public String fault() {
        return fault;
    }

    /**
     * Where the batch and its commands lie.
     *
     * @return the buffer that was wrapped.
     */
    public DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Offset of the present command in {@link #buffer()}.
     *
     * @return its first byte.
     */
    public int commandOffset() {
        return commandOffset;
    }

    /**
     * Length of the present command.
     *
     * @return in bytes, at least 1.
     */
    public int commandLength() {
        return commandLength;
    }

    /**
     * Sequence of the present command.
     *
     * @return from 1.
     */
    public long sequence() {
        return firstSequence() + index;
    }

    /**
     * Sequence of the first command.
     *
     * @return from 1.
     */
    public long firstSequence() {
        return buffer.getLong(start + BatchLayout.FIRST_SEQUENCE_OFFSET);
    }

    /**
     * Sequence of the last command.
     *
     * @return from 1.
     */
    public long lastSequence() {
        return firstSequence() + count - 1;
    }

    /**
     * Commands in the batch.
     *
     * @return at least 1.
     */
    public int count() {
        return count;
    }

    /**
     * The epoch that wrote the batch.
     *
     * @return from 1.
     */
    public long epoch() {
        return buffer.getLong(start + BatchLayout.EPOCH_OFFSET);
    }

    /**
     * The one time of all commands in it.
     *
     * @return ms since 1970.
     */
    public long timeMs() {
        return buffer.getLong(start + BatchLayout.TIME_MS_OFFSET);
    }

    /**
     * The ledger's hash before the first command.
     *
     * @return 64 bits.
     */
    public long stateHashBefore() {
        return buffer.getLong(start + BatchLayout.STATE_HASH_OFFSET);
    }

    /**
     * Bytes of the whole batch.
     *
     * @return a multiple of 4.
     */
    public int length() {
        return length;
    }
}
