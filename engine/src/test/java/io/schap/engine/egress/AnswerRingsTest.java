package io.schap.engine.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.Limits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class AnswerRingsTest {

    private static final Runnable NOBODY = () -> {};

    private final AnswerRings rings = new AnswerRings();
    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[Limits.MAX_ANSWER_BYTES + 1]);

    @Test
    void shouldShowAnswersOnlyAfterTheCommit() {
        final AnswerRing ring = rings.open(4, NOBODY);
        ring.takeCredit();
        rings.append(ring.id(), 11, answer, 0, 20);
        assertEquals(0, ring.poll((correlation, buffer, offset, length) -> {}, 10));
        rings.commit();
        final List<Long> seen = new ArrayList<>();
        assertEquals(1, ring.poll((correlation, buffer, offset, length) -> seen.add(correlation), 10));
        assertEquals(List.of(11L), seen);
    }

    @Test
    void shouldGiveACreditBackWhenItsAnswerWasHandled() {
        final AnswerRing ring = rings.open(2, NOBODY);
        assertTrue(ring.takeCredit());
        assertTrue(ring.takeCredit());
        assertFalse(ring.takeCredit());
        rings.append(ring.id(), 1, answer, 0, 8);
        rings.commit();
        assertFalse(ring.takeCredit(), "an answer that lies in the ring still uses its credit");
        ring.poll((correlation, buffer, offset, length) -> assertEquals(2, ring.creditsUsed()), 10);
        assertEquals(1, ring.creditsUsed());
        assertTrue(ring.takeCredit());
    }

    @Test
    void shouldCountAnAnswerAsHandledWhenItsHandlerThrows() {
        final AnswerRing ring = rings.open(2, NOBODY);
        ring.takeCredit();
        ring.takeCredit();
        rings.append(ring.id(), 1, answer, 0, 8);
        rings.append(ring.id(), 2, answer, 0, 8);
        rings.commit();
        assertThrows(
                IllegalStateException.class,
                () -> ring.poll(
                        (correlation, buffer, offset, length) -> {
                            throw new IllegalStateException("thrown by the handler");
                        },
                        10));
        assertEquals(1, ring.creditsUsed());
        final List<Long> rest = new ArrayList<>();
        ring.poll((correlation, buffer, offset, length) -> rest.add(correlation), 10);
        assertEquals(List.of(2L), rest);
    }

    @Test
    void shouldHaveRoomForTheWorstOfAllCreditsAtEveryOffset() {
        final int credits = 3;
        final AnswerRing ring = rings.open(credits, NOBODY);
        for (int shift = 0; shift < 600; shift++) {
            exchange(ring, 1, 8 * (shift % 500)); // moves the place where the worst case begins
            exchange(ring, credits, Limits.MAX_ANSWER_BYTES);
        }
    }

    private void exchange(final AnswerRing ring, final int count, final int length) {
        for (int i = 0; i < count; i++) {
            assertTrue(ring.takeCredit());
            answer.setMemory(0, length, (byte) i);
            rings.append(ring.id(), i, answer, 0, length);
        }
        rings.commit();
        final AtomicInteger next = new AtomicInteger();
        ring.poll(
                (correlation, buffer, offset, size) -> {
                    assertEquals(next.getAndIncrement(), correlation);
                    assertEquals(length, size);
                    for (int i = 0; i < size; i++) {
                        assertEquals((byte) correlation, buffer.getByte(offset + i));
                    }
                },
                credits(ring));
        assertEquals(count, next.get());
    }

    private static int credits(final AnswerRing ring) {
        return ring.credits() + 1;
    }

    @Test
    void shouldRefuseAnOverflowInsteadOfWaiting() {
        final AnswerRing ring = rings.open(2, NOBODY);
        for (int i = 0; i < 3; i++) {
            rings.append(ring.id(), i, answer, 0, Limits.MAX_ANSWER_BYTES);
        }
        assertThrows(IllegalStateException.class, () -> rings.append(ring.id(), 4, answer, 0, Limits.MAX_ANSWER_BYTES));
        assertThrows(
                IllegalStateException.class,
                () -> rings.append(rings.open(2, NOBODY).id(), 4, answer, 0, Limits.MAX_ANSWER_BYTES + 1));
    }

    @Test
    void shouldWakeEachAnsweredPortOncePerBatch() {
        final AtomicInteger first = new AtomicInteger();
        final AtomicInteger second = new AtomicInteger();
        final AnswerRing one = rings.open(8, first::incrementAndGet);
        final AnswerRing two = rings.open(8, second::incrementAndGet);
        for (int i = 0; i < 5; i++) {
            one.takeCredit();
            rings.append(one.id(), i, answer, 0, 8);
        }
        rings.commit();
        assertEquals(1, rings.wakeUp());
        assertEquals(1, first.get());
        assertEquals(0, second.get());
        rings.wakeUpAll();
        assertEquals(1, second.get());
        assertEquals(0, two.creditsUsed());
    }

    @Test
    void shouldOutliveAWakeUpThatThrows() {
        final AnswerRing bad = rings.open(1, () -> {
            throw new IllegalStateException("closed event loop");
        });
        final AtomicInteger woken = new AtomicInteger();
        final AnswerRing good = rings.open(1, woken::incrementAndGet);
        rings.append(bad.id(), 1, answer, 0, 8);
        rings.append(good.id(), 1, answer, 0, 8);
        rings.commit();
        rings.wakeUp();
        assertEquals(1, woken.get());
        assertEquals(1, rings.failedWakeUps());
    }

    @Test
    void shouldDropAnswersToAClosedPortAndNotGiveThemToTheNext() {
        final AnswerRing closed = rings.open(4, NOBODY);
        rings.close(closed);
        final AnswerRing next = rings.open(4, NOBODY);
        assertNotEquals(closed.id(), next.id());
        rings.append(closed.id(), 1, answer, 0, 8);
        rings.commit();
        assertEquals(0, next.poll((correlation, buffer, offset, length) -> {}, 10));
        rings.close(closed); // again, and it takes nobody else's place away
        rings.append(next.id(), 2, answer, 0, 8);
        rings.commit();
        assertEquals(1, next.poll((correlation, buffer, offset, length) -> {}, 10));
    }

    @Test
    void shouldBoundTheNumberOfOpenPorts() {
        for (int i = 0; i < AnswerRings.MAX_PORTS; i++) {
            rings.open(1, NOBODY);
        }
        assertThrows(IllegalStateException.class, () -> rings.open(1, NOBODY));
    }

    @Test
    void shouldCarryAnswersBetweenTwoThreads() throws InterruptedException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AnswerRingsTest seed=" + seed);
        final int count = 200_000;
        final int credits = 64;
        final AnswerRing ring = rings.open(credits, NOBODY);
        final Queue<Long> requests = new java.util.concurrent.ArrayBlockingQueue<>(credits);
        final Thread writer = new Thread(() -> {
            final SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < count; ) {
                Long request = requests.poll();
                if (request == null) {
                    LockSupport.parkNanos(1);
                }
                for (; request != null; request = requests.poll(), i++) {
                    final int length = random.nextInt(8, 700);
                    answer.putLong(0, request * 31);
                    rings.append(ring.id(), request, answer, 0, length);
                }
                rings.commit();
                rings.wakeUp();
            }
        });
        writer.start();
        final Queue<Long> expected = new ArrayDeque<>();
        long asked = 0;
        long answered = 0;
        while (answered < count) {
            while (asked < count && ring.takeCredit()) {
                expected.add(asked);
                requests.add(asked++);
            }
            final int polled = ring.poll(
                    (correlation, buffer, offset, length) -> {
                        assertEquals(expected.remove(), correlation);
                        assertEquals(correlation * 31, buffer.getLong(offset));
                    },
                    10);
            answered += polled;
            if (polled == 0) {
                LockSupport.parkNanos(1);
            }
        }
        writer.join();
        assertEquals(0, ring.creditsUsed());
    }
}
