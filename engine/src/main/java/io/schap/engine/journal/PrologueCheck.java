package io.schap.engine.journal;

import org.agrona.DirectBuffer;

/**
 * Compares what Chronicle wrote before, between and behind our documents with what it must have written. Reading needs
 * none of it; a difference is a flipped byte, and is refused like any other.
 */
final class PrologueCheck {

    /** Documents of the segment so far, ours included that are no batches. */
    private long documents;

    private long lastPosition;
    private long previousPosition;

    void begin() {
        documents = 0;
        lastPosition = 0;
        previousPosition = 0;
    }

    void document(final long position) {
        previousPosition = lastPosition;
        lastPosition = position;
        documents++;
    }

    long lastPosition() {
        return lastPosition;
    }

    /** The offset of the first wrong byte among those that never vary, or -1. */
    static int firstWrong(final DirectBuffer buffer, final int index) {
        final byte[] expected = SegmentLayout.prologue();
        for (int i = 0; i < expected.length; i++) {
            if (!isVarying(i) && buffer.getByte(index + i) != expected[i]) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the prologue is that of a segment without a document, the first one indexed ahead or not. */
    static boolean isUnused(final DirectBuffer buffer, final int index) {
        return firstWrong(buffer, index) < 0
                && buffer.getLong(index + SegmentLayout.WRITE_POSITION_OFFSET) == 0
                && buffer.getLong(index + SegmentLayout.WRITE_SEQUENCE_OFFSET) == 0
                && isEither(buffer, index + SegmentLayout.NEXT_INDEXED_OFFSET, SegmentLayout.INDEX_SPACING, true)
                && isEither(buffer, index + SegmentLayout.INDEX_USED_OFFSET, 1, true)
                && isEither(buffer, index + SegmentLayout.INDEX_FIRST_OFFSET, SegmentLayout.PROLOGUE_BYTES, true);
    }

    private static boolean isVarying(final int offset) {
        return offset >= SegmentLayout.WRITE_POSITION_OFFSET
                        && offset < SegmentLayout.WRITE_SEQUENCE_OFFSET + Long.BYTES
                || offset >= SegmentLayout.NEXT_INDEXED_OFFSET
                        && offset < SegmentLayout.NEXT_INDEXED_OFFSET + Long.BYTES
                || offset >= SegmentLayout.INDEX_USED_OFFSET && offset < SegmentLayout.INDEX_FIRST_OFFSET + Long.BYTES;
    }

    /**
     * The offset of the first varying field that is wrong, or -1. While the last document may be younger than the last
     * force (the tail), a field may also be as it was before that document, or as a document behind it that was lost made
     * it.
     *
     * @param end behind the last document, where a lost one would begin.
     */
    int firstWrongField(final DirectBuffer buffer, final int index, final boolean tail, final long end) {
        if (documents == 0) {
            return -1;
        }
        if (!isWritePosition(buffer, index, tail, end)) {
            return SegmentLayout.WRITE_POSITION_OFFSET;
        }
        final boolean lax = tail && documents == 1;
        if (!isEither(buffer, index + SegmentLayout.NEXT_INDEXED_OFFSET, SegmentLayout.INDEX_SPACING, lax)) {
            return SegmentLayout.NEXT_INDEXED_OFFSET;
        }
        if (!isEither(buffer, index + SegmentLayout.INDEX_USED_OFFSET, 1, lax)) {
            return SegmentLayout.INDEX_USED_OFFSET;
        }
        return isEither(buffer, index + SegmentLayout.INDEX_FIRST_OFFSET, SegmentLayout.PROLOGUE_BYTES, lax)
                ? -1
                : SegmentLayout.INDEX_FIRST_OFFSET;
    }

    private static boolean isEither(
            final DirectBuffer buffer, final int at, final long expected, final boolean orZero) {
        final long actual = buffer.getLong(at);
        return actual == expected || orZero && actual == 0;
    }

    /** The two longs are stored one after the other, so at the tail each is held to its own. */
    private boolean isWritePosition(final DirectBuffer buffer, final int index, final boolean tail, final long end) {
        final long position = buffer.getLong(index + SegmentLayout.WRITE_POSITION_OFFSET);
        final long sequence = buffer.getLong(index + SegmentLayout.WRITE_SEQUENCE_OFFSET);
        if (position == lastPosition && sequence == encoded(lastPosition, documents - 1)) {
            return true;
        }
        if (!tail) {
            return false;
        }
        final boolean placed = position == lastPosition || position == previousPosition || position == end;
        final boolean numbered = sequence == encoded(lastPosition, documents - 1)
                || sequence == encoded(end, documents)
                || sequence == encodedPrevious();
        return placed && numbered;
    }

    private long encodedPrevious() {
        return documents == 1 ? 0 : encoded(previousPosition, documents - 2);
    }

    /** As Chronicle keeps a document's number beside its position. */
    private static long encoded(final long position, final long number) {
        return position << 32 | number;
    }
}
