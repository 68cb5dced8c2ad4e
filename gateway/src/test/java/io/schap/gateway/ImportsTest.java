package io.schap.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CSV files through a socket into a real engine: framing, loss, patience. What files may hold is tested without sockets. */
@Timeout(120)
final class ImportsTest {

    private static final int ROWS = 20_000;

    @TempDir
    private Path directory;

    private RunningGateway schap;

    @BeforeEach
    void start() {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
    }

    @Test
    void shouldTakeABodyOfKnownLengthAfterSayingContinue() throws IOException {
        final byte[] csv = receipts(ROWS);
        try (Client client =
                new Client("stock?create=true", "k", "Content-Length: " + csv.length, "Expect: 100-continue")) {
            assertTrue(client.readHead().startsWith("HTTP/1.1 100 "));
            client.send(csv);
            assertEquals(ROWS, client.answer(200).path("accepted").asInt());
        }
    }

    @Test
    void shouldTakeAChunkedBodyOfGzip() throws IOException {
        final byte[] zipped = gzip(receipts(ROWS));
        try (Client client =
                new Client("stock?create=true", "k", "Transfer-Encoding: chunked", "Content-Encoding: gzip")) {
            for (int at = 0; at < zipped.length; at += 1_000) {
                final byte[] chunk = Arrays.copyOfRange(zipped, at, Math.min(zipped.length, at + 1_000));
                client.send((Integer.toHexString(chunk.length) + "\r\n").getBytes(US_ASCII));
                client.send(chunk);
                client.send("\r\n".getBytes(US_ASCII));
            }
            client.send("0\r\n\r\n".getBytes(US_ASCII));
            assertEquals(ROWS, client.answer(200).path("accepted").asInt());
        }
    }

    @Test
    void shouldGoOnAfterALostConnectionAndARestart() throws IOException {
        final String csv = "type,store,sku,quantity\n" + "receipt,S1,A,1\n".repeat(ROWS);
        final byte[] bytes = csv.getBytes(UTF_8);
        final int before = onHand("S1", "A");
        for (final double part : new double[] {0.3, 0.1, 0.7}) {
            final long sequence = schap.engine().view().sequence();
            try (Client client = new Client("movements", "k", "Content-Length: " + bytes.length)) {
                client.send(Arrays.copyOf(bytes, (int) (part * bytes.length)));
                await(() -> schap.engine().view().sequence() > sequence + 20);
            }
        }
        schap.restart();
        assertTrue(onHand("S1", "A") > before);
        try (Client client = new Client("movements", "k", "Content-Length: " + bytes.length)) {
            client.send(bytes);
            final JsonNode answer = client.answer(200);
            assertEquals(ROWS, answer.path("accepted").asInt());
            assertNull(client.header("Idempotent-Replayed"));
        }
        assertEquals(before + ROWS, onHand("S1", "A"));
        try (Client client = new Client("movements", "k", "Content-Length: " + bytes.length)) {
            client.send(bytes);
            assertEquals(ROWS, client.answer(200).path("accepted").asInt());
            assertEquals("true", client.header("Idempotent-Replayed"));
        }
        assertEquals(before + ROWS, onHand("S1", "A"));
    }

    @Test
    void shouldAnswerBeforeTheEndWhenTheHeaderLineIsWrong() throws IOException {
        final byte[] csv = ("store,sku\n" + "S1,A\n".repeat(500_000)).getBytes(UTF_8);
        try (Client client = new Client("stock", "k", "Content-Length: " + csv.length)) {
            client.send(Arrays.copyOf(csv, 100_000));
            final JsonNode problem = client.answer(400);
            assertEquals(
                    "urn:schap:problem:invalid-request", problem.path("type").asText());
            assertTrue(problem.path("detail").asText().contains("on_hand"), problem::toString);
        }
        try (Client client = new Client("stock", "k2", "Content-Length: " + csv.length)) {
            client.send(csv);
            client.answer(400);
        }
    }

