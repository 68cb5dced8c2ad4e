package io.schap.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * What files look like from outside: when any of it differs, what they hold may differ. A file that is replaced has another
 * identity, one that is written in place another time or size. Links are followed.
 *
 * @param attributes of each file.
 */
record FileStamp(List<Object> attributes) {

    static FileStamp of(final List<Path> files) {
        final List<Object> attributes = new ArrayList<>();
        for (final Path file : files) {
            attributes.add(one(file));
        }
        return new FileStamp(attributes);
    }

    private static Object one(final Path file) {
        try {
            final BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new One(
                    found.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS),
                    found.size(),
                    found.fileKey());
        } catch (final NoSuchFileException e) {
            return "none";
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private record One(long modifiedNs, long size, Object identity) {}
}
