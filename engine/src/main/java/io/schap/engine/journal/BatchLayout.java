package io.schap.engine.journal;

/**
 * How the commands of one force lie in one document. All numbers are little-endian; the whole is a multiple of 4 bytes.
 *
 * <pre>
 *   0                   4                   8                  12                  16
 *   +-------------------+-------------------+-------------------+-------------------+
 *   |                magic "SCHAPBAT"       |   format version  |   command count   |
 *   +---------------------------------------+-------------------+-------------------+
 *   |                 epoch                 |             first sequence            |
 *   +---------------------------------------+---------------------------------------+
 *   |                time, ms               |           state hash before           |
 *   +-------------------+-------------------+---------------------------------------+
 *   |  length of all    |      CRC32C       |  first command: length, bytes, 0 to 3 zeros
 *   +-------------------+-------------------+---------------------------------------+
 *   48                  52                  56
 * </pre>
 *
 * The checksum covers the {@link JournalId} and then everything from the magic to the last padding, its own field left
 * out. Sequences run on from the first one; all commands of a batch share its time.
 */
public final class BatchLayout {

    /** The longest batch, header included, in bytes. */
    public static final int MAX_BATCH_BYTES = 1 << 20;

    /** The version of this layout. */
    public static final int FORMAT_VERSION = 1;

    static final long MAGIC = 0x5441_4250_4148_4353L;
    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int COUNT_OFFSET = 12;
    static final int EPOCH_OFFSET = 16;
    static final int FIRST_SEQUENCE_OFFSET = 24;
    static final int TIME_MS_OFFSET = 32;
    static final int STATE_HASH_OFFSET = 40;
    static final int LENGTH_OFFSET = 48;
    static final int CHECKSUM_OFFSET = 52;

    /** Bytes before the first command. */
    public static final int HEADER_BYTES = 56;

    /** Bytes of the length before each command. */
    static final int COMMAND_LENGTH_BYTES = 4;

    private BatchLayout() {}

    /**
     * What a command takes in a batch.
     *
     * @param commandLength of the command alone, in bytes.
     * @return with its length field and padding, in bytes.
     */
    public static int commandStride(final int commandLength) {
        return COMMAND_LENGTH_BYTES + (commandLength + 3 & ~3);
    }
}
