package io.schap.benchmarks.stream;

import org.agrona.DirectBuffer;

/** Takes one encoded command after another: a ledger, a journal, or a ring. */
@FunctionalInterface
public interface CommandSink {

    /**
     * Takes a command; its bytes may be overwritten after the call.
     *
     * @param timeMs  the time of its batch, in milliseconds since 1970.
     * @param command where it lies.
     * @param offset  of its first byte.
     * @param length  in bytes.
     */
    void take(long timeMs, DirectBuffer command, int offset, int length);
}
