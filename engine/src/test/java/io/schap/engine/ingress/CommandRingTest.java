package io.schap.engine.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
final class CommandRingTest {

    private static final int SLOTS = 16;

    private final WriterSignal signal = new WriterSignal();
    private final CommandRing ring = new CommandRing(SLOTS, signal);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES + 8]);

    @Test
    void shouldHandOverWhatWasPublishedInOrder() {
        for (int i = 0; i < SLOTS; i++) {
            command.putLong(4, 1_000 + i);
            assertTrue(ring.tryPublish(7, i, 0, command, 4, Long.BYTES + i));
        }
        for (int i = 0; i < SLOTS; i++) {
            assertTrue(ring.hasNext());
            final CommandSlot slot = ring.next();
            assertEquals(7, slot.port());
            assertEquals(i, slot.correlation());
            assertEquals(Long.BYTES + i, slot.length());
            assertEquals(1_000 + i, slot.command().getLong(0));
            ring.advance();
        }
        assertFalse(ring.hasNext());
    }

    @Test
    void shouldRefuseWhenFullAndTakeAgainWhenReleased() {
        for (int i = 0; i < SLOTS; i++) {
            assertTrue(ring.tryPublish(1, i, 0, command, 0, 8));
        }
        assertFalse(ring.tryPublish(1, 99, 0, command, 0, 8));
        assertEquals(1, ring.refused());
        assertEquals(SLOTS, ring.fill());

        ring.advance();
        assertFalse(ring.tryPublish(1, 99, 0, command, 0, 8), "a slot that is read is not free before it is released");
        ring.release();
        assertTrue(ring.tryPublish(1, 99, 0, command, 0, 8));
        assertEquals(2, ring.refused());
    }

    @Test
    void shouldTakeTheLongestCommandAndRefuseALongerOne() {
        assertTrue(ring.tryPublish(1, 1, 0, command, 0, Limits.MAX_COMMAND_BYTES));
        assertThrows(
                IllegalArgumentException.class,
                () -> ring.tryPublish(1, 1, 0, command, 0, Limits.MAX_COMMAND_BYTES + 1));
        assertThrows(IllegalArgumentException.class, () -> ring.tryPublish(1, 1, 0, command, 0, 0));
        assertThrows(
                IndexOutOfBoundsException.class, () -> ring.tryPublish(1, 1, 0, command, command.capacity() - 4, 8));
        assertEquals(1, ring.fill(), "what was refused has claimed nothing");
    }

    @Test
    void shouldRefuseASizeThatIsNoPowerOfTwo() {
        assertThrows(IllegalArgumentException.class, () -> new CommandRing(100, signal));
        assertThrows(IllegalArgumentException.class, () -> new CommandRing(8, signal));
    }

    @Test
    void shouldWakeTheParkedConsumerForEachCommand() throws InterruptedException {
        final int rounds = 2_000;
        final List<Long> seen = new ArrayList<>();
        final CountDownLatch done = new CountDownLatch(1);
        final Thread consumer = new Thread(() -> {
            while (seen.size() < rounds) {
                while (ring.hasNext()) {
                    seen.add(ring.next().correlation());
                    ring.advance();
                }
                ring.release();
                if (seen.size() < rounds) {
                    ring.await(0, TimeUnit.HOURS.toNanos(1)); // a lost wake-up is the test's time-out
                }
            }
            done.countDown();
        });
        consumer.start();
        for (int i = 0; i < rounds; i++) {
            while (!ring.tryPublish(1, i, 0, command, 0, 8)) {
                Thread.onSpinWait();
            }
            if (i % 7 == 0) {
                LockSupport.parkNanos(1);
            }
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        for (int i = 0; i < rounds; i++) {
            assertEquals(i, seen.get(i));
        }
    }

    @Test
    void shouldEndAWaitWhenTheSignalIsRaised() throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(1);
        final Thread consumer = new Thread(() -> {
            ring.await(0, TimeUnit.HOURS.toNanos(1));
            done.countDown();
        });
        signal.raise();
        consumer.start();
        assertTrue(done.await(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldLoseNothingOfManyProducers() throws InterruptedException {
        final int producers = 4;
        final int each = 20_000;
        final List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            final int port = p;
            final Thread thread = new Thread(() -> publishAll(port, each));
            threads.add(thread);
            thread.start();
        }
        final long[] next = new long[producers];
        int count = 0;
        while (count < producers * each) {
            if (ring.hasNext()) {
                final CommandSlot slot = ring.next();
                final int port = (int) slot.port();
                assertEquals(next[port]++, slot.correlation(), "each producer's commands stay in order");
                assertEquals(slot.correlation() * 31 + port, slot.command().getLong(0));
                ring.advance();
                ring.release();
                count++;
            } else {
                ring.await(1_000, TimeUnit.HOURS.toNanos(1));
            }
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        assertFalse(ring.hasNext());
    }

    private void publishAll(final int port, final int count) {
        final UnsafeBuffer own = new UnsafeBuffer(new byte[8]);
        for (int i = 0; i < count; i++) {
            own.putLong(0, i * 31L + port);
            while (!ring.tryPublish(port, i, 0, own, 0, 8)) {
                LockSupport.parkNanos(1);
            }
        }
    }
}
