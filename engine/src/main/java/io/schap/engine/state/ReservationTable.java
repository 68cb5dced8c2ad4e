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

    private static final int NO_STATE = ReservationStatus.NONE.ordinal();
    private static final int HELD = ReservationStatus.HELD.ordinal();
    private static final int CONFIRMED = ReservationStatus.CONFIRMED.ordinal();
    /** One change of the version in a slot's first word. */
    private static final long VERSION = 1L << 32;

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
    private final SlotQueue closed = new SlotQueue();
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

    /** The slots of closed reservations, the longest closed first. Writer only. */
    SlotQueue closed() {
        return closed;
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
        return stateOf(word(slot, 0));
    }

    boolean isLive(final int slot) {
        return isLiveState(state(slot));
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
        page(slot)[base(slot) + HEAP_PLACE] = place;
    }

    /** The page that holds a line's three words; they begin at {@link #linePlace}. Writer only. */
    long[] linePage(final int slot, final int line) {
        return line == 0 ? page(slot) : slabs.page((int) word(slot, ACTOR));
    }

    int linePlace(final int slot, final int line) {
        return line == 0
                ? base(slot) + FIRST_LINE
                : LongSlabs.place((int) word(slot, ACTOR)) + (line - 1) * ReservationLines.WORDS;
    }

    /**
     * Makes a reservation with the next number: its lines are still empty; {@link #setLine} fills them, {@link #close}
     * ends the writing and counts its rows into the hash.
     */
    int make(final int lines, final int channel, final int actor, final long createdAtMs, final long[] hashes) {
        final int slot = takeSlot();
        final long number = lastNumber + 1;
        final long[] page = page(slot);
        final int base = base(slot);
        WORD.setOpaque(page, base, (page[base] & ~LOW) + VERSION | (long) (channel + 1 & 0xffff) << 16 | lines);
        VarHandle.storeStoreFence();
        page[base + NUMBER] = number;
        page[base + DEADLINE] = 0;
        page[base + CHANGED] = 0;
        final int rest = lines == 1 ? LongSlabs.NOTHING : slabs.take((lines - 1) * ReservationLines.WORDS);
        page[base + HEAP_PLACE] = DeadlineHeap.NOWHERE;
        page[base + MADE_AT] = createdAtMs;
        page[base + LINKS] = LongSlabs.NOTHING;
        page[base + ACTOR] = (long) actor << 32 | rest & LOW;
        page[base + OWNER] = hashes[0];
        page[base + OWNER + 1] = hashes[1];
        page[base + REFERENCE] = hashes[2];
        page[base + REFERENCE + 1] = hashes[3];
        page[base + PAYMENT] = 0;
        numbers.put(number, slot);
        LAST_NUMBER.setRelease(this, number);
        LIVE_COUNT.setRelease(this, liveCount + 1);
        hash.add(identityHash(page, base));
        return slot;
    }

    /** Sets a line for the first time. */
    void setLine(final int slot, final int line, final long cell, final long quantities) {
        final long[] page = linePage(slot, line);
        final int at = linePlace(slot, line);
        page[at] = cell;
        page[at + 1] = quantities;
        page[at + 2] = 0;
        hash.add(lineHash(page, at, lastNumber, line));
    }

    /** Sets what of a line was fulfilled and released. */
    void setLineClosed(final int slot, final int line, final long closedAfter) {
        final long[] page = linePage(slot, line);
        final int at = linePlace(slot, line);
        final long number = number(slot);
        final long before = lineHash(page, at, number, line);
        page[at + 2] = closedAfter;
        hash.replace(before, lineHash(page, at, number, line));
    }

    /** Begins a change: readers wait, and the row as it was leaves the hash. */
    void open(final int slot) {
        final long[] page = page(slot);
        final int base = base(slot);
        hash.remove(statusHash(page, base));
        WORD.setOpaque(page, base, page[base] + VERSION);
        VarHandle.storeStoreFence();
    }

    /** Ends a change: sets state, deadline and sequence, keeps the deadline's order, and lets readers see it. */
    void close(final int slot, final int stateAfter, final long deadlineAfter, final long sequence) {
        final long[] page = page(slot);
        final int base = base(slot);
        final long head = page[base];
        final boolean live = isLiveState(stateAfter);
        final int place = (int) page[base + HEAP_PLACE];
        if (place != DeadlineHeap.NOWHERE && (!live || deadlineAfter != page[base + DEADLINE])) {
            deadlines.remove(place);
            page[base + HEAP_PLACE] = DeadlineHeap.NOWHERE;
        }
        page[base + DEADLINE] = deadlineAfter;
        page[base + CHANGED] = sequence;
        if (live && deadlineAfter != 0 && page[base + HEAP_PLACE] == DeadlineHeap.NOWHERE) {
            deadlines.add(deadlineAfter, page[base + NUMBER], slot);
        }
        if (!live && (isLiveState(stateOf(head)) || stateOf(head) == NO_STATE)) {
            LIVE_COUNT.setRelease(this, liveCount - 1);
            closed.add(slot);
        }
        WORD.setRelease(page, base, (head & ~0xff00L | (long) stateAfter << 8) + VERSION);
        hash.add(statusHash(page, base));
    }

    /** Drops the longest closed reservation; only its closing state is kept. */
    void evictFirstClosed() {
        final int slot = closed.takeFirst();
        final long[] page = page(slot);
        final int base = base(slot);
        final long number = page[base + NUMBER];
        final int state = stateOf(page[base]);
        long rows = identityHash(page, base) + statusHash(page, base) - evictedHash(number, state);
        rows += lineHash(page, base + FIRST_LINE, number, 0);
        final int lines = (int) page[base] & 0xff;
        for (int i = 1; i < lines; i++) {
            rows += lineHash(linePage(slot, i), linePlace(slot, i), number, i);
        }
        hash.remove(rows);
        numbers.evict(number, state - ReservationStatus.CONFIRMED.ordinal());
        WORD.setOpaque(page, base, page[base] + VERSION);
        VarHandle.storeStoreFence();
        release(slot, page, base);
    }

    private void release(final int slot, final long[] page, final int base) {
        final int lines = (int) page[base + ACTOR];
        final int texts = (int) page[base + LINKS];
        page[base + NUMBER] = 0;
        page[base + LINKS] = (long) freeSlot << 32;
        page[base + HEAP_PLACE] = DeadlineHeap.NOWHERE;
        freeSlot = slot;
        WORD.setRelease(page, base, (page[base] & ~LOW) + VERSION);
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
            freeSlot = (int) (word(slot, LINKS) >>> 32);
        } else {
            slot = slotCount++;
            slots.ensure((long) slotCount << SLOT_SHIFT);
        }
        return slot;
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

    /** The page that a slot lies in; its words begin at {@link #base}. Writer only. */
    long[] page(final int slot) {
        return slots.page((long) slot << SLOT_SHIFT);
    }

    /** The place of a slot's first word in its page. */
    int base(final int slot) {
        return slots.place((long) slot << SLOT_SHIFT);
    }

    private long word(final int slot, final int field) {
        return page(slot)[base(slot) + field];
    }

    private static int stateOf(final long head) {
        return (int) (head >>> 8) & 0xff;
    }

    private static boolean isLiveState(final int state) {
        return state == HELD || state == CONFIRMED;
    }

    /** The hash of what never changes in a reservation. */
    static long identityHash(final long[] page, final int base) {
        final long number = page[base + NUMBER];
        final long made = page[base + MADE_AT] << 24 | page[base] >>> 8 & 0xff_ff00L | page[base] & 0xffL;
        final long actor = page[base + ACTOR] >> 32;
        return RowHash.row(RowHash.RESERVATION, number, made, page[base + OWNER], page[base + OWNER + 1])
                + RowHash.row(
                        RowHash.RESERVATION_TEXTS, number, actor, page[base + REFERENCE], page[base + REFERENCE + 1]);
    }

    /** The hash of what steps change in a reservation; 0 for a slot that is free or was just taken. */
    static long statusHash(final long[] page, final int base) {
        final int state = stateOf(page[base]);
        return state == NO_STATE
                ? 0
                : RowHash.row(
                        RowHash.RESERVATION_STATUS,
                        page[base + NUMBER],
                        page[base + PAYMENT],
                        page[base + DEADLINE] << 8 | state,
                        page[base + CHANGED]);
    }

    /** The hash of a line, whose words begin at {@code at}. */
    static long lineHash(final long[] page, final int at, final long number, final int line) {
        return RowHash.row(RowHash.RESERVATION_LINE, number << 7 | line, page[at], page[at + 1], page[at + 2]);
    }

    static long evictedHash(final long number, final int state) {
        return RowHash.row(RowHash.RESERVATION_EVICTED, number, state, 0, 0);
    }
}
