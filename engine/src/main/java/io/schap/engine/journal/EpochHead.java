package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An epoch's directory, its files, and its record as far as it is whole.
 *
 * @param epoch     the directory's number.
 * @param directory its path.
 * @param files     its segments, ascending.
 * @param record    null when it is not whole.
 * @param fault     why it is not; null when it is.
 */
record EpochHead(long epoch, Path directory, List<Path> files, EpochRecord record, String fault) {

    /** Where the first batch of segment 0 has its document. */
    static final long FIRST_BATCH_POSITION =
            SegmentLayout.PROLOGUE_BYTES + SegmentLayout.DOCUMENT_HEADER_BYTES + EpochLayout.LENGTH;

    static EpochHead read(final Path dataDirectory, final long epoch, final SegmentWindow window) throws IOException {
        final Path directory = JournalDirectory.epoch(dataDirectory, epoch);
        final List<Path> files = JournalDirectory.segments(directory);
        if (files.isEmpty()
                || SegmentLayout.segmentOf(files.get(0).getFileName().toString()) != 0) {
            return new EpochHead(epoch, directory, files, null, "no first segment");
        }
        window.open(files.get(0), false);
        final int wanted = SegmentLayout.DOCUMENT_HEADER_BYTES + EpochLayout.LENGTH;
        if (window.load(SegmentLayout.PROLOGUE_BYTES, wanted) < wanted) {
            return new EpochHead(epoch, directory, files, null, "file ends before its epoch record");
        }
        final int index = window.indexOf(SegmentLayout.PROLOGUE_BYTES);
        final int length = window.buffer().getInt(index);
        final int body = index + SegmentLayout.DOCUMENT_HEADER_BYTES;
        final String fault = EpochLayout.faultOf(window.buffer(), body, length);
        if (fault != null) {
            return new EpochHead(epoch, directory, files, null, fault);
        }
        final EpochRecord record = EpochLayout.decode(window.buffer(), body);
        return record.epoch() == epoch
                ? new EpochHead(epoch, directory, files, record, null)
                : new EpochHead(epoch, directory, files, null, "record of another epoch: epoch=" + record.epoch());
    }

    /** The file that a fault of the whole epoch is laid to. */
    Path place() {
        return files.isEmpty() ? directory : files.get(0);
    }
}
