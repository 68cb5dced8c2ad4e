package io.schap.engine.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The first document of an epoch, both directions. All numbers are little-endian.
 *
 * <pre>
 *   0                   4                   8                  12                  16
 *   +---------------------------------------+-------------------+-------------------+
 *   |                magic "SCHAPEPO"       |   format version  |  length (is 104)  |
 *   +---------------------------------------+-------------------+-------------------+
 *   |                 epoch                 |              journal id, hi           |
 *   +---------------------------------------+---------------------------------------+
 *   |             journal id, lo            |              started, ms              |
 *   +---------------------------------------+---------------------------------------+
 *   |   last sequence of the epochs before  |   last time of the epochs before, ms  |
 *   +---------------------------------------+---------------------------------------+
 *   |  state hash after the epochs before   |    bytes cut behind the epochs before |
 *   +---------------------------------------+-------------------+-------------------+
 *   |             segment, bytes            |    durability     |   logic version   |
 *   +-------------------+-------------------+-------------------+-------------------+
 *   |longest batch,bytes|      CRC32C       |
 *   +-------------------+-------------------+
 *   96                  100                 104
 * </pre>
 *
 * The checksum covers the journal's id and then the first 100 bytes.
 */
final class EpochLayout {

    static final int FORMAT_VERSION = 1;
    static final long MAGIC = 0x4F50_4550_4148_4353L;
    static final int LENGTH = 104;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 8;
    private static final int LENGTH_OFFSET = 12;
    private static final int EPOCH_OFFSET = 16;
    private static final int ID_HI_OFFSET = 24;
    private static final int ID_LO_OFFSET = 32;
    private static final int STARTED_OFFSET = 40;
    private static final int LAST_SEQUENCE_OFFSET = 48;
    private static final int LAST_TIME_OFFSET = 56;
    private static final int STATE_HASH_OFFSET = 64;
    private static final int CUT_BYTES_OFFSET = 72;
    private static final int SEGMENT_BYTES_OFFSET = 80;
    private static final int DURABILITY_OFFSET = 88;
    private static final int LOGIC_VERSION_OFFSET = 92;
    private static final int MAX_BATCH_OFFSET = 96;
    private static final int CHECKSUM_OFFSET = 100;

    private EpochLayout() {}

    static void encode(final EpochRecord record, final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset + MAGIC_OFFSET, MAGIC);
        buffer.putInt(offset + VERSION_OFFSET, FORMAT_VERSION);
        buffer.putInt(offset + LENGTH_OFFSET, LENGTH);
        buffer.putLong(offset + EPOCH_OFFSET, record.epoch());
        buffer.putLong(offset + ID_HI_OFFSET, record.journalId().hi());
        buffer.putLong(offset + ID_LO_OFFSET, record.journalId().lo());
        buffer.putLong(offset + STARTED_OFFSET, record.startedMs());
        buffer.putLong(offset + LAST_SEQUENCE_OFFSET, record.previousLastSequence());
        buffer.putLong(offset + LAST_TIME_OFFSET, record.previousLastTimeMs());
        buffer.putLong(offset + STATE_HASH_OFFSET, record.previousStateHash());
        buffer.putLong(offset + CUT_BYTES_OFFSET, record.previousCutBytes());
        buffer.putLong(offset + SEGMENT_BYTES_OFFSET, record.segmentBytes());
        buffer.putInt(offset + DURABILITY_OFFSET, record.durability().code());
        buffer.putInt(offset + LOGIC_VERSION_OFFSET, record.logicVersion());
        buffer.putInt(offset + MAX_BATCH_OFFSET, record.maxBatchBytes());
        buffer.putInt(offset + CHECKSUM_OFFSET, checksum(record.journalId(), buffer, offset));
    }

    /** What is wrong with the bytes as an epoch's record, or null. */
    static String faultOf(final DirectBuffer buffer, final int offset, final int available) {
        if (available != LENGTH) {
            return "wrong length of an epoch record: bytes=" + available;
        }
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC) {
            return "no epoch magic";
        }
        final int version = buffer.getInt(offset + VERSION_OFFSET);
        if (version != FORMAT_VERSION) {
            return "unknown epoch format: version=" + version;
        }
        if (buffer.getInt(offset + CHECKSUM_OFFSET) != checksum(idOf(buffer, offset), buffer, offset)) {
            return "wrong checksum of an epoch record";
        }
        if (Durability.ofCode(buffer.getInt(offset + DURABILITY_OFFSET)) == null) {
            return "unknown durability in an epoch record";
        }
        return null;
    }

    /** The record in bytes that {@link #faultOf} found good. */
    static EpochRecord decode(final DirectBuffer buffer, final int offset) {
        return new EpochRecord(
                buffer.getLong(offset + EPOCH_OFFSET),
                idOf(buffer, offset),
                buffer.getLong(offset + STARTED_OFFSET),
                buffer.getLong(offset + LAST_SEQUENCE_OFFSET),
                buffer.getLong(offset + LAST_TIME_OFFSET),
                buffer.getLong(offset + STATE_HASH_OFFSET),
                buffer.getLong(offset + CUT_BYTES_OFFSET),
                buffer.getLong(offset + SEGMENT_BYTES_OFFSET),
                Durability.ofCode(buffer.getInt(offset + DURABILITY_OFFSET)),
                buffer.getInt(offset + LOGIC_VERSION_OFFSET),
                buffer.getInt(offset + MAX_BATCH_OFFSET));
    }

    private static JournalId idOf(final DirectBuffer buffer, final int offset) {
        return new JournalId(buffer.getLong(offset + ID_HI_OFFSET), buffer.getLong(offset + ID_LO_OFFSET));
    }

    private static int checksum(final JournalId id, final DirectBuffer buffer, final int offset) {
        return new Checksum(id).begin().add(buffer, offset, CHECKSUM_OFFSET).value();
    }
}