    @Test
    void shouldRefuseMoreImportsThanRunAtOnceAndTakeThemLater() throws IOException {
        final List<Client> running = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                final Client client =
                        new Client("stock", "slow-" + i, "Content-Length: 100000", "Expect: 100-continue");
                running.add(client);
                assertTrue(client.readHead().startsWith("HTTP/1.1 100 "));
                client.send("store,sku,on_hand\nS1,A,1\n".getBytes(UTF_8));
            }
            try (Client fifth = new Client("stock", "fifth", "Content-Length: 18")) {
                fifth.send("store,sku,on_hand\n".getBytes(UTF_8));
                final JsonNode problem = fifth.answer(503);
                assertEquals(
                        "urn:schap:problem:overloaded", problem.path("type").asText());
                assertNotNull(fifth.header("Retry-After"));
            }
            assertEquals(200, schap.get("/v1/stores/S1/skus/A/availability").status());
        } finally {
            for (final Client client : running) {
                client.close();
            }
        }
        await(() -> statusOf("stock", "again", "store,sku,on_hand\nS1,A,1\n") == 200);
    }

    @Test
    void shouldKeepTheConnectionForWhatFollows() throws IOException {
        final byte[] csv = "store,sku,on_hand\nS1,A,77\n".getBytes(UTF_8);
        try (Client client = new Client("stock", "k", "Content-Length: " + csv.length)) {
            client.send(csv);
            assertEquals(1, client.answer(200).path("accepted").asInt());
            client.send("GET /v1/stores/S1/skus/A/availability HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            assertEquals(77, client.answer(200).path("available").asInt());
        }
    }

    @Test
    void shouldHandOverAReservationThatASaleNames() {
        final String id = schap.reserve("S1", "A", 3);
        final RunningGateway.Answer answer = schap.call(
                "POST",
                "/v1/imports/movements",
                "type,store,sku,quantity,reservation,channel\nsale,S1,A,4," + id + ",pos\nsale,S1,A,1," + id
                        + "x,pos\n",
                "k",
                "Content-Type",
                "text/csv");
        assertEquals(1, answer.body().path("accepted").asInt(), answer::toString);
        assertEquals(1, answer.body().at("/rejectedByCode/unknown-reservation").asInt(), answer::toString);
        assertEquals("FULFILLED", schap.get("/v1/reservations/" + id).text("state"));
        assertEquals(6, onHand("S1", "A"));
    }

    @Test
    void shouldCutAnImportOffWhenTheServerStopsAndGoOnWhenItIsBack() throws IOException {
        final byte[] csv = ("type,store,sku,quantity\n" + "receipt,S1,A,1\n".repeat(ROWS)).getBytes(UTF_8);
        final int before = onHand("S1", "A");
        try (Client client = new Client("movements", "k", "Content-Length: " + csv.length)) {
            client.send(Arrays.copyOf(csv, csv.length / 2));
            await(() -> onHand("S1", "A") > before);
            schap.restart();
            assertEquals(-1, client.in.read(), "an answer would have said what became of all rows");
        }
        try (Client client = new Client("movements", "k", "Content-Length: " + csv.length)) {
            client.send(csv);
            assertEquals(ROWS, client.answer(200).path("accepted").asInt());
        }
        assertEquals(before + ROWS, onHand("S1", "A"));
    }

    @Test
    void shouldAnswerWhatIsNoImport() throws IOException {
        assertEquals(404, statusOf("prices", "k", "a,b\n"));
        assertEquals(405, schap.get("/v1/imports/stock").status());
        assertEquals(
                400,
                schap.call("POST", "/v1/imports/stock", "store", null, "Content-Type", "text/csv")
                        .status());
    }

    private int statusOf(final String target, final String key, final String csv) {
        return schap.call("POST", "/v1/imports/" + target, csv, key, "Content-Type", "text/csv")
                .status();
    }

    private int onHand(final String store, final String sku) {
        final StockView view = schap.engine().view();
        final CellReading cell = new CellReading();
        view.readCell(view.storeIndex(store), view.skuIndex(sku), cell);
        return cell.onHand();
    }

    private static byte[] receipts(final int rows) {
        final StringBuilder csv = new StringBuilder("store,sku,on_hand\r\n");
        for (int i = 0; i < rows; i++) {
            csv.append("S")
                    .append(i % 10)
                    .append(",K")
                    .append(i % 500)
                    .append(',')
                    .append(i)
                    .append("\r\n");
        }
        return csv.toString().getBytes(UTF_8);
    }

    private static byte[] gzip(final byte[] bytes) throws IOException {
        final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(zipped)) {
            stream.write(bytes);
        }
        return zipped.toByteArray();
    }

    private static void await(final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it did not come to that in time");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** A socket with an import's head sent on it. */
    private final class Client implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private String head = "";

        Client(final String target, final String key, final String... headers) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), schap.port());
            socket.setSoTimeout(60_000);
            in = socket.getInputStream();
            out = socket.getOutputStream();
            out.write(("POST /v1/imports/" + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                            + "Idempotency-Key: " + key + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                    .getBytes(US_ASCII));
        }

        void send(final byte[] bytes) throws IOException {
            out.write(bytes);
        }

        String readHead() throws IOException {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (!bytes.toString(US_ASCII).endsWith("\r\n\r\n")) {
                final int next = in.read();
                assertTrue(next >= 0, "the connection was closed without an answer");
                bytes.write(next);
            }
            head = bytes.toString(US_ASCII);
            return head;
        }

        JsonNode answer(final int status) throws IOException {
            readHead();
            final byte[] body = in.readNBytes(Integer.parseInt(header("Content-Length")));
            assertTrue(head.startsWith("HTTP/1.1 " + status + " "), () -> head + new String(body, UTF_8));
            return RunningGateway.JSON.readTree(body);
        }

        String header(final String name) {
            for (final String line : head.split("\r\n", -1)) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
