package io.schap.engine.recovery;

import java.io.IOException;

/** The wall clock is so far behind the journal's last batch that no new time could be given that is both right and later. */
public final class ClockBehindException extends IOException {

    private static final long serialVersionUID = 1L;

    ClockBehindException(final long nowMs, final long journalMs) {
        super("the clock is behind the journal: behindMs=" + (journalMs - nowMs) + ", allowedMs="
                + RecoveryPlan.MAX_CLOCK_BEHIND_MS + ", nowMs=" + nowMs + ", journalMs=" + journalMs);
    }
}
