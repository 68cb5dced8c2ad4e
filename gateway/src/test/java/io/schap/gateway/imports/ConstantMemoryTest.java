package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.http.BodyFlow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class ConstantMemoryTest {

    private static final int ROWS = 115_000;
    private static final long FILE_BYTES = 100_000_000;
    private static final Pattern RESULT = Pattern.compile("accepted=(\\d+) bytes=(\\d+) heapBytes=(\\d+) .*");

    @TempDir
    private Path directory;

    @Test
    void shouldImportAFileThatIsLargerThanTheHeap() throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--add-") || flag.startsWith("--enable-")) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-ea", "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.addAll(List.of(SmallHeapImport.class.getName(), directory.toString(), String.valueOf(ROWS)));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said;
        try (InputStream output = process.getInputStream()) {
            said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(0, process.waitFor(), said);
        final Matcher result = RESULT.matcher(said);
        assertTrue(result.find(), said);
        System.out.println("ConstantMemoryTest: " + result.group());
        assertEquals(ROWS - ROWS / 1_000, Integer.parseInt(result.group(1)));
        assertTrue(Long.parseLong(result.group(2)) > FILE_BYTES, said);
        assertTrue(Long.parseLong(result.group(3)) <= 64L << 20, said);
    }

    @Test
    void shouldTakeABombOfGzipForALongStream() throws Exception {
        try (ImportDesk desk = new ImportDesk(directory)) {
            final byte[] bomb = ImportDesk.gzip(new byte[200 << 20]);
            final ImportDesk.Answer answer = desk.begin(
                            "stock", Map.of("Idempotency-Key", "k", "Content-Encoding", "gzip"))
                    .send(new ByteArrayInputStream(bomb), 4_096)
                    .end();
            assertEquals(400, answer.status(), answer::detail);
            assertEquals(
                    1,
                    desk.post("stock?create=true", "k2", "store,sku,on_hand\nS1,K1,1\n")
                            .count("accepted"));
        }
    }

    @Test
    void shouldPauseAPipeThatNobodyReadsAndResumeItWhenItIsRead() throws IOException {
        final boolean[] paused = new boolean[1];
        final UploadPipe pipe = new UploadPipe(
                new BodyFlow() {
                    @Override
                    public void pause() {
                        paused[0] = true;
                    }

                    @Override
                    public void resume() {
                        paused[0] = false;
                    }
                },
                () -> LockSupport.unpark(null));
        int sent = 0;
        while (!paused[0]) {
            pipe.piece(new byte[10_000]);
            sent += 10_000;
        }
        assertTrue(sent <= ImportLimits.QUEUE_HIGH_BYTES + 10_000, "sent=" + sent);
        final byte[] into = new byte[10_000];
        while (paused[0]) {
            sent -= pipe.poll(into, 0, into.length);
        }
        assertTrue(sent <= ImportLimits.QUEUE_LOW_BYTES, "left=" + sent);
        pipe.end();
        while (sent > 0) {
            sent -= pipe.poll(into, 0, into.length);
        }
        assertEquals(UploadPipe.END, pipe.poll(into, 0, into.length));
    }
}
