package io.schap.gateway.http;

/**
 * The tap of a streamed body. Both methods may be called from any thread and take effect on the event loop; what was read
 * before a pause took effect (at most one read of the socket) is kept by the connection until the next resume.
 */
public interface BodyFlow {

    /** Stops handing over pieces, and soon the reading of the socket, so that the sender is slowed down. */
    void pause();

    /** Goes on handing over pieces. */
    void resume();
}
