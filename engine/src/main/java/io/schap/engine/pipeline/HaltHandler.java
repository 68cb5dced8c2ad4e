package io.schap.engine.pipeline;

import org.slf4j.LoggerFactory;

/** What happens after the writer has stopped for good. Runs on the writer's thread, as its last act. */
@FunctionalInterface
public interface HaltHandler {

    /** The exit status of a process that halted. */
    int EXIT_STATUS = 70;

    /**
     * Ends the process at once. No shutdown hook runs: a state that is in doubt must not be written by anyone.
     */
    HaltHandler EXIT = fault -> {
        try {
            LoggerFactory.getLogger(HaltHandler.class).error("the process ends: status={}", EXIT_STATUS);
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS); // also when there is no memory left to log with
        }
    };

    /**
     * The writer halted: nothing of its last batch was answered, and every port says HALTED.
     *
     * @param fault why.
     */
    void onHalt(Throwable fault);
}
