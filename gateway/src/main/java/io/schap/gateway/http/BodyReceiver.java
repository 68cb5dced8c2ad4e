package io.schap.gateway.http;

/** Takes a streamed body, piece by piece, on the connection's event loop; it must not block. */
public interface BodyReceiver {

    /** Takes nothing. */
    BodyReceiver IGNORE = new BodyReceiver() {
        @Override
        public void piece(final byte[] bytes) {
            // Nobody asked for it.
        }

        @Override
        public void end() {
            // Nobody waits for it.
        }

        @Override
        public void cut() {
            // Nobody waits for it.
        }
    };

    /**
     * The next bytes of the body.
     *
     * @param bytes at most 64 KB, not empty; the receiver's to keep.
     */
    void piece(byte[] bytes);

    /** The body is complete; nothing is called after it. */
    void end();

    /** The connection was lost, or timed out, before the body was complete; nothing is called after it. */
    void cut();
}
