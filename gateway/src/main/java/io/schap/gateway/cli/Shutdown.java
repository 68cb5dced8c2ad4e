package io.schap.gateway.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/**
 * The end in order of a process that serves: by SIGTERM or Ctrl-C it undoes what it set up, latest first, and exits with
 * status 0. The JVM by itself would exit with 143 or 130, as if it had failed.
 */
final class Shutdown {

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private volatile boolean serving;

    private Shutdown() {}

    /** Takes over the end of the process. */
    static Shutdown install() {
        final Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::run, "shutdown"));
        return shutdown;
    }

    /** Adds what is to be undone at the end, before all that was added earlier. */
    void atEnd(final Runnable step) {
        synchronized (steps) {
            steps.push(step);
        }
    }

    /** Waits for the signal; from now on an end is one in order. Never returns. */
    void serveUntilStopped() throws InterruptedException {
        serving = true;
        new CountDownLatch(1).await();
    }

    // A step that fails must not keep the others from running, nor the process from ending.
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void run() {
        boolean failed = false;
        for (Runnable step = next(); step != null; step = next()) {
            try {
                step.run();
            } catch (final RuntimeException e) {
                failed = true;
                System.err.println("schap: not ended in order: " + e);
            }
        }
        if (serving) {
            System.out.flush();
            // A hook cannot change the status of a signal's exit otherwise.
            Runtime.getRuntime().halt(failed ? CommandFault.FAILED : 0);
        }
    }

    private Runnable next() {
        synchronized (steps) {
            return steps.poll();
        }
    }
}
