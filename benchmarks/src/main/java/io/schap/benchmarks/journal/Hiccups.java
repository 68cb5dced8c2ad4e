package io.schap.benchmarks.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A thread that has nothing to do: it asks to sleep for a millisecond, over and over, and notes how much later it woke. What
 * it sees is the machine's doing, so what a measured thread sees beside it in the same place is no more than partly ours.
 */
final class Hiccups implements AutoCloseable {

    private static final long SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Histogram late = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    private final Thread thread = new Thread(this::run, "idle");
    private volatile boolean closing;

    Hiccups() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closing) {
            final long startNs = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NS);
            late.recordValue(Math.max(0, System.nanoTime() - startNs - SLEEP_NS));
        }
    }

    /** How late it woke; whole once it is closed. */
    Histogram late() {
        return late;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
