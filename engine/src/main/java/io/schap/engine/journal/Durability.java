package io.schap.engine.journal;

/** What an acknowledgement outlives. It stands in each epoch's first record, since it decides how that epoch is read back. */
public enum Durability {

    /**
     * The default. Every batch is forced to the disk before it is answered: an acknowledged command survives kill -9,
     * power loss and a full disk.
     */
    DISK(1),

    /**
     * Batches are written to the mapped file and never forced: an acknowledged command survives kill -9 of the process,
     * but not the fall of the machine.
     */
    PROCESS(2),

    /**
     * As {@link #PROCESS}, and the files themselves are not forced when they are made either: for trials, and for a
     * directory on tmpfs. Nothing is promised. Pages are still allocated ahead, since a store into a page that a full
     * disk cannot give is a SIGBUS.
     */
    MEMORY(3);

    private final int code;

    Durability(final int code) {
        this.code = code;
    }

    /**
     * The number that stands in an epoch's record.
     *
     * @return from 1; a code is never given to another meaning.
     */
    public int code() {
        return code;
    }

    /**
     * Whether a batch is forced before it is answered.
     *
     * @return true for {@link #DISK} only.
     */
    public boolean forcesBatches() {
        return this == DISK;
    }

    static Durability ofCode(final int code) {
        for (final Durability durability : values()) {
            if (durability.code == code) {
                return durability;
            }
        }
        return null;
    }
}
