package io.schap.engine.journal;

import java.util.HexFormat;
import java.util.Locale;

/**
 * How Chronicle Queue lays out one of our segment files, as far as reading it needs. A file is a row of documents at
 * multiples of 4 bytes; each has a header of 4 bytes in front of its body.
 *
 * <pre>
 *     31 30 29                                   0
 *   +---+--+--------------------------------------+
 *   | N | M|   length of the body, in bytes       |   N: not complete, M: metadata, all 0: nothing here yet
 *   +---+--+--------------------------------------+   N and M and length 0: end of file, then the bytes C3 "EOF"
 *
 *   0         metadata: header {write position, index positions}             193 bytes
 *   200       metadata: index of indexes, 8 longs                            100 bytes
 *   304       metadata: index, 8 longs; only the first document is indexed    92 bytes
 *   400       the first document of ours: the epoch's record in segment 0, else a batch
 *   ...       batches
 *   end       end-of-file mark when Chronicle rolled on; zeros up to the segment's size; then the hole
 * </pre>
 *
 * We configure the queue so that these 400 bytes, the prologue, are the same in every file but for five fields. Reading
 * relies on none of them; they are compared only so that a flipped byte is found there too.
 */
final class SegmentLayout {

    static final String SUFFIX = ".cq4";
    static final String PREPARING_SUFFIX = ".preparing";

    static final int DOCUMENT_HEADER_BYTES = 4;
    static final int NOTHING_YET = 0;
    static final int NOT_COMPLETE_BIT = 0x8000_0000;
    static final int METADATA_BIT = 0x4000_0000;
    static final int LENGTH_MASK = 0x3FFF_FFFF;
    static final int END_OF_FILE = NOT_COMPLETE_BIT | METADATA_BIT;

    /** Written after the end-of-file mark: the field name "EOF", as binary wire has it. */
    static final int END_OF_FILE_TEXT = 0x464F_45C3;

    /** Where the first document of ours has its header. */
    static final int PROLOGUE_BYTES = 400;

    /** No document may end nearer than this to the prepared end; the end-of-file mark needs 8 bytes of it. */
    static final int TAIL_BYTES = 4_096;

    /** Position of the last document, then the same again in the upper half and its number in the lower half of a long. */
    static final int WRITE_POSITION_OFFSET = 0x40;

    static final int WRITE_SEQUENCE_OFFSET = 0x48;

    /** Set when the first document is indexed: next number to index, entries used, position of the first document. */
    static final int NEXT_INDEXED_OFFSET = 0xB0;

    static final int INDEX_USED_OFFSET = 0x148;
    static final int INDEX_FIRST_OFFSET = 0x150;

    static final long INDEX_SPACING = 1 << 20;
    static final int INDEX_COUNT = 8;

    /** The prologue of an empty segment, with its five varying fields at 0. */
    private static final byte[] PROLOGUE = HexFormat.of()
            .parseHex("c1000040b906686561646572b60853435153746f726582aa000000cd77726974"
                    + "65506f736974696f6e8e01000000008d02000000000000000200000000000000"
                    + "00000000000000000000000000000000c8696e646578696e67b60c5343515349"
                    + "6e646578696e67824c000000ca696e646578436f756e74a108cc696e64657853"
                    + "706163696e67a600001000cb696e64657832496e646578a7c800000000000000"
                    + "c96c617374496e6465788e00000000a70000000000000000ca64617461466f72"
                    + "6d6174a10100000064000040b90b696e64657832696e6465788e01000000008d"
                    + "0800000000000000010000000000000030010000000000000000000000000000"
                    + "0000000000000000000000000000000000000000000000000000000000000000"
                    + "000000000000000000000000000000005c000040b905696e6465788f8f8f8f8d"
                    + "0800000000000000000000000000000000000000000000000000000000000000"
                    + "0000000000000000000000000000000000000000000000000000000000000000"
                    + "00000000000000000000000000000000");

    private SegmentLayout() {}

    static byte[] prologue() {
        return PROLOGUE;
    }

    /** Bytes of the hole behind the prepared part: Chronicle maps a quarter more than its block. */
    static long holeBytes(final long segmentBytes) {
        return segmentBytes / 4;
    }

    static String fileName(final int segment) {
        return baseName(segment) + SUFFIX;
    }

    static String baseName(final int segment) {
        return String.format(Locale.ROOT, "%08d", segment);
    }

    /** The number that a file's name says, or -1 when it is no segment. */
    static int segmentOf(final String fileName) {
        return fileName.matches("[0-9]{8}\\.cq4") ? Integer.parseInt(fileName.substring(0, 8)) : -1;
    }
}
