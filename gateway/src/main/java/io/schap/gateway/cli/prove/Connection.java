package io.schap.gateway.cli.prove;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection over a plain socket: a request is written whole, then its answer is awaited. There is
 * nothing between shopper and server that could send a request again by itself, and little that costs time. For one thread.
 */
final class Connection implements AutoCloseable {

    private static final int PATIENCE_MS = 10_000;
    private static final int BUFFER_BYTES = 4_096;
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final String LENGTH = "content-length:";

    private final URI server;
    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * Connects.
     *
     * @param server host and port.
     * @throws IOException when nobody listens there.
     */
    Connection(final URI server) throws IOException {
        this.server = server;
        boolean connected = false;
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MS);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            connected = true;
        } finally {
            if (!connected) {
                socket.close();
            }
        }
    }

    /** Where it leads. */
    URI server() {
        return server;
    }

    /**
     * One request and its answer.
     *
     * @param method of HTTP.
     * @param path   percent-encoded.
     * @param key    the idempotency key, or empty.
     * @param body   JSON, or empty.
     * @return what the server said.
     * @throws IOException when the connection ends first; the request's fate is unknown then.
     */
    Answer exchange(final String method, final String path, final String key, final String body) throws IOException {
        final byte[] content = body.getBytes(StandardCharsets.UTF_8);
        final StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(server.getAuthority())
                .append("\r\n");
        if (!key.isEmpty()) {
            head.append("Idempotency-Key: ").append(key).append("\r\n");
        }
        if (content.length > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(content.length)
                    .append("\r\n");
        }
        final byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        final byte[] request = new byte[start.length + content.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(content, 0, request, start.length, content.length);
        socket.getOutputStream().write(request);
        return readAnswer();
    }

    private Answer readAnswer() throws IOException {
        final String status = readLine();
        if (!status.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
            throw new IOException("no status line: " + status);
        }
        int length = -1;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        if (length < 0 || length > MAX_BODY_BYTES) {
            throw new IOException("an answer without a usable Content-Length: " + status);
        }
        final byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return new Answer(Integer.parseInt(status.substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private String readLine() throws IOException {
        final StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended without an answer");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }
}
