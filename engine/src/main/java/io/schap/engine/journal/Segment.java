package io.schap.engine.journal;

import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A prepared file that is open: zeros, allocated and, where it matters, forced.
 *
 * @param number  from 0, within the epoch.
 * @param path    of the file.
 * @param channel open for writing, to force it; closed by the preparer when the segment is retired.
 */
record Segment(int number, Path path, FileChannel channel) {}
