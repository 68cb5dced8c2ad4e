package io.schap.engine.egress;

import org.agrona.DirectBuffer;

/** Takes answers from a port, on the thread of the port's owner. */
@FunctionalInterface
public interface AnswerHandler {

    /**
     * One answer.
     *
     * @param correlation that the command was offered with.
     * @param buffer      where the answer lies; its bytes are valid until this call returns.
     * @param offset      of its first byte.
     * @param length      in bytes.
     */
    void onAnswer(long correlation, DirectBuffer buffer, int offset, int length);
}
