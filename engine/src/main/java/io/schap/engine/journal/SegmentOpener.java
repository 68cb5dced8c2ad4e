package io.schap.engine.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes segments that only wait for their first batch: zeros, Chronicle's prologue, mapped, and an appender of its own.
 * Whatever a segment's beginning costs is paid here, on the thread that prepares, so that the writer's roll is a change of
 * references.
 *
 * <pre>
 *   make 00000007.preparing/ ─► open a queue and its appender in it, while it is empty
 *     ─► zeros, forced, as 00000007.preparing/00000007.cq4 ─► Chronicle maps it and writes its prologue ─► force
 *     ─► move to 00000007.cq4 ─► force the directory ─► take 00000007.preparing/ away
 * </pre>
 *
 * A mapping does not mind that its file is moved or its directory goes. Each segment has a queue of its own, since two
 * appenders of one queue share a lock in its metadata, on which the writer would wait.
 */
final class SegmentOpener {

    private final Path directory;
    private final SegmentMaker maker;
    private final JournalSettings settings;
    private final ByteBuffer source;

    /**
     * An opener of one epoch's segments.
     *
     * @param directory of the epoch.
     * @param source    where appenders copy documents from.
     */
    SegmentOpener(
            final Path directory, final SegmentMaker maker, final JournalSettings settings, final ByteBuffer source) {
        this.directory = directory;
        this.maker = maker;
        this.settings = settings;
        this.source = source;
    }

    Path directory() {
        return directory;
    }

    /**
     * Makes one segment, open and under its name.
     *
     * @throws IOException when there is no room, or the disk fails; nothing is left behind, as far as that can be had.
     */
    OpenSegment open(final int number, final SegmentMaker.Pace pace) throws IOException {
        final Path scratch = JournalDirectory.scratch(directory, number);
        deleteTree(scratch);
        Files.createDirectory(scratch);
        Segment made = null;
        ChronicleAppender appender = null;
        boolean opened = false;
        try {
            fillMetadata(scratch);
            appender = ChronicleAppender.open(scratch, number, settings.segmentBytes(), source);
            made = maker.make(scratch, number, pace);
            appender.writePrologue(made.channel());
            final Path path = directory.resolve(SegmentLayout.fileName(number));
            name(made, path);
            opened = true;
            return new OpenSegment(number, path, made.channel(), appender);
        } finally {
            if (!opened) {
                close(made, appender);
            }
            deleteTree(scratch);
        }
    }

    /** Chronicle stores into its metadata through a mapping too, so every page of it is there before. */
    private static void fillMetadata(final Path scratch) throws IOException {
        try (FileChannel channel = FileChannel.open(
                JournalDirectory.metadata(scratch), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ZeroedSegmentMaker.fill(channel, JournalDirectory.metadataBytes(), false, SegmentMaker.Pace.FULL_SPEED);
        }
    }

    private void name(final Segment made, final Path path) throws IOException {
        final boolean forced = settings.durability().forcesBatches();
        if (forced) {
            made.channel().force(true);
        }
        Files.move(made.path(), path, StandardCopyOption.ATOMIC_MOVE);
        if (forced) {
            ZeroedSegmentMaker.forceDirectory(directory);
        }
    }

    private static void close(final Segment made, final ChronicleAppender appender) throws IOException {
        if (appender != null) {
            appender.close();
        }
        if (made != null) {
            made.channel().close();
        }
    }

    /** Deletes a file, or a directory with all in it, that may not be there. */
    static void deleteTree(final Path root) throws IOException {
        final List<Path> paths;
        try (Stream<Path> walk = Files.walk(root)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (final NoSuchFileException e) {
            return;
        }
        for (final Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
