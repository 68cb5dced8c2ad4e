package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.journal.Durability;
import io.schap.engine.recovery.JournalVerifier;
import io.schap.engine.status.EngineState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in {@code disk} on a file system that is really full: nothing acknowledged is lost, reads go on, writes are
 * 507 and resume by themselves, and no store ever meets a page that the disk cannot give, which would end this process.
 */
@Timeout(180)
final class FullDiskTest {

    private static final int DISK_MEGABYTES = 24;
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int LIST_ROWS = 20;
    private static final int IMPORT_ROWS = 20_000;
    private static final String HEADER = "type,store,sku,quantity,reason\n";

    @TempDir
    private Path directory;

    private final Queue<Throwable> halts = new ConcurrentLinkedQueue<>();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(directory, DISK_MEGABYTES);
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            disk.close();
        }
        assertTrue(halts.isEmpty(), halts::toString);
    }

    private EngineContext context(final String name) {
        try {
            return new EngineContext()
                    .dataDirectory(disk.directory(name))
                    .durability(Durability.DISK)
                    .set(EngineSetting.SEGMENT_BYTES, SEGMENT_BYTES)
                    .report(line -> {})
                    .haltHandler(halts::add);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldAnswer507WhileTheDiskIsFullAndLoseNothing() throws IOException {
        int acknowledged = 10;
        try (RunningGateway schap = RunningGateway.start(context("rounds")).withStock()) {
            for (int round = 0; round < 3; round++) {
                disk.fill();
                String key = RunningGateway.newKey();
                RunningGateway.Answer answer = receive(schap, key);
                while (answer.status() == 200) {
                    acknowledged += LIST_ROWS;
                    disk.fill();
                    key = RunningGateway.newKey();
                    answer = receive(schap, key);
                }
                assertEquals(507, answer.status(), answer::toString);
                assertEquals("storage-full", answer.problem());
                assertEquals("1", answer.header("Retry-After"));
                assertEquals(
                        507,
                        schap.post("/v1/reservations", RunningGateway.reservation("S1", "A", 1))
                                .status());
                assertEquals(
                        507,
                        schap.call(
                                        "POST",
                                        "/v1/imports/movements",
                                        HEADER,
                                        RunningGateway.newKey(),
                                        "Content-Type",
                                        "text/csv")
                                .status());
                assertEquals(acknowledged, available(schap), "reads go on, and nothing refused was applied");
                assertEquals(503, schap.get("/readyz").status());

                disk.free();
                await(() -> schap.get("/readyz").status() == 200);
                assertEquals(200, receive(schap, key).status(), "the client tries again");
                acknowledged += LIST_ROWS;
                assertEquals(acknowledged, available(schap));
            }
        }
        try (RunningGateway schap = RunningGateway.start(context("rounds"))) {
            assertEquals(acknowledged, available(schap));
        }
        JournalVerifier.verify(disk.directory("rounds"));
    }

    @Test
    void shouldNotStartOnAFullDiskAndStartWhenThereIsRoom() throws IOException {
        try (RunningGateway schap = RunningGateway.start(context("start")).withStock()) {
            assertEquals(10, available(schap));
        }
        disk.fill();
        assertThrows(UncheckedIOException.class, () -> RunningGateway.start(context("start")));
        disk.free();
        try (RunningGateway schap = RunningGateway.start(context("start"))) {
            assertEquals(10, available(schap));
        }
    }

    @Test
    void shouldKeepTheOrderOfRowsWhenRoomEndsAndComesBackWithinAnImport() throws Exception {
        final String csv = rows();
        try (RunningGateway schap = RunningGateway.start(context("import")).withStock()) {
            final String key = RunningGateway.newKey();
            disk.fill();
            final CompletableFuture<RunningGateway.Answer> upload =
                    CompletableFuture.supplyAsync(() -> upload(schap, csv, key));
            await(() -> schap.engine().state() == EngineState.STORAGE_FULL || upload.isDone());
            disk.free();
            final RunningGateway.Answer cut = upload.get(60, TimeUnit.SECONDS);
            assertEquals(200, cut.status(), cut::toString);
            final int accepted = cut.body().get("accepted").asInt();
            assertNotEquals(IMPORT_ROWS, accepted, "room was to end in the middle");
            assertEquals(
                    IMPORT_ROWS - accepted,
                    cut.body().path("rejectedByCode").path("storage-full").asInt());
            assertEquals(
                    accepted + 2, cut.body().path("errors").path(0).path("line").asInt(), "the first ones");
            assertEquals(expected(accepted), onHand(schap));

            await(() -> schap.get("/readyz").status() == 200);
            RunningGateway.Answer again = upload(schap, csv, key);
            while (again.status() == 507 || again.body().get("rejected").asInt() > 0) {
                again = upload(schap, csv, key);
            }
            assertEquals(IMPORT_ROWS, again.body().get("accepted").asInt(), again::toString);
            assertEquals(expected(IMPORT_ROWS), onHand(schap));
        }
        JournalVerifier.verify(disk.directory("import"));
    }

    private static RunningGateway.Answer upload(final RunningGateway schap, final String csv, final String key) {
        return schap.call("POST", "/v1/imports/movements", csv, key, "Content-Type", "text/csv");
    }

    /** Counts and what comes between them, all of one cell: in any other order they end elsewhere. */
    private static String rows() {
        final StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i < IMPORT_ROWS; i++) {
            final String type = i % 3 == 0 ? "count" : "receipt";
            csv.append(type)
                    .append(",S1,A,")
                    .append(i + 1)
                    .append(",row ")
                    .append(i)
                    .append('\n');
        }
        return csv.toString();
    }

    private static int expected(final int rows) {
        int onHand = 10;
        for (int i = 0; i < rows; i++) {
            onHand = i % 3 == 0 ? i + 1 : onHand + i + 1;
        }
        return onHand;
    }

    private static RunningGateway.Answer receive(final RunningGateway schap, final String key) {
        final String row = "{\"type\":\"receipt\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1}";
        return schap.call(
                "POST",
                "/v1/stock/movements",
                "{\"movements\":[" + row + ("," + row).repeat(LIST_ROWS - 1) + "]}",
                key);
    }

    private static int available(final RunningGateway schap) {
        final RunningGateway.Answer answer = schap.get("/v1/stores/S1/skus/A/availability");
        assertEquals(200, answer.status(), answer::toString);
        return answer.body().get("available").asInt();
    }

    private static int onHand(final RunningGateway schap) {
        return schap.get("/v1/stores/S1/skus/A/stock").body().get("onHand").asInt();
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "the condition did not come true within 60 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
