package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;

/** Makes files ready to be written to without allocating a page. A test puts its own in front, to play a full disk. */
interface SegmentMaker {

    /** Is told how far the zeros have come, and may take its time. */
    @FunctionalInterface
    interface Pace {

        /** Never waits. */
        Pace FULL_SPEED = (done, all) -> {};

        void afterChunk(long doneBytes, long allBytes);
    }

    /**
     * Makes one segment. When it returns, the file has its name and can be lost no more, if the durability asks for that.
     *
     * @param directory of the epoch.
     * @param number    from 0.
     * @param pace      is asked after every megabyte.
     * @return the open segment.
     * @throws IOException when there is no room, or the disk fails; nothing is left behind, as far as that can be had.
     */
    Segment make(Path directory, int number, Pace pace) throws IOException;
}
