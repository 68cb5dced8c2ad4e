package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.schap.engine.command.Limits;
import io.schap.engine.egress.AnswerHandler;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Commands;
import io.schap.engine.state.LedgerSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The writer and a port's owner allocate nothing in steady state, over the whole mixed stream, with ticks, journal and
 * status. With keys, the index of remembered answers still grows a segment here and there long after, 64 slots at a time:
 * that is bounded, and tried apart from the rest, so that the rest can be held to nothing at all.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class AllocationTest {

    private static final int STORES = 10;
    private static final int SKUS = 500;
    private static final int HOLD_SECONDS = 900;
    private static final int WARM_UP = 250_000;
    private static final int WINDOW = 10_000;
    private static final int WINDOWS = 10;
    private static final LedgerSettings SMALL =
            new LedgerSettings(100, 10_000, 10, 1_000_000, 1_000, 60, 2, 90_000, 1 << 26, 3_600_000);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final AtomicReference<Thread> writer = new AtomicReference<>();
    private final long[] writerBytes = new long[WINDOWS];
    private final long[] ownerBytes = new long[WINDOWS];
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES]);

    @TempDir
    private Path directory;

    @Test
    void shouldAllocateNothingPerCommand() throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AllocationTest seed=" + seed);
        try (RunningEngine run = launch();
                EnginePort port = run.engine().openPort(() -> {}, 512)) {
            fill(run);
            final MixedStream stream = new MixedStream(STORES, SKUS, HOLD_SECONDS, seed);
            final AnswerHandler handler = stream::onAnswer;
            play(port, stream, handler, WARM_UP);
            measure(port, stream, handler);
            assertTrue(
                    Arrays.stream(writerBytes).min().orElseThrow() < WINDOW, "less than a byte a command: " + told());
            assertSteady("owner", ownerBytes);

            stream.unkeyed();
            measure(port, stream, handler);
            assertSteady("writer", writerBytes);
            assertSteady("owner", ownerBytes);
        }
    }

    private void measure(final EnginePort port, final MixedStream stream, final AnswerHandler handler) {
        for (int i = 0; i < WINDOWS; i++) {
            final long writerBefore =
                    threads.getThreadAllocatedBytes(writer.get().getId());
            final long ownerBefore = threads.getCurrentThreadAllocatedBytes();
            play(port, stream, handler, WINDOW);
            ownerBytes[i] = threads.getCurrentThreadAllocatedBytes() - ownerBefore;
            writerBytes[i] = threads.getThreadAllocatedBytes(writer.get().getId()) - writerBefore;
        }
        System.out.println(told());
    }

    private String told() {
        return "bytes allocated in windows of " + WINDOW + " commands: writer=" + Arrays.toString(writerBytes)
                + ", owner=" + Arrays.toString(ownerBytes);
    }

    /**
     * A table that still grows takes a page now and then, and the compiler may come late; whatever is allocated for each
     * command, batch or tick shows in every window.
     */
    private void assertSteady(final String who, final long[] bytes) {
        final long clean = Arrays.stream(bytes).filter(window -> window == 0).count();
        assertTrue(clean > WINDOWS / 2, who + " has " + clean + " clean windows; " + told());
    }

    private RunningEngine launch() throws IOException {
        return RunningEngine.launch(
                directory,
                context -> context.durability(Durability.MEMORY)
                        .set(EngineSetting.SEGMENT_BYTES, 128 << 20)
                        .set(EngineSetting.MOVEMENTS_REMEMBERED, 1 << 16) // full before it is measured
                        .ledgerSettings(SMALL)
                        .threads(task -> {
                            final Thread thread = new Thread(task);
                            writer.set(thread); // the journal's thread is made first, the writer last
                            return thread;
                        }));
    }

    private static void fill(final RunningEngine run) {
        run.ask(Commands.putChannel("web"));
        for (int store = 0; store < STORES; store++) {
            run.ask(Commands.putStore("store " + store));
        }
        for (int sku = 0; sku < SKUS; sku++) {
            run.ask(Commands.putSku("sku " + sku));
            final var rows = Commands.movements();
            for (int store = 0; store < STORES; store++) {
                rows.receipt(store, sku, 1_000);
            }
            run.ask(rows);
        }
    }

    private void play(
            final EnginePort port, final MixedStream stream, final AnswerHandler handler, final int commands) {
        int offered = 0;
        int answered = 0;
        int length = 0;
        while (answered < commands) {
            while (offered < commands) {
                length = length == 0 ? stream.next(command) : length;
                if (port.offer(offered, command, 0, length) != Offer.OFFERED) {
                    break;
                }
                offered++;
                length = 0;
            }
            answered += port.poll(handler, 256);
        }
    }
}
