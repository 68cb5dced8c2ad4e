package io.schap.engine;

/** What became of a command that was offered to a port. */
public enum Offer {
    /** It is in the ring, and its answer will come out of the port. */
    OFFERED,
    /** The ring is full: nothing was taken. Try again later, or say that the engine is overloaded. */
    RING_FULL,
    /** All credits of the port are under way: nothing was taken. Poll answers first. */
    NO_CREDIT,
    /** The engine takes nothing more: it halted, drains or is closed. Answers under way may never come. */
    HALTED
}
