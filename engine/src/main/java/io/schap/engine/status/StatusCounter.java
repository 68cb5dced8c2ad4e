package io.schap.engine.status;

/** The counters of the status file, in the order in which they lie there. */
public enum StatusCounter {
    /** Ordinal of the {@link EngineState}. */
    STATE("state"),
    /** The process. */
    PID("pid"),
    /** This start of the server. */
    EPOCH("epoch"),
    /** When the process opened the data directory, ms since 1970. */
    STARTED_MS("started.ms"),
    /** When the writer last wrote here, ms since 1970: at least every 100 ms while it lives. */
    UPDATED_MS("updated.ms"),
    /** Sequence of the last applied command. */
    LAST_SEQUENCE("last.sequence"),
    /** Time of the last batch, ms since 1970. */
    LAST_TIME_MS("last.time.ms"),
    /** Live reservations. */
    LIVE_RESERVATIONS("reservations.live"),
    /** Commands applied by this process, ticks among them; replayed ones not. */
    COMMANDS("commands"),
    /** Batches. */
    BATCHES("batches"),
    /** Bytes of all batches. */
    BATCH_BYTES("batch.bytes"),
    /** Forces. */
    FORCES("forces"),
    /** Tick commands. */
    TICKS("ticks"),
    /** Reservations that their deadline closed. */
    EXPIRATIONS("expirations"),
    /** Remembered answers that went, whether by age, number or bytes. */
    ANSWERS_FORGOTTEN("answers.forgotten"),
    /** Remembered answers that went before their time, since too many came after them. */
    ANSWERS_FORGOTTEN_EARLY("answers.forgotten.early"),
    /** Times that the journal had no room. */
    STORAGE_FULL_EPISODES("storage.full.episodes"),
    /** Commands refused since the ring was full. */
    REFUSED_RING_FULL("refused.ring.full"),
    /** Commands refused since their port had no credit left. */
    REFUSED_NO_CREDIT("refused.no.credit"),
    /** Slots of the ring. */
    RING_SLOTS("ring.slots"),
    /** Slots in use, at the start of the last batch. */
    RING_FILL("ring.fill"),
    /** Open ports. */
    PORTS("ports"),
    /** Credits of all open ports. */
    CREDITS("credits"),
    /** Credits in use, as of about the last update. */
    CREDITS_USED("credits.used"),
    /** Wake-ups of ports. */
    WAKE_UPS("wake.ups"),
    /** Wake-ups that threw. */
    WAKE_UPS_FAILED("wake.ups.failed"),
    /** Jumps of the wall clock that are being, or were, slewed. */
    CLOCK_JUMPS("clock.jumps"),
    /** Wall clock less batch time, ms: above 0 while a jump is slewed, below 0 while the clock is behind the journal. */
    CLOCK_LAG_MS("clock.lag.ms"),
    /** Faults: 0, or 1 after a halt. */
    FAULTS("faults"),
    /** When the last fault was, ms since 1970. */
    FAULT_MS("fault.ms");

    private final String label;

    StatusCounter(final String label) {
        this.label = label;
    }

    /**
     * The name in the file.
     *
     * @return lower case with dots.
     */
    public String label() {
        return label;
    }
}
