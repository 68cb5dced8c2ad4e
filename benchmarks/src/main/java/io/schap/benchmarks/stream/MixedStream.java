package io.schap.benchmarks.stream;

import io.schap.engine.command.MovementType;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The mixed stream: 40% reserve, 15% confirm, 15% fulfil, 10% release, 20% movements, over uniformly chosen cells. A
 * million reservations are live, or another number: of 40, 15 are confirmed and then fulfilled, 10 are released and 15 are left to expire,
 * which ticks do (one after every 256 commands, as at the head of a batch, and not counted). Which reservation a step
 * takes is uniform over those that wait for it.
 *
 * <p>Commands are written a chunk at a time into one buffer, outside of what is measured. Until the pools are full, steps
 * give way to reservations; {@link #isSteady()} says when that is over.
 */
public final class MixedStream {

    /** Commands of a chunk, ticks not counted. */
    public static final int CHUNK = 16_384;

    /** Kinds of commands, as {@link #kind} tells them. */
    public static final int RESERVE = 0;

    /** See {@link #RESERVE}. */
    public static final int CONFIRM = 1;

    /** See {@link #RESERVE}. */
    public static final int FULFIL = 2;

    /** See {@link #RESERVE}. */
    public static final int RELEASE = 3;

    /** See {@link #RESERVE}. */
    public static final int MOVEMENT = 4;

    /** See {@link #RESERVE}. */
    public static final int TICK = 5;

    private static final int TICK_EVERY = 256;
    private static final int TICKS = CHUNK / TICK_EVERY;
    private static final int SLOT_BYTES = 320;
    private static final int SHORT_HOLD_S = 900;
    private static final int LONG_HOLD_S = 14_400;
    private static final int PICKUP_S = 604_800;

    private final Chain chain;
    private final Traffic traffic;
    private final double commandsPerMs;
    private final Splitter random;
    private final CommandWriter writer;
    private final LivePool toConfirm;
    private final LivePool toFulfil;
    private final LivePool toRelease;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[(CHUNK + TICKS) * SLOT_BYTES]);
    private final int[] offsets = new int[CHUNK + TICKS + 1];
    private final long[] times = new long[CHUNK + TICKS];
    private final byte[] kinds = new byte[CHUNK + TICKS];
    private final int[] cells = new int[CHUNK + TICKS];
    private final long[] numbers = new long[CHUNK + TICKS];
    private int count;
    private int reserves;
    private long written;
    private long lastNumber;
    private boolean ramping = true;
    private long steadyAt;

    /**
     * What a stream is like.
     *
     * @param live  reservations that are live once the stream is steady, about.
     * @param keyed whether every command has an idempotency key.
     * @param texts whether reservations carry an owner and a reference, of 12 bytes each.
     * @param seed  the same seed gives the same stream.
     */
    public record Traffic(int live, boolean keyed, boolean texts, long seed) {}

    /**
     * A stream over a chain.
     *
     * @param chain   the cells.
     * @param traffic what it is like.
     */
    public MixedStream(final Chain chain, final Traffic traffic) {
        this.chain = chain;
        this.traffic = traffic;
        this.random = new Splitter(traffic.seed());
        this.writer = new CommandWriter(traffic.texts());
        this.toConfirm = new LivePool(traffic.live() / 5);
        this.toFulfil = new LivePool(traffic.live() / 5);
        this.toRelease = new LivePool(traffic.live() / 5);
        // 15% of commands make a hold that expires; 40% of the live ones are such.
        this.commandsPerMs = traffic.live() * 0.4 / 0.15 / SHORT_HOLD_S / 1_000;
    }

    /** Writes the next chunk over the last one. */
    public void writeChunk() {
        count = 0;
        reserves = 0;
        int offset = 0;
        for (int i = 0; i < CHUNK; i++) {
            if (i % TICK_EVERY == 0) {
                kinds[count] = TICK;
                offset = end(offset, writer.tick(buffer, offset, 1_024));
            }
            if (traffic.keyed()) {
                writer.key(random.next() | 1, Splitter.mix(written));
            }
            offset = end(offset, writeOne(offset));
            written++;
        }
        if (ramping && toConfirm.isFull() && toFulfil.isFull() && toRelease.isFull()) {
            ramping = false;
            steadyAt = written + (long) (SHORT_HOLD_S * 1_000 * commandsPerMs);
        }
    }

    private int end(final int offset, final int length) {
        times[count] = Chain.OPENING_MS + (long) (written / commandsPerMs);
        count++;
        offsets[count] = offset + length;
        return offset + length;
    }

    private int writeOne(final int offset) {
        final int draw = random.below(100);
        if (draw >= 80) {
            return writeMovement(offset);
        }
        if (draw >= 70 && isReady(toRelease)) {
            final long number = step(RELEASE, toRelease.takeAny(random));
            return writer.release(buffer, offset, number);
        }
        if (draw >= (toFulfil.isOver() ? 40 : 55) && draw < 70 && isReady(toFulfil)) {
            final long number = step(FULFIL, toFulfil.takeAny(random));
            return writer.fulfil(buffer, offset, number);
        }
        if (draw >= 40 && draw < 55 && isReady(toConfirm)) {
            final long number = step(CONFIRM, toConfirm.takeAny(random));
            toFulfil.add(number);
            return writer.confirm(buffer, offset, number, PICKUP_S);
        }
        return writeReserve(offset);
    }

    /** While the pools fill up, confirming goes on, since it is what fills one of them. */
    private boolean isReady(final LivePool pool) {
        return ramping && (pool != toConfirm || toFulfil.isFull()) ? pool.isFull() : !pool.isEmpty();
    }

    private long step(final int kind, final long number) {
        kinds[count] = (byte) kind;
        numbers[count] = number;
        cells[count] = cellOf(number);
        return number;
    }

    private int writeReserve(final int offset) {
        final long number = ++lastNumber;
        final int cell = cellOf(number);
        kinds[count] = RESERVE;
        numbers[count] = number;
        cells[count] = cell;
        reserves++;
        final int fate = random.below(40);
        int hold = SHORT_HOLD_S;
        if (fate < 15 && !toConfirm.isOver()) {
            toConfirm.add(number);
            hold = LONG_HOLD_S;
        } else if (fate >= 15 && fate < 25 && !toRelease.isOver()) {
            toRelease.add(number);
            hold = LONG_HOLD_S;
        }
        return writer.reserve(buffer, offset, chain.storeOf(cell), chain.skuOf(cell), 1 + (int) (number & 1), hold);
    }

    private int writeMovement(final int offset) {
        final int cell = random.below(chain.cells());
        kinds[count] = MOVEMENT;
        cells[count] = cell;
        final int draw = random.below(10);
        final MovementType type = draw < 5 ? MovementType.SALE : draw < 9 ? MovementType.RECEIPT : MovementType.RETURN;
        writer.beginMovements(buffer, offset, 1);
        writer.row(type.ordinal(), chain.storeOf(cell), chain.skuOf(cell), 1 + random.below(2));
        return writer.endMovements();
    }

    /** Cells follow from the number alone, so that steps need no record of them. */
    private int cellOf(final long number) {
        return (int) ((Splitter.mix(number) >>> 33) * chain.cells() >>> 31);
    }

    /**
     * Hands the chunk to a sink, in order.
     *
     * @param sink takes it.
     */
    public void play(final CommandSink sink) {
        for (int i = 0; i < count; i++) {
            sink.take(times[i], buffer, offsets[i], offsets[i + 1] - offsets[i]);
        }
    }

    /**
     * Commands in the chunk, ticks included.
     *
     * @return how many.
     */
    public int count() {
        return count;
    }

    /**
     * Reservations that the chunk makes.
     *
     * @return how many.
     */
    public int reserves() {
        return reserves;
    }

    /**
     * Where the chunk lies.
     *
     * @return always the same buffer.
     */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /**
     * Where a command begins.
     *
     * @param index 0 to {@code count()}; the last is the end of the chunk.
     * @return offset of its first byte.
     */
    public int offset(final int index) {
        return offsets[index];
    }

    /**
     * The time of a command's batch.
     *
     * @param index 0 to {@code count() - 1}.
     * @return milliseconds since 1970.
     */
    public long timeMs(final int index) {
        return times[index];
    }

    /**
     * What a command is.
     *
     * @param index 0 to {@code count() - 1}.
     * @return one of the constants above.
     */
    public int kind(final int index) {
        return kinds[index];
    }

    /**
     * The cell of a command; any for a tick.
     *
     * @param index 0 to {@code count() - 1}.
     * @return 0 to {@code cells() - 1}.
     */
    public int cell(final int index) {
        return cells[index];
    }

    /**
     * The reservation of a command; any for movements and ticks.
     *
     * @param index 0 to {@code count() - 1}.
     * @return its number, from 1.
     */
    public long number(final int index) {
        return numbers[index];
    }

    /**
     * Whether about as many reservations are live as were meant, and as many expire as are left to.
     *
     * @return true from some chunk on, for good.
     */
    public boolean isSteady() {
        return !ramping && written >= steadyAt;
    }

    /**
     * What the stream is like.
     *
     * @return as it was made.
     */
    public Traffic traffic() {
        return traffic;
    }

    /**
     * Commands written so far, ticks not counted.
     *
     * @return how many.
     */
    public long written() {
        return written;
    }
}
