package io.schap.engine.state;

import io.schap.engine.command.sbe.ConfirmDecoder;
import io.schap.engine.command.sbe.EnvelopeDecoder;
import io.schap.engine.command.sbe.ExtendDecoder;
import io.schap.engine.command.sbe.FulfilDecoder;
import io.schap.engine.command.sbe.GroupSizeEncodingDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementsDecoder;
import io.schap.engine.command.sbe.ReleaseDecoder;
import io.schap.engine.command.sbe.ReserveDecoder;
import io.schap.engine.command.sbe.TickDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Brings the rows that the next commands will touch into the processor's caches, by reading them. A command of the mixed
 * stream touches a dozen cache lines, each found through another, and commands are too long for the processor to begin one
 * before the last has ended: it would wait for one line after another. Here the same step is taken for all announced
 * commands before the next step of any, so that their waits overlap.
 *
 * <p>Reads only, changes nothing, and may be left out: no answer depends on it. Writer only.
 */
final class LookAhead {

    /** Commands that are announced at a time. */
    static final int WINDOW = 16;

    private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int KEY = BODY + EnvelopeDecoder.keyHiEncodingOffset();
    private static final int AFTER_ENVELOPE = BODY + EnvelopeDecoder.ENCODED_LENGTH;
    private static final int RESERVE_LINE =
            BODY + ReserveDecoder.BLOCK_LENGTH + GroupSizeEncodingDecoder.ENCODED_LENGTH;
    private static final int MOVEMENT_ROW = BODY
            + MovementsDecoder.BLOCK_LENGTH
            + GroupSizeEncodingDecoder.ENCODED_LENGTH
            + MovementsDecoder.RowsDecoder.storeEncodingOffset();
    private static final int EXPIRING = 64;

    private final LedgerState state;
    private final long[] keyHashes = new long[WINDOW];
    private final long[] numbers = new long[WINDOW];
    private final long[] cells = new long[WINDOW];
    private final long[][] runs = new long[WINDOW + EXPIRING][];
    private final int[] slots = new int[WINDOW + EXPIRING];
    private final int[] stores = new int[WINDOW + EXPIRING];
    private int keyCount;
    private int numberCount;
    private int cellCount;
    private int slotCount;
    private int runCount;
    private int closeCount;
    private boolean expiring;
    private long sum;

    LookAhead(final LedgerState state) {
        this.state = state;
    }

    /** A command that will be applied soon, well formed or not. */
    void announce(final DirectBuffer command, final int offset, final int length) {
        if (length < AFTER_ENVELOPE + Long.BYTES || keyCount == WINDOW) {
            return;
        }
        final int template = command.getShort(offset + 2, ByteOrder.LITTLE_ENDIAN);
        final long hi = command.getLong(offset + KEY, ByteOrder.LITTLE_ENDIAN);
        final long lo = command.getLong(offset + KEY + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        if ((hi | lo) != 0) {
            keyHashes[keyCount++] = AnswerMemory.indexHash(hi, lo);
        }
        switch (template) {
            case ConfirmDecoder.TEMPLATE_ID, ExtendDecoder.TEMPLATE_ID -> addNumber(command, offset);
            case FulfilDecoder.TEMPLATE_ID, ReleaseDecoder.TEMPLATE_ID -> {
                addNumber(command, offset);
                closeCount++;
            }
            case ReserveDecoder.TEMPLATE_ID -> addCell(command, offset + RESERVE_LINE, offset + length);
            case MovementsDecoder.TEMPLATE_ID -> addCell(command, offset + MOVEMENT_ROW, offset + length);
            case TickDecoder.TEMPLATE_ID -> expiring = true;
            default -> {}
        }
    }

    private void addNumber(final DirectBuffer command, final int offset) {
        if (numberCount < WINDOW) {
            numbers[numberCount++] = command.getLong(offset + AFTER_ENVELOPE, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void addCell(final DirectBuffer command, final int at, final int end) {
        if (at + Long.BYTES > end || cellCount == WINDOW) {
            return;
        }
        final int store = command.getInt(at, ByteOrder.LITTLE_ENDIAN);
        final int sku = command.getInt(at + Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        if (state.isStore(store) && state.isSku(sku)) {
            cells[cellCount++] = ReservationLines.cell(store, sku);
        }
    }

    /** Reads what the announced commands will touch. */
    void read() {
        long read = 0;
        for (int i = 0; i < keyCount; i++) {
            read += state.answers.readIndex(keyHashes[i]);
        }
        findSlots();
        runCount = 0;
        for (int i = 0; i < cellCount; i++) {
            addRun(cells[i]);
        }
        for (int i = 0; i < slotCount; i++) {
            read += readSlot(slots[i]);
        }
        read += readFirstClosed();
        for (int i = 0; i < slotCount; i++) {
            read += readHeapPlace(slots[i]);
            addRun(firstCell(slots[i]));
        }
        for (int i = 0; i < runCount; i++) {
            read += readCell(runs[i], stores[i]);
            runs[i] = null;
        }
        sum += read;
        keyCount = 0;
        numberCount = 0;
        cellCount = 0;
        closeCount = 0;
        expiring = false;
    }

    private void findSlots() {
        slotCount = 0;
        for (int i = 0; i < numberCount; i++) {
            final int slot = state.reservations.slotOf(numbers[i]);
            if (slot != ReservationTable.NONE) {
                slots[slotCount++] = slot;
            }
        }
        if (expiring) {
            final DeadlineHeap deadlines = state.reservations.deadlines();
            final int count = Math.min(EXPIRING, deadlines.size());
            for (int i = 0; i < count; i++) {
                slots[slotCount++] = deadlines.slotAt(i);
            }
            closeCount += count;
        }
    }

    private void addRun(final long cell) {
        final long[] run = state.cells.runAcquire(ReservationLines.sku(cell));
        if (run != null && runCount < runs.length) {
            runs[runCount] = run;
            stores[runCount++] = ReservationLines.store(cell);
        }
    }

    /** The entry itself, the one above it, and the first below: what taking it out compares. */
    private long readHeapPlace(final int slot) {
        final int place = state.reservations.heapPlace(slot);
        final DeadlineHeap deadlines = state.reservations.deadlines();
        if (place < 0 || place >= deadlines.size()) {
            return 0;
        }
        return deadlines.deadlineAt(place) + deadlines.readAround(place);
    }

    /** Both cache lines of a slot. */
    private long readSlot(final int slot) {
        return state.reservations.number(slot) + state.reservations.createdAtMs(slot);
    }

    private long firstCell(final int slot) {
        return state.reservations.linePage(slot, 0)[state.reservations.linePlace(slot, 0)];
    }

    /** The reservations that make room for those that will close. */
    private long readFirstClosed() {
        long read = 0;
        final SlotQueue closed = state.reservations.closed();
        final int count = Math.min(closeCount, closed.size());
        for (int i = 0; i < count; i++) {
            read += readSlot(closed.get(i));
        }
        return read;
    }

    private static long readCell(final long[] run, final int store) {
        final int cell = CellTable.find(run, store);
        return cell == CellTable.NONE ? 0 : CellTable.counters(run, cell);
    }

    /** What all reads added up to: returned, so that none can be left out. */
    long sum() {
        return sum;
    }
}
