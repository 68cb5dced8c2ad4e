package io.schap.engine.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * CRC32C over ranges of buffers, salted with a journal's id. It keeps a view of the last direct buffer it saw, so that it
 * allocates only when it is shown a new one. One thread.
 */
final class Checksum {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer salt = ByteBuffer.allocate(2 * Long.BYTES);
    private ByteBuffer seen;
    private ByteBuffer view;

    Checksum(final JournalId id) {
        final UnsafeBuffer bytes = new UnsafeBuffer(salt);
        bytes.putLong(0, id.hi());
        bytes.putLong(Long.BYTES, id.lo());
    }

    /** Starts anew: only the salt is in. */
    Checksum begin() {
        crc.reset();
        crc.update(salt.array(), 0, salt.capacity());
        return this;
    }

    Checksum add(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] array = buffer.byteArray();
        final int start = buffer.wrapAdjustment() + offset;
        if (array != null) {
            crc.update(array, start, length);
        } else {
            final ByteBuffer bytes = viewOf(buffer.byteBuffer());
            bytes.limit(start + length).position(start);
            crc.update(bytes);
        }
        return this;
    }

    int value() {
        return (int) crc.getValue();
    }

    /** The very same buffer is meant: an equal one has other memory. */
    @SuppressWarnings("ReferenceEquality")
    private ByteBuffer viewOf(final ByteBuffer bytes) {
        if (seen != bytes) {
            seen = bytes;
            view = bytes.duplicate();
        }
        return view;
    }
}
