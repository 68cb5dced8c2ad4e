package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ResultCode;
import io.schap.engine.egress.AnswerHandler;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Answer;
import io.schap.engine.model.Commands;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusReader;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does when the disk or the clock does not do its part. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class EngineFaultTest {

    private static final Runnable NOBODY = () -> {};

    @TempDir
    private Path directory;

    @Test
    void shouldHaltUnansweredWhenAForceFails() throws IOException, InterruptedException {
        final CountDownLatch offered = new CountDownLatch(1);
        final AtomicInteger wokenAtTheEnd = new AtomicInteger();
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.durability(Durability.DISK))
                .withStock(0)) {
            // Run by the writer after its batch: an interrupt there closes the journal's channel under the next force.
            final EnginePort saboteur = run.engine()
                    .openPort(
                            () -> {
                                await(offered);
                                Thread.currentThread().interrupt();
                            },
                            1);
            final EnginePort port = run.engine().openPort(wokenAtTheEnd::incrementAndGet, 8);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            assertEquals(Offer.OFFERED, saboteur.offer(1, command, 0, command.capacity()));
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 1);
            assertEquals(Offer.OFFERED, port.offer(2, command, 0, command.capacity()));
            offered.countDown();

            assertInstanceOf(ClosedByInterruptException.class, run.awaitHalt());
            assertEquals(0, port.poll((correlation, buffer, offset, length) -> {}, 10), "its fate is unknown");
            assertEquals(Offer.HALTED, port.offer(3, command, 0, command.capacity()));
            assertEquals(1, wokenAtTheEnd.get());
            assertEquals(1, run.engine().view().available(0, 0), "not applied before it was forced");
            final StatusReader status = StatusReader.read(directory);
            assertEquals(EngineState.HALTED, status.state());
            assertEquals(1, status.value(StatusCounter.FAULTS));
            assertTrue(status.lastFault().contains("ClosedByInterruptException"));
        }
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertTrue(run.engine().view().available(0, 0) >= 1, "what was acknowledged is there");
        }
    }

    @Test
    void shouldTellAWaitingThreadThatTheEngineHalted() throws IOException {
        final CountDownLatch offered = new CountDownLatch(1);
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.durability(Durability.DISK))
                .withStock(0)) {
            final EnginePort saboteur = run.engine()
                    .openPort(
                            () -> {
                                await(offered);
                                Thread.currentThread().interrupt();
                            },
                            1);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            saboteur.offer(1, command, 0, command.capacity());
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 1);
            try (BlockingPort port = run.engine().openBlockingPort(RunningEngine.DEADLINE_MS);
                    EnginePort behind = run.engine().openPort(NOBODY, 1)) {
                behind.offer(2, command, 0, command.capacity());
                offered.countDown();
                final EngineUnavailableException unavailable =
                        assertThrows(EngineUnavailableException.class, () -> port.ask(command, 0, command.capacity()));
                assertTrue(unavailable.getMessage().contains("HALTED"), unavailable.getMessage());
            }
            run.awaitHalt();
        }
    }

    @Test
    void shouldHaltOnAnError() throws IOException {
        final CountDownLatch offered = new CountDownLatch(1);
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0)) {
            final EnginePort saboteur = run.engine()
                    .openPort(
                            () -> {
                                await(offered);
                                throw new InternalError("a page of the map is not there");
                            },
                            1);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            saboteur.offer(1, command, 0, command.capacity());
            offered.countDown();
            assertInstanceOf(InternalError.class, run.awaitHalt());
        }
    }

    @Test
    void shouldRefuseCommandsWhileThereIsNoRoomAndTakeThemAgain() throws IOException {
        final long acknowledged;
        try (RunningEngine run = RunningEngine.launch(
                        directory, context -> context.set(EngineSetting.SEGMENT_BYTES, 256 << 10))
                .withStock(0)) {
            // A directory in the place of the third file: there is no way to prepare it, as on a full disk.
            final Path obstacle =
                    directory.resolve("journal").resolve("00000001").resolve("00000002.cq4");
            Files.createDirectory(obstacle);
            final Answer hold = fillUntilRefused(run);
            assertEquals(ResultCode.STORAGE_FULL, hold.code());
            assertEquals(EngineState.STORAGE_FULL, run.engine().state());
            acknowledged = run.engine().view().available(0, 0);
            assertEquals(
                    ResultCode.STORAGE_FULL,
                    run.ask(Commands.movements().receipt(0, 0, 1)).code());
            assertEquals(acknowledged, run.engine().view().available(0, 0), "reads go on, nothing is applied");

            Files.delete(obstacle);
            RunningEngine.await(() -> run.engine().state() == EngineState.RUNNING);
            assertEquals(
                    ResultCode.OK,
                    run.ask(Commands.movements().receipt(0, 0, 1)).code());
            assertEquals(acknowledged + 1, run.engine().view().available(0, 0));
        }
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertEquals(acknowledged + 1, run.engine().view().available(0, 0));
        }
    }

    @Test
    void shouldRefuseWhatWasOfferedBeforeAnEarlierRefusalWasSeenThoughThereIsRoomAgain() throws IOException {
        final AtomicInteger answered = new AtomicInteger();
        try (RunningEngine run = RunningEngine.launch(
                                directory, context -> context.set(EngineSetting.SEGMENT_BYTES, 256 << 10))
                        .withStock(0);
                EnginePort port = run.engine().openPort(answered::incrementAndGet, 8)) {
            final Path obstacle =
                    directory.resolve("journal").resolve("00000001").resolve("00000002.cq4");
            Files.createDirectory(obstacle);
            fillUntilRefused(run);
            final int stock = run.engine().view().available(0, 0);
            final List<ResultCode> codes = new ArrayList<>();
            final AnswerHandler handler = (correlation, buffer, offset, length) -> {
                assertEquals(codes.size(), correlation, "answers come in the order of the offers");
                codes.add(Answer.decode(buffer, offset, length).code());
            };
            offerReceipts(port, 0, 2);
            RunningEngine.await(() -> answered.get() > 0);
            Files.delete(obstacle);
            RunningEngine.await(() -> run.engine().state() == EngineState.RUNNING);
            offerReceipts(port, 2, 4);
            RunningEngine.await(() -> port.poll(handler, 8) >= 0 && codes.size() == 6);
            assertEquals(Collections.nCopies(6, ResultCode.STORAGE_FULL), codes);
            assertEquals(stock, run.engine().view().available(0, 0));
            assertEquals(
                    ResultCode.OK,
                    run.ask(Commands.movements().receipt(0, 0, 1)).code(),
                    "another port has no part in it");
            offerReceipts(port, 6, 1);
            RunningEngine.await(() -> port.poll(handler, 8) >= 0 && codes.size() == 7);
            assertEquals(ResultCode.OK, codes.get(6));
            assertEquals(stock + 2, run.engine().view().available(0, 0));
        }
    }

    private static void offerReceipts(final EnginePort port, final int firstCorrelation, final int count) {
        final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
        for (int i = 0; i < count; i++) {
            assertEquals(Offer.OFFERED, port.offer(firstCorrelation + i, command, 0, command.capacity()));
        }
    }

    /** Rows of one unit each; what was acknowledged is what is available. */
    private static Answer fillUntilRefused(final RunningEngine run) {
        final var rows = Commands.movements();
        for (int i = 0; i < 20; i++) {
            rows.receipt(0, 0, 1);
        }
        int acknowledged = 0;
        Answer answer = run.ask(rows);
        while (answer.code() == ResultCode.OK) {
            acknowledged += 20;
            assertEquals(acknowledged, run.engine().view().available(0, 0));
            answer = run.ask(rows);
        }
        return answer;
    }

    @Test
    void shouldExpireHoldsFromTheReserveWhileThereIsNoRoomForCommands() throws IOException {
        try (RunningEngine run = RunningEngine.launch(
                        directory, context -> context.set(EngineSetting.SEGMENT_BYTES, 256 << 10))
                .withStock(5)) {
            Files.createDirectory(
                    directory.resolve("journal").resolve("00000001").resolve("00000002.cq4"));
            final Answer hold = run.ask(Commands.reserve().line(0, 0, 5).hold(2));
            assertEquals(ResultCode.CREATED, hold.code());
            final int held = run.engine().view().available(0, 0);
            assertEquals(0, held);
            final Answer refused = fillAnotherCell(run);
            assertEquals(ResultCode.STORAGE_FULL, refused.code());
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 5);
            assertEquals(EngineState.STORAGE_FULL, run.engine().state());
        }
    }

    private static Answer fillAnotherCell(final RunningEngine run) {
        assertEquals(ResultCode.OK, run.ask(Commands.putSku("other")).code());
        final var rows = Commands.movements();
        for (int i = 0; i < 24; i++) {
            rows.receipt(0, 1, 1);
        }
        Answer answer = run.ask(rows);
        while (answer.code() == ResultCode.OK) {
            answer = run.ask(rows);
        }
        return answer;
    }

    @Test
    void shouldNotExpireHoldsAtOnceWhenTheClockJumpsAhead() throws IOException {
        final AtomicLong jumpMs = new AtomicLong();
        try (RunningEngine run = RunningEngine.launch(
                        directory,
                        context -> context.clocks(
                                () -> System.currentTimeMillis() + jumpMs.get(), SystemNanoClock.INSTANCE))
                .withStock(5)) {
            run.ask(Commands.reserve().line(0, 0, 5).hold(900));
            jumpMs.set(3_600_000);
            final Answer answer = run.ask(Commands.movements().receipt(0, 0, 1));
            assertTrue(answer.head().timeMs() < System.currentTimeMillis() + 60_000);
            assertEquals(1, run.engine().view().available(0, 0), "the hold is still there");
            RunningEngine.await(() -> jumpsSeen() == 1);
        }
    }

    private long jumpsSeen() {
        try {
            return StatusReader.read(directory).value(StatusCounter.CLOCK_JUMPS);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void shouldGiveTheDirectoryBackAfterALaunchThatFails() throws IOException {
        final Path journal = directory.resolve("journal");
        Files.createDirectories(directory);
        Files.writeString(journal, "a file where the journal's directory should be");
        assertThrows(IOException.class, () -> RunningEngine.launch(directory));
        Files.delete(journal);
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertFalse(run.engine().state() == EngineState.HALTED);
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
