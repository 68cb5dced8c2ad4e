package io.schap.engine.status;

import io.schap.engine.command.ResultCode;

/**
 * The status file. All numbers are little-endian; labels are ASCII, padded with zeros; the file says itself what it holds,
 * so that a reader of another version can still print it.
 *
 * <pre>
 *  0      magic "SCHAPSTA"                                        8 bytes
 *  8      format version                                          4
 *  12     counters, C                                             4
 *  16     histograms, H                                           4
 *  20     buckets of a histogram, B                               4
 *  24     length of the fault's text, 0 for none                  4
 *  28     zeros                                                   4
 *  32     the last fault's text, UTF-8                            992
 *         +-----------------+--------------------------------+
 *  1,024  | value, 8 bytes  | label, 56 bytes                |    C times: one counter a cache line; those of
 *         +-----------------+--------------------------------+    StatusCounter, then answers by ResultCode
 *         +---------+---------+---------+---------+----------+
 *  …      | count 8 |  sum 8  |  max 8  | zeros 8 | label 32 |    H times, each followed by
 *         +---------+---------+---------+---------+----------+
 *         |  B numbers of 8 bytes: values that fell there    |    see HistogramBuckets
 *         +--------------------------------------------------+
 * </pre>
 *
 * One thread writes each number, with release stores of whole words; a reader sees no torn word, yet words that are read
 * one after the other may be of two moments.
 */
final class StatusLayout {

    static final String FILE_NAME = "status.dat";
    static final long MAGIC = 0x4154_5350_4148_4353L;
    static final int FORMAT_VERSION = 1;
    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int COUNTERS_OFFSET = 12;
    static final int HISTOGRAMS_OFFSET = 16;
    static final int BUCKETS_OFFSET = 20;
    static final int FAULT_LENGTH_OFFSET = 24;
    static final int FAULT_OFFSET = 32;
    static final int FAULT_BYTES = 992;
    static final int HEADER_BYTES = 1_024;
    static final int COUNTER_BYTES = 64;
    static final int COUNTER_LABEL_OFFSET = 8;
    static final int COUNTER_LABEL_BYTES = 56;
    static final int COUNT_OFFSET = 0;
    static final int SUM_OFFSET = 8;
    static final int MAX_OFFSET = 16;
    static final int HISTOGRAM_LABEL_OFFSET = 32;
    static final int HISTOGRAM_LABEL_BYTES = 32;
    static final int HISTOGRAM_HEAD_BYTES = 64;

    static final int COUNTERS = StatusCounter.values().length + ResultCode.values().length;
    static final int HISTOGRAMS = StatusHistogram.values().length;
    static final int FILE_BYTES = histogramOffset(HISTOGRAMS, COUNTERS, HistogramBuckets.COUNT);

    private StatusLayout() {}

    static int counterOffset(final int index) {
        return HEADER_BYTES + index * COUNTER_BYTES;
    }

    static int histogramOffset(final int index, final int counters, final int buckets) {
        return counterOffset(counters) + index * (HISTOGRAM_HEAD_BYTES + Long.BYTES * buckets);
    }

    static int bucketOffset(final int bucket) {
        return HISTOGRAM_HEAD_BYTES + Long.BYTES * bucket;
    }

    static String labelOf(final ResultCode code) {
        return "answers." + code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
    }
}
