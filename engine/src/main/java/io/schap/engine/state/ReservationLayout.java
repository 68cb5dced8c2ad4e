package io.schap.engine.state;

/**
 * The slot of a reservation, 128 bytes: what most commands touch lies in the first 64.
 *
 * <pre>
 *  word 0   version (32) | channel + 1 (16) | state (8) | lines (8)
 *       1   number
 *       2   deadline, ms since 1970, 0 for none
 *       3   sequence of the last change
 *       4   place in the deadline heap
 *       5-7 line 0, see ReservationLines
 *       8   made at, ms since 1970
 *       9   next slot in the list of free ones (32) | reference to texts (32)
 *      10   actor (32) | reference to lines 1 and up (32)
 *      11   owner hash, high          12  owner hash, low
 *      13   reference hash, high      14  reference hash, low
 *      15   payment reference hash, folded
 *  texts: word 0 = lengths of owner, reference, payment reference (8 bits each), then their bytes
 * </pre>
 */
final class ReservationLayout {

    static final int SLOT_SHIFT = 4;
    static final int NUMBER = 1;
    static final int DEADLINE = 2;
    static final int CHANGED = 3;
    static final int HEAP_PLACE = 4;
    static final int FIRST_LINE = 5;
    static final int MADE_AT = 8;
    static final int LINKS = 9;
    static final int ACTOR = 10;
    static final int OWNER = 11;
    static final int REFERENCE = 13;
    static final int PAYMENT = 15;
    /** The low half of a word that holds two things. */
    static final long LOW = 0xffff_ffffL;

    private ReservationLayout() {}

    /** Words that texts of these lengths take behind the word of lengths. */
    static int textWords(final int lengths) {
        return (lengths & 0xff) + (lengths >>> 8 & 0xff) + (lengths >>> 16 & 0xff) + 7 >>> 3;
    }
}
