package io.schap.engine.state;

import static io.schap.engine.state.ReservationLayout.ACTOR;
import static io.schap.engine.state.ReservationLayout.CHANGED;
import static io.schap.engine.state.ReservationLayout.DEADLINE;
import static io.schap.engine.state.ReservationLayout.FIRST_LINE;
import static io.schap.engine.state.ReservationLayout.HEAP_PLACE;
import static io.schap.engine.state.ReservationLayout.LINKS;
import static io.schap.engine.state.ReservationLayout.LOW;
import static io.schap.engine.state.ReservationLayout.MADE_AT;
import static io.schap.engine.state.ReservationLayout.NUMBER;
import static io.schap.engine.state.ReservationLayout.OWNER;
import static io.schap.engine.state.ReservationLayout.PAYMENT;
import static io.schap.engine.state.ReservationLayout.REFERENCE;
import static io.schap.engine.state.ReservationLayout.SLOT_SHIFT;

import io.schap.engine.command.ReservationStatus;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Reservations, live and closed, in slots that {@link ReservationLayout} draws.
 *
 * <p>One thread writes, between {@link #open} and {@link #close}, which make the version odd and even again; any thread
 * reads by {@link ReservationReader}, which tries again when the version moved (a sequence lock: Boehm, "Can seqlocks get along with
 * programming language memory models?", 2012).
 */
final class ReservationTable {

    /** No slot. */
    static final int NONE = -1;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle BYTES_AS_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, java.nio.ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LAST_NUMBER;
    private static final VarHandle LIVE_COUNT;

    static {
        try {
            final MethodHandles.Lookup lookup = MethodHandles.lookup();
            LAST_NUMBER = lookup.findVarHandle(ReservationTable.class, "lastNumber", long.class);
            LIVE_COUNT = lookup.findVarHandle(ReservationTable.class, "liveCount", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final RowHash hash;
    private final LongPages slots = new LongPages(14);
    private final LongSlabs slabs = new LongSlabs();
    private final NumberDirectory numbers = new NumberDirectory();
    private final DeadlineHeap deadlines = new DeadlineHeap(this);
    private final ReservationReader reader = new ReservationReader(numbers, slots, slabs);
    private int slotCount;
    private int freeSlot = NONE;
    private int firstClosed = NONE;
    private int lastClosed = NONE;
    private int closedCount;
    private long lastNumber;
    private int liveCount;

    ReservationTable(final RowHash hash) {
        this.hash = hash;
    }

    ReservationReader reader() {
        return reader;
    }

    NumberDirectory numbers() {
        return numbers;
    }

    DeadlineHeap deadlines() {
        return deadlines;
    }

    LongSlabs slabs() {
        return slabs;
    }

    /** Slots ever used; for checks. */
    int slotCount() {
        return slotCount;
    }

    int closedCount() {
        return closedCount;
    }

    int firstClosed() {
        return firstClosed;
    }

    int nextClosed(final int slot) {
        return (int) (word(slot, LINKS) >>> 32);
    }

    /** The highest number issued. Any thread. */
    long lastNumber() {
        return (long) LAST_NUMBER.getAcquire(this);
    }

    /** Live reservations. Any thread. */
    int liveCount() {
        return (int) LIVE_COUNT.getAcquire(this);
    }

    /** The slot of a number, or {@link #NONE}. Writer only. */
    int slotOf(final long number) {
        return number < 1 || number > lastNumber ? NONE : numbers.slot(number);
    }

    long number(final int slot) {
        return word(slot, NUMBER);
    }

    int state(final int slot) {
        return (int) (word(slot, 0) >>> 8) & 0xff;
    }

    boolean isLive(final int slot) {
        final int state = state(slot);
        return state == ReservationStatus.HELD.ordinal() || state == ReservationStatus.CONFIRMED.ordinal();
    }

    int lineCount(final int slot) {
        return (int) word(slot, 0) & 0xff;
    }

    int channel(final int slot) {
        return ((int) (word(slot, 0) >>> 16) & 0xffff) - 1;
    }

    long deadlineMs(final int slot) {
        return word(slot, DEADLINE);
    }

    long changedSequence(final int slot) {
        return word(slot, CHANGED);
    }

    long createdAtMs(final int slot) {
        return word(slot, MADE_AT);
    }

    int heapPlace(final int slot) {
        return (int) word(slot, HEAP_PLACE);
    }

    /** Called by the heap for every entry that it moves. */
    void setHeapPlace(final int slot, final int place) {
        final long index = (long) slot << SLOT_SHIFT;
        slots.page(index)[slots.place(index) + HEAP_PLACE] = place;
    }

    /** The page that holds a line's three words; they begin at {@link #linePlace}. Writer only. */
    long[] linePage(final int slot, final int line) {
        return line == 0 ? slots.page((long) slot << SLOT_SHIFT) : slabs.page((int) word(slot, ACTOR));
    }

    int linePlace(final int slot, final int line) {
        return line == 0
                ? slots.place((long) slot << SLOT_SHIFT) + FIRST_LINE
                : LongSlabs.place((int) word(slot, ACTOR)) + (line - 1) * ReservationLines.WORDS;
    }

    /**
     * Makes a reservation with the next number: its lines are still empty; {@link #setLine} fills them, {@link #close}
     * ends the writing and counts its rows into the hash.
     */
    int make(final int lines, final int channel, final int actor, final long createdAtMs, final long[] hashes) {
        final int slot = takeSlot();
        final long number = lastNumber + 1;
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        open(slot);
        page[base] = page[base] & ~LOW | (long) (channel + 1 & 0xffff) << 16 | lines;
        page[base + NUMBER] = number;
        page[base + DEADLINE] = 0;
        page[base + CHANGED] = 0;
        final int rest = lines == 1 ? LongSlabs.NOTHING : slabs.take((lines - 1) * ReservationLines.WORDS);
        page[base + HEAP_PLACE] = DeadlineHeap.NOWHERE;
        page[base + MADE_AT] = createdAtMs;
        page[base + LINKS] = (long) NONE << 32 | LongSlabs.NOTHING;
        page[base + ACTOR] = (long) actor << 32 | rest & LOW;
        System.arraycopy(hashes, 0, page, base + OWNER, 4);
        page[base + PAYMENT] = 0;
        numbers.put(number, slot);
        LAST_NUMBER.setRelease(this, number);
        LIVE_COUNT.setRelease(this, liveCount + 1);
        hash.add(identityHash(slot));
        return slot;
    }

    /** Sets a line for the first time. */
    void setLine(final int slot, final int line, final long cell, final long quantities) {
        final long[] page = linePage(slot, line);
        final int at = linePlace(slot, line);
        page[at] = cell;
        page[at + 1] = quantities;
        page[at + 2] = 0;
        hash.add(lineHash(number(slot), line, cell, quantities, 0));
    }

    /** Sets what of a line was fulfilled and released. */
    void setLineClosed(final int slot, final int line, final long closedAfter) {
        final long[] page = linePage(slot, line);
        final int at = linePlace(slot, line);
        final long number = number(slot);
        hash.replace(
                lineHash(number, line, page[at], page[at + 1], page[at + 2]),
                lineHash(number, line, page[at], page[at + 1], closedAfter));
        page[at + 2] = closedAfter;
    }

    /** Begins a change: readers wait, and the row as it was leaves the hash. */
    void open(final int slot) {
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        hash.remove(statusHash(slot));
        WORD.setOpaque(page, base, page[base] + (1L << 32));
        VarHandle.storeStoreFence();
    }

    /** Ends a change: sets state, deadline and sequence, keeps the deadline's order, and lets readers see it. */
    void close(final int slot, final int stateAfter, final long deadlineAfter, final long sequence) {
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        final boolean live =
                stateAfter == ReservationStatus.HELD.ordinal() || stateAfter == ReservationStatus.CONFIRMED.ordinal();
        final boolean wasLive = isLive(slot) || state(slot) == ReservationStatus.NONE.ordinal();
        final int place = heapPlace(slot);
        if (place != DeadlineHeap.NOWHERE && (!live || deadlineAfter != page[base + DEADLINE])) {
            deadlines.remove(place);
            setHeapPlace(slot, DeadlineHeap.NOWHERE);
        }
        page[base + DEADLINE] = deadlineAfter;
        page[base + CHANGED] = sequence;
        if (live && deadlineAfter != 0 && heapPlace(slot) == DeadlineHeap.NOWHERE) {
            deadlines.add(deadlineAfter, page[base + NUMBER], slot);
        }
        if (wasLive && !live) {
            LIVE_COUNT.setRelease(this, liveCount - 1);
            appendClosed(slot);
        }
        final long head = page[base] & ~0xff00L | (long) stateAfter << 8;
        WORD.setRelease(page, base, head + (1L << 32));
        hash.add(statusHash(slot));
    }

    /** Drops the longest closed reservation; only its closing state is kept. Its slot, or {@link #NONE} before that. */
    void evictFirstClosed() {
        final int slot = firstClosed;
        final long number = number(slot);
        final int state = state(slot);
        firstClosed = nextClosed(slot);
        if (firstClosed == NONE) {
            lastClosed = NONE;
        }
        closedCount--;
        hash.remove(identityHash(slot));
        for (int i = 0; i < lineCount(slot); i++) {
            final long[] page = linePage(slot, i);
            final int at = linePlace(slot, i);
            hash.remove(lineHash(number, i, page[at], page[at + 1], page[at + 2]));
        }
        numbers.evict(number, state - ReservationStatus.CONFIRMED.ordinal());
        hash.add(evictedHash(number, state));
        open(slot);
        release(slot);
    }

    private void release(final int slot) {
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        final int lines = (int) page[base + ACTOR];
        final int texts = (int) page[base + LINKS];
        page[base + NUMBER] = 0;
        page[base + LINKS] = (long) freeSlot << 32;
        page[base + HEAP_PLACE] = DeadlineHeap.NOWHERE;
        freeSlot = slot;
        WORD.setRelease(page, base, (page[base] & ~LOW) + (1L << 32));
        if (lines != LongSlabs.NOTHING) {
            slabs.giveBack(lines);
        }
        if (texts != LongSlabs.NOTHING) {
            slabs.giveBack(texts);
        }
    }

    private int takeSlot() {
        final int slot;
        if (freeSlot != NONE) {
            slot = freeSlot;
            freeSlot = nextClosed(slot);
        } else {
            slot = slotCount++;
            slots.ensure((long) slotCount << SLOT_SHIFT);
        }
        return slot;
    }

    private void appendClosed(final int slot) {
        if (lastClosed == NONE) {
            firstClosed = slot;
        } else {
            setLink(lastClosed, slot);
        }
        setLink(slot, NONE);
        lastClosed = slot;
        closedCount++;
    }

    private void setLink(final int slot, final int next) {
        final long index = ((long) slot << SLOT_SHIFT) + LINKS;
        slots.set(index, (long) next << 32 | slots.get(index) & LOW);
    }

    /** Sets the hash of the payment reference; within open and close. */
    void setPayment(final int slot, final long paymentHash) {
        slots.set(((long) slot << SLOT_SHIFT) + PAYMENT, paymentHash);
    }

    /** Replaces the texts: their bytes in a row, with the lengths of the three; within open and close. */
    void setTexts(final int slot, final byte[] bytes, final int lengths) {
        final long index = ((long) slot << SLOT_SHIFT) + LINKS;
        final int before = (int) slots.get(index);
        int texts = LongSlabs.NOTHING;
        if (lengths != 0) {
            final int words = ReservationLayout.textWords(lengths);
            texts = slabs.take(words + 1);
            final long[] page = slabs.page(texts);
            final int at = LongSlabs.place(texts);
            page[at] = lengths;
            for (int i = 0; i < words; i++) {
                page[at + 1 + i] = (long) BYTES_AS_LONG.get(bytes, i << 3);
            }
        }
        slots.set(index, slots.get(index) & ~LOW | texts & LOW);
        if (before != LongSlabs.NOTHING) {
            slabs.giveBack(before);
        }
    }

    /** Copies the texts out; returns the lengths of the three, 8 bits each. Writer only. */
    int texts(final int slot, final byte[] into) {
        final int texts = (int) word(slot, LINKS);
        return texts == LongSlabs.NOTHING
                ? 0
                : ReservationReader.copyTexts(slabs.page(texts), LongSlabs.place(texts), into);
    }

    private long word(final int slot, final int field) {
        final long index = (long) slot << SLOT_SHIFT;
        return slots.page(index)[slots.place(index) + field];
    }

    /** The hash of what never changes in a reservation. */
    long identityHash(final int slot) {
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        final long made = page[base + MADE_AT] << 24 | (channel(slot) & 0xffffL) << 8 | lineCount(slot);
        return RowHash.row(RowHash.RESERVATION, page[base + NUMBER], made, page[base + OWNER], page[base + OWNER + 1])
                + RowHash.row(
                        RowHash.RESERVATION_TEXTS,
                        page[base + NUMBER],
                        page[base + REFERENCE],
                        page[base + REFERENCE + 1],
                        page[base + ACTOR] >> 32);
    }

    /** The hash of what steps change in a reservation; 0 for a slot that is free or was just taken. */
    long statusHash(final int slot) {
        final int state = state(slot);
        if (state == ReservationStatus.NONE.ordinal()) {
            return 0;
        }
        final long[] page = slots.page((long) slot << SLOT_SHIFT);
        final int base = slots.place((long) slot << SLOT_SHIFT);
        return RowHash.row(
                RowHash.RESERVATION_STATUS,
                page[base + NUMBER],
                page[base + DEADLINE] << 8 | state,
                page[base + CHANGED],
                page[base + PAYMENT]);
    }

    static long lineHash(final long number, final int line, final long cell, final long quantities, final long closed) {
        return RowHash.row(RowHash.RESERVATION_LINE, number << 7 | line, cell, quantities, closed);
    }

    static long evictedHash(final long number, final int state) {
        return RowHash.row(RowHash.RESERVATION_EVICTED, number, state, 0, 0);
    }
}
