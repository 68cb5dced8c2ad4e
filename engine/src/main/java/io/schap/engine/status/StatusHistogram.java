package io.schap.engine.status;

/** The histograms of the status file, in the order in which they lie there; one value a batch each. */
public enum StatusHistogram {
    /** Taking the commands out of the ring into the batch, ns. */
    GATHER_NS("gather.ns"),
    /** Sealing the batch and appending it to the journal, ns. */
    APPEND_NS("append.ns"),
    /** Forcing it, ns; nothing when the durability forces no batches. */
    FORCE_NS("force.ns"),
    /** Applying all its commands, ns. */
    APPLY_NS("apply.ns"),
    /** Publishing view and answers and waking ports, ns. */
    ANSWER_NS("answer.ns"),
    /** From the look into the ring to the last wake-up, ns. */
    BATCH_NS("batch.ns"),
    /** Commands of a batch. */
    BATCH_COMMANDS("batch.commands"),
    /** Bytes of a batch. */
    BATCH_BYTES("batch.bytes"),
    /** Slots of the ring in use when the batch began. */
    RING_FILL("ring.fill"),
    /** Credits in use in the fullest port, when the batch was answered, per mille. */
    CREDIT_FILL_PER_MILLE("credit.fill.per.mille");

    private final String label;

    StatusHistogram(final String label) {
        this.label = label;
    }

    /**
     * The name in the file.
     *
     * @return lower case with dots, the unit last.
     */
    public String label() {
        return label;
    }
}
