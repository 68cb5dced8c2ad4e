package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where things lie under a data directory.
 *
 * <pre>
 *   DATA/lock                               held by the running server
 *   DATA/journal/00000001/00000000.cq4      epoch 1, segment 0: the epoch's record, then batches
 *   DATA/journal/00000001/00000001.cq4      segment 1
 *   DATA/journal/00000001/00000002.preparing/   the next segment on its way, with Chronicle's scratch
 *   DATA/journal/00000002/...               the next start of the server
 * </pre>
 */
final class JournalDirectory {

    private static final String NAME = "journal";
    private static final String METADATA = "metadata.cq4t";
    private static final int METADATA_BYTES = 128 * 1024;

    private JournalDirectory() {}

    static Path of(final Path dataDirectory) {
        return dataDirectory.resolve(NAME);
    }

    static Path epoch(final Path dataDirectory, final long epoch) {
        return of(dataDirectory).resolve(name(epoch));
    }

    private static String name(final long epoch) {
        return String.format(Locale.ROOT, "%08d", epoch);
    }

    /** Where a segment is made before it has its name. */
    static Path scratch(final Path epochDirectory, final int segment) {
        return epochDirectory.resolve(SegmentLayout.baseName(segment) + SegmentLayout.PREPARING_SUFFIX);
    }

    static Path metadata(final Path queueDirectory) {
        return queueDirectory.resolve(METADATA);
    }

    static int metadataBytes() {
        return METADATA_BYTES;
    }

    /** Numbers of the epochs that have a directory, ascending. */
    static List<Long> epochs(final Path dataDirectory) throws IOException {
        final List<Long> numbers = new ArrayList<>();
        final Path journal = of(dataDirectory);
        if (Files.isDirectory(journal)) {
            try (Stream<Path> entries = Files.list(journal)) {
                entries.map(path -> path.getFileName().toString())
                        .filter(name -> name.matches("[0-9]{8,18}"))
                        .filter(name -> name.equals(name(Long.parseLong(name))))
                        .map(Long::parseLong)
                        .sorted()
                        .forEach(numbers::add);
            }
        }
        return numbers;
    }

    /** Files and directories of an epoch that were being prepared when the server ended. */
    static List<Path> halfPrepared(final Path epochDirectory) throws IOException {
        try (Stream<Path> entries = Files.list(epochDirectory)) {
            return entries.filter(path -> path.getFileName().toString().endsWith(SegmentLayout.PREPARING_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** The segment files of an epoch, ascending. */
    static List<Path> segments(final Path epochDirectory) throws IOException {
        try (Stream<Path> entries = Files.list(epochDirectory)) {
            return entries.filter(
                            path -> SegmentLayout.segmentOf(path.getFileName().toString()) >= 0)
                    .sorted()
                    .toList();
        }
    }
}
