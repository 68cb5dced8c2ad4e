package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.access.AccessSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS against Java's own client, which checks the certificate by itself. */
@Timeout(120)
final class TlsTest {

    private static final String GET = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    private Path directory;

    private Path certificate;
    private Path key;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = directory.resolve("server.crt");
        key = directory.resolve("server.key");
        makePair("first", certificate, key);
    }

    /** A key and a certificate that it signs itself, by the JDK's own tool. */
    private void makePair(final String alias, final Path certificateFile, final Path keyFile) throws Exception {
        final Path store = directory.resolve(alias + ".p12");
        final Process tool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertTrue(tool.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, tool.exitValue(), Files.readString(directory.resolve("keytool.log")));
        final KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        final Certificate made = keys.getCertificate(alias);
        final Key secret = keys.getKey(alias, "changeit".toCharArray());
        replace(certificateFile, pem("CERTIFICATE", made.getEncoded()));
        replace(keyFile, pem("PRIVATE KEY", secret.getEncoded()));
    }

    private static void replace(final Path file, final String text) throws IOException {
        final Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pem(final String type, final byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + type + "-----\n";
    }

    private RunningGateway start(final String... proxies) {
        return RunningGateway.start(
                directory,
                context -> context.access(new AccessSettings(
                        context.access().keys(),
                        10,
                        List.of(proxies),
                        AccessSettings.NO_LIMIT,
                        AccessSettings.NO_LIMIT,
                        certificate,
                        key)));
    }

    private SSLSocket connect(final int port, final String... protocols) throws IOException, GeneralSecurityException {
        final SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(PATIENCE_MS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    private static void send(final SSLSocket socket, final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The next answer; empty at the end of the connection. */
    private static String answer(final SSLSocket socket) throws IOException {
        final ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            final int b = socket.getInputStream().read();
            if (b < 0) {
                return head.toString(StandardCharsets.US_ASCII);
            }
            head.write(b);
            last = last << 8 | b;
        }
        final String text = head.toString(StandardCharsets.US_ASCII);
        final int at = text.indexOf("Content-Length: ");
        final int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)));
        return text + new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldAnswerManyRequestsOfOneConnectionUnderEitherVersion(final String protocol) throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port(), protocol)) {
            for (int i = 0; i < 5; i++) {
                send(socket, GET + GET);
                assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
                assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
            }
            assertEquals(protocol, socket.getSession().getProtocol());
            assertTrue(gateway.gateway().isSealed());
        }
    }

    @Test
    void shouldTakeAndGiveBodiesLargerThanARecord() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port())) {
            final StringBuilder items = new StringBuilder("{\"items\":[");
            for (int i = 0; i < 5_000; i++) {
                items.append(i == 0 ? "" : ",")
                        .append("{\"store\":\"S\",\"sku\":\"K")
                        .append(i)
                        .append("\"}");
            }
            final String body = items.append("]}").toString();
            send(
                    socket,
                    "POST /v1/availability HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body + GET);
            final String answer = answer(socket);
            assertTrue(answer.startsWith("HTTP/1.1 200") && answer.length() > 300_000, () -> answer.substring(0, 200));
            assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void shouldSayFarewellWhenItClosesAfterAnAnswer() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port())) {
            send(socket, GET.replace("Host:", "Connection: close\r\nHost:"));
            assertTrue(answer(socket).contains("Connection: close"));
            assertEquals(-1, socket.getInputStream().read(), "close_notify, not a cut connection");
        }
    }

    @Test
    void shouldAnswerWhoHasSentEverythingAndEndsItsHalf() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port(), "TLSv1.3")) {
            send(socket, GET + GET);
            assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
            assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
            socket.shutdownOutput();
            assertEquals(-1, socket.getInputStream().read());
        }
    }

    @Test
    void shouldDrainWithAFarewellToIdleConnections() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port())) {
            send(socket, GET);
            assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
            final Thread drain = new Thread(() -> gateway.gateway().drain(PATIENCE_MS));
            drain.start();
            assertEquals(-1, socket.getInputStream().read());
            socket.close();
            drain.join();
        }
    }

    @Test
    void shouldCloseOnWhoSpeaksNoTlsAndGoOnServing() throws Exception {
        try (RunningGateway gateway = start()) {
            final String answer = RawClient.ask(gateway.port(), GET);
            assertTrue(!answer.contains("HTTP/1.1"), answer);
            try (SSLSocket old = connect(gateway.port(), "TLSv1.3")) {
                send(old, GET);
                assertTrue(answer(old).startsWith("HTTP/1.1 200"));
            }
        }
    }

    @Test
    void shouldRefuseOlderVersions() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket socket = connect(gateway.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThrows(IOException.class, socket::startHandshake);
        }
    }

    @Test
    void shouldServeANewCertificateToNewConnectionsWithoutARestart() throws Exception {
        try (RunningGateway gateway = start();
                SSLSocket old = connect(gateway.port())) {
            send(old, GET);
            assertTrue(answer(old).startsWith("HTTP/1.1 200"));
            final BigInteger before = serial(old);
            // While only one of the two is new, the old pair serves on.
            final Path nextKey = directory.resolve("next.key");
            final Path nextCertificate = directory.resolve("next.crt");
            makePair("second", nextCertificate, nextKey);
            replace(certificate, Files.readString(nextCertificate));
            send(old, GET);
            assertTrue(answer(old).startsWith("HTTP/1.1 200"), "a connection keeps what it began with");
            replace(key, Files.readString(nextKey));
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            BigInteger after = before;
            while (after.equals(before)) {
                assertTrue(System.nanoTime() - deadlineNs < 0, "the new certificate was not served");
                try (SSLSocket socket = connect(gateway.port())) {
                    send(socket, GET);
                    assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
                    after = serial(socket);
                } catch (final SSLHandshakeException notYet) {
                    Thread.onSpinWait(); // we trust the new one only, and it serves the old one still
                }
            }
            assertNotEquals(before, after);
        }
    }

    private static BigInteger serial(final SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }

    @Test
    void shouldTakeAProxyHeaderBeforeTls() throws Exception {
        final String widget = new KeyRing(directory).publishable("widget");
        try (RunningGateway gateway = start("127.0.0.1")) {
            final java.net.Socket plain = new java.net.Socket("localhost", gateway.port());
            plain.getOutputStream()
                    .write("PROXY TCP4 203.0.113.1 127.0.0.1 4711 443\r\n".getBytes(StandardCharsets.US_ASCII));
            try (SSLSocket socket =
                    (SSLSocket) trusting().getSocketFactory().createSocket(plain, "localhost", gateway.port(), true)) {
                socket.setSoTimeout(PATIENCE_MS);
                send(socket, "GET /v1/stores?key=" + widget + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertTrue(answer(socket).startsWith("HTTP/1.1 200"));
            }
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        final KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void shouldRefuseToStartWithFilesThatDoNotFit() throws Exception {
        final Path otherKey = directory.resolve("other.key");
        makePair("other", directory.resolve("other.crt"), otherKey);
        for (final Path wrong : List.of(otherKey, directory.resolve("missing.key"), certificate)) {
            final IOException fault = assertThrows(IOException.class, () -> launch(certificate, wrong));
            assertTrue(fault.getMessage().contains("tls.key=" + wrong), fault::getMessage);
        }
        final IllegalArgumentException half =
                assertThrows(IllegalArgumentException.class, () -> launch(certificate, null));
        assertEquals("tls.certificate is set and tls.key is not; TLS takes both", half.getMessage());
    }

    private static void launch(final Path certificate, final Path key) throws IOException {
        final AccessSettings otherwise = AccessSettings.DEFAULTS;
        Gateway.launch(new GatewayContext()
                        .access(new AccessSettings(
                                null, 10, List.of(), otherwise.perKey(), otherwise.perAddress(), certificate, key)))
                .close();
    }
}
