package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/** The journal is damaged where no power cut can have damaged it. Nothing is served from it; the place is named. */
public final class JournalCorruptException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;
    private final long sequence;
    private final String reason;

    /**
     * A place in the journal and what is wrong with it.
     *
     * @param file     the damaged file or directory.
     * @param offset   in it, in bytes.
     * @param sequence the last good one before the place.
     * @param reason   what is wrong, as {@code what: name=value, name=value}.
     */
    public JournalCorruptException(final Path file, final long offset, final long sequence, final String reason) {
        super("journal is corrupt: file=" + file + ", offset=" + offset + ", after sequence=" + sequence + ", reason="
                + reason);
        this.file = file;
        this.offset = offset;
        this.sequence = sequence;
        this.reason = reason;
    }

    /**
     * Where.
     *
     * @return the damaged file or directory.
     */
    public Path file() {
        return file;
    }

    /**
     * Where in the file.
     *
     * @return in bytes.
     */
    public long offset() {
        return offset;
    }

    /**
     * How far the journal is good.
     *
     * @return the last good sequence before the place.
     */
    public long sequence() {
        return sequence;
    }

    /**
     * What is wrong.
     *
     * @return a line.
     */
    public String reason() {
        return reason;
    }
}
