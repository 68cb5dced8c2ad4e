package io.schap.gateway.command;

import org.agrona.DirectBuffer;

/** Waits for the answer to one command, on the event loop. */
interface AnswerListener {

    /**
     * The answer came.
     *
     * @param answer where it lies, until this call returns.
     * @param offset of its message header.
     */
    void answered(DirectBuffer answer, int offset);

    /** The engine ended without an answer: the command's fate is unknown. */
    void lost();
}
