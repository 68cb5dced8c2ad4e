package io.schap.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A socket that sends bytes as they are given and reads answers one by one. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MS = 15_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(final int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** Sends one request on a connection of its own; head and body of the answer. */
    static String ask(final int port, final String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return client.answer();
        }
    }

    void send(final String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(final byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void endOfInput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer, its body by its length; empty at the end of the connection. */
    String answer() throws IOException {
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            final int b = in.read();
            if (b < 0) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            head.write(b);
            last = last << 8 | b;
        }
        final String text = head.toString(StandardCharsets.ISO_8859_1);
        final int at = text.indexOf("Content-Length: ");
        final int length = at < 0 ? 0 : Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    List<String> answers(final int count) throws IOException {
        final List<String> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(answer());
        }
        return answers;
    }

    /** Whether the server closes the connection, without another byte. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (final SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
