package io.schap.engine.model;

import java.util.List;
import org.agrona.DirectBuffer;

/** The one door of a ledger, the naive one's and the real one's: commands in, plain answers and effects out. */
public interface LedgerDoor {

    /**
     * Applies one command.
     *
     * @param sequence place of the command in the journal.
     * @param timeMs   the batch's time, milliseconds since 1970.
     * @param command  where it lies.
     * @param offset   of its first byte.
     * @param length   in bytes.
     * @return the answer.
     */
    Answer apply(long sequence, long timeMs, DirectBuffer command, int offset, int length);

    /** The effects of the last command, in the order in which they were told. */
    List<Effect> effects();

    /**
     * Everything that can be read.
     *
     * @param fromReservation the first reservation number that is included.
     * @return a copy.
     */
    LedgerState state(long fromReservation);

    /** The quantities of a cell, also of one that never changed. */
    LedgerState.Cell readCell(int store, int sku);

    /** The SKU that has a GTIN, or -1. */
    int skuByGtin(long gtin);

    /** Checks what must hold between any two commands. */
    void check();
}
