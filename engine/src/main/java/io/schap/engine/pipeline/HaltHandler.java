package io.schap.engine.pipeline;

import org.slf4j.Logger;
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
        final Logger log = LoggerFactory.getLogger(HaltHandler.class);
        log.error("the process ends: status={}", EXIT_STATUS);
        Runtime.getRuntime().halt(EXIT_STATUS);
    };

    /**
     * The writer halted: nothing of its last batch was answered, and every port says HALTED.
     *
     * @param fault why.
     */
    void onHalt(Throwable fault);
}
