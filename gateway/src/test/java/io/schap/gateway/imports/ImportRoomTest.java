package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.EngineSetting;
import io.schap.engine.status.EngineState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Room in the journal that ends within an import, and comes back within it: what was taken is the file's beginning. */
@Timeout(120)
final class ImportRoomTest {

    private static final String HEADER = "type,store,sku,quantity,channel,reason\n";
    private static final String REASON = "a reason that takes room ".repeat(4).strip();
    private static final int STEP_ROWS = 30;
    private static final int MOST_ROWS = 60_000;
    private static final int ROWS_AFTER = 3_000;

    @TempDir
    private Path directory;

    @Test
    void shouldTakeNothingBehindARowThatFoundNoRoomAndGoOnThereWhenSentAgain() throws Exception {
        try (ImportDesk desk =
                new ImportDesk(directory, context -> context.set(EngineSetting.SEGMENT_BYTES, 256 << 10))) {
            desk.post("stores", "s", "store,name\n0042,Utrecht\n");
            desk.post("products", "p", "sku,name\nA1,Lamp\n");
            final Path obstacle = directory.resolve("journal/00000001/00000002.cq4");
            Files.createDirectory(obstacle);
            final StringBuilder file = new StringBuilder(HEADER);
            final ImportDesk.Upload upload =
                    desk.begin("movements?maxErrors=1", "k").send(bytes(HEADER));
            int rows = 0;
            while (desk.engine().state() != EngineState.STORAGE_FULL) {
                assertTrue(rows < MOST_ROWS, "room is meant to end");
                rows = send(upload, file, rows, STEP_ROWS);
            }
            Files.delete(obstacle);
            awaitRoom(desk);
            rows = send(upload, file, rows, ROWS_AFTER);

            final ImportDesk.Answer cut = upload.end();
            assertEquals(200, cut.status());
            assertEquals(rows, cut.count("rows"));
            final int accepted = (int) cut.count("accepted");
            assertTrue(accepted > 0 && accepted <= rows - ROWS_AFTER, "accepted=" + accepted + ", rows=" + rows);
            assertEquals(
                    rows - accepted,
                    cut.body().path("rejectedByCode").path("storage-full").asInt());
            assertEquals(accepted + 2, cut.error(0).path("line").asInt(), "behind the last row that was taken");
            assertEquals(onHand(accepted), desk.onHand("0042", "A1"));

            final ImportDesk.Answer whole = desk.post("movements?maxErrors=1", "k", bytes(file.toString()));
            assertEquals(rows, whole.count("accepted"), () -> whole.body().toString());
            assertEquals(onHand(rows), desk.onHand("0042", "A1"));
        }
    }

    private static int send(
            final ImportDesk.Upload upload, final StringBuilder file, final int firstRow, final int count)
            throws Exception {
        final StringBuilder piece = new StringBuilder();
        for (int i = firstRow; i < firstRow + count; i++) {
            piece.append(i % 3 == 0 ? "count" : "receipt").append(",0042,A1,").append(i + 1);
            piece.append(",channel-").append(i / 300).append(',').append(REASON).append('\n');
        }
        file.append(piece);
        upload.send(bytes(piece.toString()));
        return firstRow + count;
    }

    private static int onHand(final int rows) {
        int onHand = 0;
        for (int i = 0; i < rows; i++) {
            onHand = i % 3 == 0 ? i + 1 : onHand + i + 1;
        }
        return onHand;
    }

    private static void awaitRoom(final ImportDesk desk) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (desk.engine().state() != EngineState.RUNNING) {
            assertTrue(System.nanoTime() < deadlineNs, "there is no room again");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
