package io.schap.engine.command;

/** What a {@code SetPolicy} command does to one value of a policy. */
public final class PolicyAction {

    /** Leaves the value as it is. */
    public static final int KEEP = 0;

    /** Sets the value. */
    public static final int SET = 1;

    /** Goes back to the store's value, or for a store to the default. */
    public static final int CLEAR = 2;

    private PolicyAction() {}
}
