package io.schap.engine.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A journal without a fault.
 *
 * @param plan             what recovery would do with it.
 * @param batches          read and applied.
 * @param commands         read and applied.
 * @param liveReservations after the last of them.
 * @param stateHash        after the last of them.
 */
public record VerifiedJournal(RecoveryPlan plan, long batches, long commands, long liveReservations, long stateHash) {

    /**
     * What was found, for a person to read: the plan, then counts and the final hash.
     *
     * @return a line each.
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>(plan.lines());
        lines.add(String.format(
                Locale.ROOT,
                "verified: epochs=%d, batches=%d, commands=%d, last sequence=%d, live reservations=%d, state hash=%016x",
                plan.inventory().epochs().size(),
                batches,
                commands,
                plan.inventory().lastSequence(),
                liveReservations,
                stateHash));
        return lines;
    }
}
