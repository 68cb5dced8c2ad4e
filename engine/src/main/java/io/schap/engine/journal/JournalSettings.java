package io.schap.engine.journal;

/**
 * How a journal is written.
 *
 * @param durability    what an acknowledgement outlives.
 * @param segmentBytes  prepared bytes of a file: a multiple of 256 KB, up to 1 GB. The file is a quarter longer than
 *                      that, by a hole that is mapped and never stored to.
 * @param maxBatchBytes the longest batch; at most {@link BatchLayout#MAX_BATCH_BYTES} and an eighth of a segment.
 * @param reserveBytes  with no spare segment ready, new work is refused when no more than this is left of the present one;
 *                      what the writer itself must write (ticks) may use it. At least one longest batch.
 */
public record JournalSettings(Durability durability, long segmentBytes, int maxBatchBytes, long reserveBytes) {

    static final long SEGMENT_STEP = 256 * 1024;
    static final long MAX_SEGMENT_BYTES = 1 << 30;

    private static final long DEFAULT_SEGMENT_BYTES = 64 << 20;
    private static final long DEFAULT_RESERVE_BYTES = 4 << 20;

    /** Checks every bound. */
    public JournalSettings {
        if (segmentBytes < SEGMENT_STEP || segmentBytes > MAX_SEGMENT_BYTES || segmentBytes % SEGMENT_STEP != 0) {
            throw new IllegalArgumentException(
                    "a segment is a multiple of 256 KB, up to 1 GB: segmentBytes=" + segmentBytes);
        }
        if (maxBatchBytes <= BatchLayout.HEADER_BYTES
                || maxBatchBytes > BatchLayout.MAX_BATCH_BYTES
                || maxBatchBytes > segmentBytes / 8) {
            throw new IllegalArgumentException("a batch is at most 1 MB and an eighth of a segment: maxBatchBytes="
                    + maxBatchBytes + ", segmentBytes=" + segmentBytes);
        }
        if (reserveBytes < maxBatchBytes || reserveBytes > segmentBytes / 2) {
            throw new IllegalArgumentException("the reserve holds a batch and is at most half a segment: reserveBytes="
                    + reserveBytes + ", maxBatchBytes=" + maxBatchBytes + ", segmentBytes=" + segmentBytes);
        }
    }

    /**
     * What a server uses: segments of 64 MB, batches of up to 1 MB, 4 MB in reserve.
     *
     * @param durability what an acknowledgement outlives.
     * @return the defaults.
     */
    public static JournalSettings defaults(final Durability durability) {
        return ofSegment(durability, DEFAULT_SEGMENT_BYTES);
    }

    /**
     * Other segments, and batch and reserve as large as they allow, up to the defaults.
     *
     * @param durability   what an acknowledgement outlives.
     * @param segmentBytes prepared bytes of a file.
     * @return settings in proportion.
     */
    public static JournalSettings ofSegment(final Durability durability, final long segmentBytes) {
        final int batch = (int) Math.min(BatchLayout.MAX_BATCH_BYTES, segmentBytes / 8);
        return new JournalSettings(
                durability, segmentBytes, batch, Math.max(batch, Math.min(DEFAULT_RESERVE_BYTES, segmentBytes / 8)));
    }
}
