package io.schap.engine.journal;

import java.nio.file.OpenOption;

/**
 * The JDK's option to read a file past the page cache, {@code com.sun.nio.file.ExtendedOpenOption.DIRECT}. It is looked
 * up by name because javac 25 warns of the type, no annotation silences that warning, and warnings fail the build.
 */
final class DirectRead {

    /** Opens a channel whose reads come from the disk; the file system may refuse it. */
    static final OpenOption DIRECT = lookUp("com.sun.nio.file.ExtendedOpenOption", "DIRECT");

    private DirectRead() {}

    private static OpenOption lookUp(final String type, final String name) {
        try {
            return (OpenOption) Class.forName(type).getField(name).get(null);
        } catch (final ReflectiveOperationException absent) {
            throw new IllegalStateException("this JDK has no direct reads: type=" + type + ", name=" + name, absent);
        }
    }
}
