package io.schap.engine.state;

import static io.schap.engine.state.ReservationLayout.ACTOR;
import static io.schap.engine.state.ReservationLayout.CHANGED;
import static io.schap.engine.state.ReservationLayout.DEADLINE;
import static io.schap.engine.state.ReservationLayout.FIRST_LINE;
import static io.schap.engine.state.ReservationLayout.LINKS;
import static io.schap.engine.state.ReservationLayout.MADE_AT;
import static io.schap.engine.state.ReservationLayout.NUMBER;
import static io.schap.engine.state.ReservationLayout.SLOT_SHIFT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads reservations beside their writer: copies a record and tries again when its version was odd or moved. The writer
 * makes the version odd before it changes anything that the record refers to, so what is copied under one even version is
 * of one moment; and pages are never given back, so what is copied under a stale reference is thrown away, not a fault.
 */
final class ReservationReader {

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BYTES_AS_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final NumberDirectory numbers;
    private final LongPages slots;
    private final LongSlabs slabs;

    ReservationReader(final NumberDirectory numbers, final LongPages slots, final LongSlabs slabs) {
        this.numbers = numbers;
        this.slots = slots;
        this.slabs = slabs;
    }

    /** Reads a reservation at one moment; false when no record is kept under the number. Any thread. */
    boolean read(final long number, final ReservationReading into) {
        while (true) {
            final int slot = numbers.slot(number);
            if (slot == NumberDirectory.NONE) {
                return false;
            }
            final long[] page = slots.pageAcquire((long) slot << SLOT_SHIFT);
            final int base = slots.place((long) slot << SLOT_SHIFT);
            final long head = (long) WORD.getAcquire(page, base);
            if ((head >>> 32 & 1) == 0 && copy(page, base, head, number, into)) {
                return true;
            }
            Thread.onSpinWait();
        }
    }

    private boolean copy(
            final long[] page, final int base, final long head, final long number, final ReservationReading into) {
        if (page[base + NUMBER] != number) {
            return false;
        }
        into.number = number;
        into.state = (int) (head >>> 8) & 0xff;
        into.channel = ((int) (head >>> 16) & 0xffff) - 1;
        into.lineCount = (int) head & 0xff;
        into.deadlineMs = page[base + DEADLINE];
        into.changedSequence = page[base + CHANGED];
        into.createdAtMs = page[base + MADE_AT];
        System.arraycopy(page, base + FIRST_LINE, into.lines, 0, ReservationLines.WORDS);
        final int lines = (int) page[base + ACTOR];
        final int texts = (int) page[base + LINKS];
        if (!isUnchanged(page, base, head)) {
            return false;
        }
        if (into.lineCount > 1) {
            final long[] more = slabs.pageAcquire(lines);
            System.arraycopy(
                    more,
                    LongSlabs.place(lines),
                    into.lines,
                    ReservationLines.WORDS,
                    (into.lineCount - 1) * ReservationLines.WORDS);
        }
        int lengths = 0;
        if (texts != LongSlabs.NOTHING) {
            lengths = copyTexts(slabs.pageAcquire(texts), LongSlabs.place(texts), into.texts);
        }
        into.textLengths[0] = lengths & 0xff;
        into.textLengths[1] = lengths >>> 8 & 0xff;
        into.textLengths[2] = lengths >>> 16 & 0xff;
        return isUnchanged(page, base, head);
    }

    private static boolean isUnchanged(final long[] page, final int base, final long head) {
        VarHandle.loadLoadFence();
        return (long) WORD.getOpaque(page, base) == head;
    }

    /** Copies texts out of their run; returns the lengths of the three, 8 bits each. */
    static int copyTexts(final long[] page, final int at, final byte[] into) {
        final int lengths = (int) page[at];
        final int words =
                Math.min(ReservationLayout.textWords(lengths), Math.min(into.length >>> 3, page.length - at - 1));
        for (int i = 0; i < words; i++) {
            BYTES_AS_LONG.set(into, i << 3, page[at + 1 + i]);
        }
        return lengths;
    }
}
