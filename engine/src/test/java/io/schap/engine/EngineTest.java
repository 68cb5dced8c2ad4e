package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.DoneDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Answer;
import io.schap.engine.model.Commands;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class EngineTest {

    private static final Runnable NOBODY = () -> {};

    @TempDir
    private Path directory;

    @Test
    void shouldKeepWhatItAcknowledgedOverARelaunch() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.durability(Durability.DISK))
                .withStock(5)) {
            assertEquals(EngineState.RUNNING, run.engine().state());
            final Answer held =
                    run.ask(Commands.reserve().line(0, 0, 2).hold(900).key(1));
            assertEquals(ResultCode.CREATED, held.code());
            assertEquals(6, held.sequence());
            assertEquals(3, run.engine().view().available(0, 0));
            assertEquals(1, run.engine().epoch());
        }
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertEquals(2, run.engine().epoch());
            assertEquals(3, run.engine().view().available(0, 0));
            assertEquals(6, run.engine().view().sequence());
            final Answer again =
                    run.ask(Commands.reserve().line(0, 0, 2).hold(900).key(1));
            assertTrue(again.replayed());
            assertEquals(6, again.sequence());
            assertEquals(3, run.engine().view().available(0, 0));
        }
    }

    @Test
    void shouldAnswerInTheOrderOfTheOffers() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0);
                EnginePort port = run.engine().openPort(NOBODY, 64)) {
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            final List<Long> answered = new ArrayList<>();
            final List<Long> sequences = new ArrayList<>();
            for (long i = 0; answered.size() < 2_000; ) {
                if (i < 2_000 && port.offer(i, command, 0, command.capacity()) == Offer.OFFERED) {
                    i++;
                }
                port.poll(
                        (correlation, buffer, offset, length) -> {
                            answered.add(correlation);
                            sequences.add(Answer.decode(buffer, offset, length).sequence());
                        },
                        16);
            }
            for (int i = 0; i < answered.size(); i++) {
                assertEquals(i, answered.get(i));
                assertEquals(sequences.get(0) + i, sequences.get(i), "the only port: no other commands between");
            }
            assertEquals(0, port.creditsUsed());
            assertEquals(2_000, run.engine().view().available(0, 0));
        }
    }

    @Test
    void shouldRefuseWhenThePortsCreditsAreGone() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0);
                EnginePort port = run.engine().openPort(NOBODY, 3)) {
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            for (int i = 0; i < 3; i++) {
                assertEquals(Offer.OFFERED, port.offer(i, command, 0, command.capacity()));
            }
            assertEquals(Offer.NO_CREDIT, port.offer(3, command, 0, command.capacity()));
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 3);
            assertEquals(
                    Offer.NO_CREDIT,
                    port.offer(3, command, 0, command.capacity()),
                    "an answer that nobody polled uses its credit");
            RunningEngine.await(() -> port.poll((correlation, buffer, offset, length) -> {}, 1) == 1);
            assertEquals(Offer.OFFERED, port.offer(3, command, 0, command.capacity()));
        }
        assertEquals(2, StatusReader.read(directory).value(StatusCounter.REFUSED_NO_CREDIT));
    }

    @Test
    void shouldRefuseWhenTheRingIsFullAndCarryOutWhatItTook() throws IOException, InterruptedException {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.set(EngineSetting.RING_SLOTS, 16))
                .withStock(0)) {
            // A wake-up that blocks, as it never may, holds the writer still.
            final EnginePort brake = run.engine().openPort(() -> block(inside, goOn), 1);
            final EnginePort port = run.engine().openPort(NOBODY, 64);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            assertEquals(Offer.OFFERED, brake.offer(0, command, 0, command.capacity()));
            inside.await();
            for (int i = 0; i < 16; i++) {
                assertEquals(Offer.OFFERED, port.offer(i, command, 0, command.capacity()));
            }
            assertEquals(Offer.RING_FULL, port.offer(16, command, 0, command.capacity()));
            assertEquals(16, port.creditsUsed(), "what was refused gave its credit back");
            goOn.countDown();
            final AtomicInteger answers = new AtomicInteger();
            RunningEngine.await(() -> {
                port.poll((correlation, buffer, offset, length) -> answers.incrementAndGet(), 100);
                return answers.get() == 16;
            });
            assertEquals(17, run.engine().view().available(0, 0));
            brake.close();
            port.close();
        }
        assertEquals(1, StatusReader.read(directory).value(StatusCounter.REFUSED_RING_FULL));
    }

    private static void block(final CountDownLatch inside, final CountDownLatch goOn) {
        inside.countDown();
        try {
            goOn.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldShowAnAcknowledgedCommandInEveryLaterRead() throws IOException, InterruptedException {
        final int threads = 4;
        final int each = 300;
        final AtomicReference<Throwable> failed = new AtomicReference<>();
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0)) {
            final List<Thread> askers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                final Thread asker = new Thread(() -> askAndRead(run.engine(), each));
                asker.setUncaughtExceptionHandler((thread, e) -> failed.set(e));
                askers.add(asker);
                asker.start();
            }
            for (final Thread asker : askers) {
                asker.join();
            }
            assertEquals(null, failed.get());
            assertEquals(threads * each, run.engine().view().available(0, 0));
        }
    }

    private static void askAndRead(final Engine engine, final int count) {
        try (BlockingPort port = engine.openBlockingPort(RunningEngine.DEADLINE_MS)) {
            for (int i = 0; i < count; i++) {
                final Answer answer =
                        RunningEngine.ask(port, Commands.movements().receipt(0, 0, 1));
                final int onHand = ((Answer.Movements) answer).rows().get(0).onHand();
                assertTrue(engine.view().sequence() >= answer.sequence());
                assertTrue(engine.view().available(0, 0) >= onHand);
            }
        }
    }

    @Test
    void shouldExpireAHoldWithinASecondThoughNobodyAsks() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory).withStock(10)) {
            final Answer.Reservation held = (Answer.Reservation)
                    run.ask(Commands.reserve().line(0, 0, 4).hold(1));
            assertEquals(6, run.engine().view().available(0, 0));
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 10);
            final long lateMs = System.currentTimeMillis() - held.deadlineMs();
            assertTrue(lateMs >= 0 && lateMs < 1_000, "late by " + lateMs + " ms");
        }
        final StatusReader status = StatusReader.read(directory);
        assertEquals(1, status.value(StatusCounter.EXPIRATIONS));
        assertEquals(1, status.value(StatusCounter.TICKS));
    }

    @Test
    void shouldExpireMoreThanOneTickTakesAtOnce() throws IOException {
        final int holds = 2_500;
        try (RunningEngine run = RunningEngine.launch(directory).withStock(holds);
                EnginePort port = run.engine().openPort(NOBODY, 512)) {
            final UnsafeBuffer hold = Commands.reserve().line(0, 0, 1).hold(1).encode();
            int offered = 0;
            final AtomicInteger answered = new AtomicInteger();
            while (answered.get() < holds) {
                if (offered < holds && port.offer(offered, hold, 0, hold.capacity()) == Offer.OFFERED) {
                    offered++;
                }
                port.poll((correlation, buffer, offset, length) -> answered.incrementAndGet(), 100);
            }
            RunningEngine.await(() -> run.engine().view().available(0, 0) == holds);
        }
        final StatusReader status = StatusReader.read(directory);
        assertEquals(holds, status.value(StatusCounter.EXPIRATIONS));
        assertTrue(status.value(StatusCounter.TICKS) >= 3);
    }

    @Test
    void shouldFinishWhatIsInTheRingWhenItIsClosed() throws IOException {
        final EnginePort port;
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0)) {
            port = run.engine().openPort(NOBODY, 256);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            for (int i = 0; i < 256; i++) {
                assertEquals(Offer.OFFERED, port.offer(i, command, 0, command.capacity()));
            }
        }
        assertEquals(256, port.poll((correlation, buffer, offset, length) -> {}, 1_000));
        final UnsafeBuffer late = Commands.tick().encode();
        assertEquals(Offer.HALTED, port.offer(1, late, 0, late.capacity()));
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertEquals(256, run.engine().view().available(0, 0));
        }
        assertEquals(EngineState.CLOSED, StatusReader.read(directory).state());
    }

    @Test
    void shouldAnswerGarbageAndGoOn() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory).withStock(1);
                BlockingPort port = run.engine().openBlockingPort(RunningEngine.DEADLINE_MS)) {
            final UnsafeBuffer garbage = new UnsafeBuffer(new byte[100]);
            garbage.setMemory(0, 100, (byte) 0xee);
            for (int length = 1; length <= 100; length++) {
                final var answer = port.ask(garbage, 0, length);
                assertEquals(
                        ResultCode.MALFORMED,
                        Answer.decode(answer, 0, answer.capacity()).code());
            }
            assertEquals(1, run.engine().view().available(0, 0));
        }
    }

    @Test
    void shouldRefuseASecondEngineOnOneDirectory() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory)) {
            final IOException refused = assertThrows(IOException.class, () -> RunningEngine.launch(directory));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
            assertEquals(EngineState.RUNNING, run.engine().state());
        }
    }

    @Test
    void shouldJournalOtherSettingsAtLaunch() throws IOException {
        final LedgerSettings first = new LedgerSettings(100, 1_000, 10, 1_000, 10, 60, 2, 1_000, 1 << 20, 3_600_000);
        final LedgerSettings second = new LedgerSettings(100, 1_000, 10, 1_000, 10, 120, 2, 1_000, 1 << 20, 3_600_000);
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.ledgerSettings(first))) {
            assertEquals(first, run.engine().view().settings());
        }
        try (RunningEngine run = RunningEngine.launch(directory, context -> context.ledgerSettings(second))) {
            assertEquals(second, run.engine().view().settings());
        }
        try (RunningEngine run = RunningEngine.launch(directory)) {
            assertEquals(second, run.engine().view().settings());
            assertEquals(2, run.engine().view().sequence());
        }
    }

    @Test
    void shouldRefuseToStartWithAClockFarBehindTheJournal() throws IOException {
        try (RunningEngine run = RunningEngine.launch(directory).withStock(1)) {
            assertEquals(5, run.engine().view().sequence());
        }
        final long nowMs = System.currentTimeMillis();
        final IOException refused = assertThrows(
                IOException.class,
                () -> RunningEngine.launch(
                        directory, context -> context.clocks(() -> nowMs - 120_000, SystemNanoClock.INSTANCE)));
        assertTrue(refused.getMessage().contains("clock"), refused.getMessage());
        try (RunningEngine run = RunningEngine.launch(
                directory, context -> context.clocks(() -> nowMs - 5_000, SystemNanoClock.INSTANCE))) {
            final Answer answer = run.ask(Commands.movements().receipt(0, 0, 1));
            assertTrue(((Answer.Movements) answer).head().timeMs() >= nowMs - 1_000, "time never runs back");
        }
    }

    @Test
    void shouldAskAgainWithTheSamePortAfterATimeOut() throws IOException, InterruptedException {
        final CountDownLatch inside = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        try (RunningEngine run = RunningEngine.launch(directory).withStock(0);
                BlockingPort hasty = run.engine().openBlockingPort(50)) {
            final EnginePort brake = run.engine().openPort(() -> block(inside, goOn), 1);
            final UnsafeBuffer command = Commands.movements().receipt(0, 0, 1).encode();
            brake.offer(0, command, 0, command.capacity());
            inside.await();
            final EngineUnavailableException late =
                    assertThrows(EngineUnavailableException.class, () -> hasty.ask(command, 0, command.capacity()));
            assertTrue(late.isFateUnknown());
            goOn.countDown();
            RunningEngine.await(() -> run.engine().view().available(0, 0) == 2);
            final var answer = hasty.ask(
                    Commands.putStore("0043").encode(),
                    0,
                    Commands.putStore("0043").encode().capacity());
            assertEquals(
                    DoneDecoder.TEMPLATE_ID,
                    new MessageHeaderDecoder().wrap(answer, 0).templateId(),
                    "its own answer");
            brake.close();
        }
    }

    @Test
    void shouldRefuseAContextThatIsIncompleteOrUsedTwice() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> Engine.launch(new EngineContext()));
        assertThrows(IllegalArgumentException.class, () -> new EngineContext().set(EngineSetting.RING_SLOTS, 8));
        assertThrows(
                IllegalArgumentException.class,
                () -> Engine.launch(new EngineContext().dataDirectory(directory).set(EngineSetting.RING_SLOTS, 100)));
        assertThrows(IllegalArgumentException.class, () -> EngineSetting.of("engine.no.such"));
        final EngineContext context = new EngineContext().dataDirectory(directory);
        context.conclude();
        assertThrows(IllegalStateException.class, () -> context.durability(Durability.MEMORY));
        assertThrows(IllegalStateException.class, () -> Engine.launch(context));
    }
}
