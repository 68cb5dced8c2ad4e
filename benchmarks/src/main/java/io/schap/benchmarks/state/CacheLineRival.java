package io.schap.benchmarks.state;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import io.schap.benchmarks.stream.Splitter;

/**
 * What the machine can do at best with the ledger's data: a loop that reads and writes the same cache lines for the same
 * stream, and does nothing else. Arrays have the sizes of the ledger's tables; where the ledger finds a place through a
 * hash, the rival uses the hash of the number that it has in hand.
 *
 * <pre>
 *  every keyed command   index slot of its key (read, write) · index slot of the key that is evicted (read, write)
 *                        entry at the head of the queue (write 160 bytes) · entry at its tail (read)
 *  reserve               cell · both lines of a reservation · its number's slot · its heap place
 *  confirm               number's slot · both lines of the reservation · heap place
 *  fulfil, release       number's slot · both lines of the reservation · heap place · cell
 *                        both lines of the closed reservation that is evicted · its number's slot
 *  movement              cell
 *  tick                  for each of the 38 that expire on average, what a release touches
 * </pre>
 */
final class CacheLineRival {

    private static final int CELL_WORDS = 2;
    private static final int SLOT_WORDS = 16;
    private static final int HEAP_WORDS = 2;
    private static final int ENTRY_WORDS = 20;
    private static final int SLOTS = 1 << 21;
    private static final int INDEX = 1 << 24;
    private static final int EXPIRED_PER_TICK = 38;

    private final MixedStream stream;
    private final boolean keyed;
    private final long[] cells;
    private final long[] slots = new long[SLOTS * SLOT_WORDS];
    private final int[] numbers = new int[SLOTS * 2];
    private final long[] heap = new long[(SLOTS / 2) * HEAP_WORDS];
    private final long[] index;
    private final long[] entries;
    private int head;
    private int tail;
    private long commands;
    private long closed;
    private long expired;
    private long sum;

    CacheLineRival(final Chain chain, final MixedStream stream) {
        this.stream = stream;
        this.keyed = stream.traffic().keyed();
        this.cells = new long[chain.cells() * CELL_WORDS];
        this.index = new long[keyed ? INDEX : 1];
        this.entries = new long[keyed ? chain.answersKept() * ENTRY_WORDS : ENTRY_WORDS];
        this.tail = ENTRY_WORDS % entries.length;
    }

    /** Brings the stream to where the ledger's is, untimed. */
    void warmUp(final long atLeast) {
        final Rounds.Stopwatch unused = new Rounds.Stopwatch();
        while (!stream.isSteady() || stream.written() < atLeast) {
            playChunk(unused);
        }
    }

    /** Plays at least so many commands; only the touching is timed. */
    long play(final long wanted, final Rounds.Stopwatch stopwatch) {
        long played = 0;
        while (played < wanted) {
            playChunk(stopwatch);
            played += MixedStream.CHUNK;
        }
        return played;
    }

    /** What every touch added up to: it is printed, so that none can be left out. */
    long sum() {
        return sum;
    }

    private void playChunk(final Rounds.Stopwatch stopwatch) {
        stream.writeChunk();
        stopwatch.start();
        final int count = stream.count();
        for (int i = 0; i < count; i++) {
            touch(i);
        }
        stopwatch.stop();
    }

    private void touch(final int i) {
        final int kind = stream.kind(i);
        if (kind == MixedStream.TICK) {
            touchExpired();
            return;
        }
        sum += stream.buffer().getLong(stream.offset(i) + 16);
        if (keyed) {
            touchAnswers();
        }
        if (kind != MixedStream.CONFIRM) {
            cells[stream.cell(i) * CELL_WORDS]++;
        }
        if (kind == MixedStream.MOVEMENT) {
            return;
        }
        touchReservation(stream.number(i));
        if (kind == MixedStream.FULFIL || kind == MixedStream.RELEASE) {
            touchReservation(++closed);
        }
    }

    private void touchExpired() {
        for (int i = 0; i < EXPIRED_PER_TICK; i++) {
            expired++;
            cells[((int) Splitter.mix(expired) & Integer.MAX_VALUE) % (cells.length / CELL_WORDS) * CELL_WORDS]++;
            touchReservation(expired + SLOTS / 2);
            touchReservation(++closed);
        }
    }

    private void touchReservation(final long number) {
        final long spread = Splitter.mix(number);
        numbers[(int) number & numbers.length - 1]++;
        final int slot = ((int) spread & SLOTS - 1) * SLOT_WORDS;
        slots[slot]++;
        slots[slot + SLOT_WORDS / 2]++;
        heap[((int) (spread >>> 32) & SLOTS / 2 - 1) * HEAP_WORDS]++;
    }

    private void touchAnswers() {
        commands++;
        index[(int) Splitter.mix(commands) & INDEX - 1]++;
        index[(int) Splitter.mix(commands - 10_000_000L) & INDEX - 1]--;
        for (int word = 0; word < ENTRY_WORDS; word++) {
            entries[head + word] = commands;
        }
        sum += entries[tail];
        head = next(head);
        tail = next(tail);
    }

    private int next(final int entry) {
        return entry + ENTRY_WORDS == entries.length ? 0 : entry + ENTRY_WORDS;
    }
}
