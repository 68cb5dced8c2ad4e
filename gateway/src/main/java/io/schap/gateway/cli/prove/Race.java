package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shoppers who each want one unit and ask until they are told yes or no, always with the same key. So many ask at once
 * as there are connections; who is cut off, or finds the server down, waits for it and asks again.
 */
final class Race {

    /** Where shoppers come from. */
    static final List<String> CHANNELS = List.of("web", "app", "pos", "phone", "marketplace");

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long GLANCE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final int connections;
    private final long deadlineNs;
    private final AtomicReferenceArray<Answer> answers;
    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();
    private final AtomicReference<Exception> fault = new AtomicReference<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition serverChanged = lock.newCondition();
    private URI server;

    /**
     * A race that has not begun.
     *
     * @param shoppers    how many.
     * @param connections how many ask at once.
     * @param deadlineNs  when, by {@link System#nanoTime}, everybody gives up.
     */
    Race(final int shoppers, final int connections, final long deadlineNs) {
        this.connections = connections;
        this.deadlineNs = deadlineNs;
        this.answers = new AtomicReferenceArray<>(shoppers);
    }

    /** Tells everybody where the server is now, or, with null, that it is down. */
    void serverIsAt(final URI address) {
        lock.lock();
        try {
            server = address;
            serverChanged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets every shopper ask; {@link Lap#finish} waits for the last answer. */
    Lap start() {
        return new Lap((shopper, answer) -> {
            answers.set(shopper, answer);
            answered.incrementAndGet();
            if (answer.isGranted()) {
                granted.incrementAndGet();
            }
        });
    }

    /** Everybody asks once more; gives how many were told something else than before. */
    int askAgain() throws IOException, InterruptedException {
        final AtomicInteger different = new AtomicInteger();
        final Lap lap = new Lap((shopper, answer) -> {
            if (!answer.equals(answers.get(shopper))) {
                different.incrementAndGet();
            }
        });
        lap.finish();
        return different.get();
    }

    /** Waits until so many were granted and so many answered. */
    void await(final int grants, final int answersInAll) throws IOException {
        while (granted.get() < grants || answered.get() < answersInAll) {
            checkFault();
            checkDeadline();
            LockSupport.parkNanos(GLANCE_NS);
        }
    }

    Answer answer(final int shopper) {
        return answers.get(shopper);
    }

    int shoppers() {
        return answers.length();
    }

    int granted() {
        return granted.get();
    }

    int answered() {
        return answered.get();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Requests that were sent and never answered, so far. */
    int cutOff() {
        return cutOff.get();
    }

    private URI awaitServer() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (server == null) {
                checkDeadline();
                serverChanged.await(100, TimeUnit.MILLISECONDS);
            }
            return server;
        } finally {
            lock.unlock();
        }
    }

    private void checkDeadline() throws IOException {
        if (System.nanoTime() - deadlineNs > 0) {
            throw new IOException("no end in time: answered=" + answered + ", shoppers=" + shoppers());
        }
    }

    private void checkFault() throws IOException {
        final Exception first = fault.get();
        if (first != null) {
            throw new IOException("a shopper gave up: " + first.getMessage(), first);
        }
    }

    /** Takes what a shopper was told. */
    private interface AnswerTaker {
        void take(int shopper, Answer answer);
    }

    /** Every shopper once. */
    final class Lap {

        private final AtomicInteger next = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();
        private final AnswerTaker taker;

        private Lap(final AnswerTaker taker) {
            this.taker = taker;
            for (int i = 0; i < connections; i++) {
                final Thread thread = new Thread(this::run, "shoppers-" + i);
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        }

        /** Waits until everybody was told. */
        void finish() throws IOException, InterruptedException {
            for (final Thread thread : threads) {
                thread.join();
            }
            checkFault();
        }

        private void run() {
            try (Shopping shopping = new Shopping()) {
                for (int shopper = next.getAndIncrement();
                        shopper < answers.length() && fault.get() == null;
                        shopper = next.getAndIncrement()) {
                    taker.take(shopper, shopping.askUntilTold(shopper));
                }
            } catch (final IOException | UncheckedIOException | InterruptedException | IllegalStateException e) {
                fault.compareAndSet(null, e);
            }
        }
    }

    /** One thread's connection, made anew when it broke or when the server is somewhere else. */
    private final class Shopping implements AutoCloseable {

        private Connection connection;

        Answer askUntilTold(final int shopper) throws IOException, InterruptedException {
            final String channel = CHANNELS.get(shopper % CHANNELS.size());
            final String key = channel + "-" + shopper;
            while (true) {
                checkDeadline();
                final URI address = awaitServer();
                try {
                    connect(address);
                    final Answer answer = ask(channel, key);
                    if (answer.status() == 201 || answer.status() == 409) {
                        return answer;
                    }
                    if (answer.status() != 503 && answer.status() != 429) {
                        throw new IllegalStateException("unexpected answer: " + answer);
                    }
                } catch (final IOException e) {
                    close();
                }
                LockSupport.parkNanos(PAUSE_NS);
            }
        }

        private void connect(final URI address) throws IOException {
            if (connection == null || !connection.server().equals(address)) {
                close();
                connection = new Connection(address);
            }
        }

        private Answer ask(final String channel, final String key) throws IOException {
            inFlight.incrementAndGet();
            boolean isAnswered = false;
            try {
                final Answer answer = Shop.ask(connection, channel, key);
                isAnswered = true;
                return answer;
            } finally {
                inFlight.decrementAndGet();
                if (!isAnswered) {
                    cutOff.incrementAndGet();
                }
            }
        }

        @Override
        public void close() {
            if (connection != null) {
                connection.close();
                connection = null;
            }
        }
    }
}
