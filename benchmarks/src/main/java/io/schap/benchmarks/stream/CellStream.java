package io.schap.benchmarks.stream;

import io.schap.engine.command.MovementType;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands on uniformly chosen cells with as little else as can be: half movements of one row, half reservations that
 * expire a second later, without keys. What they cost beyond the cell is the same for a chain of any size.
 */
public final class CellStream {

    /** Commands of a chunk, ticks not counted. */
    public static final int CHUNK = 16_384;

    private static final int TICK_EVERY = 256;
    private static final int COMMANDS_PER_MS = 16;

    private final Chain chain;
    private final Splitter random;
    private final CommandWriter writer = new CommandWriter(false);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CHUNK * 200]);
    private final int[] offsets = new int[CHUNK + CHUNK / TICK_EVERY + 1];
    private final long[] times = new long[offsets.length];
    private int count;
    private long written;

    /**
     * A stream over a chain.
     *
     * @param chain the cells.
     * @param seed  the same seed gives the same stream.
     */
    public CellStream(final Chain chain, final long seed) {
        this.chain = chain;
        this.random = new Splitter(seed);
    }

    /** Writes the next chunk over the last one. */
    public void writeChunk() {
        count = 0;
        for (int i = 0; i < CHUNK; i++) {
            if (i % TICK_EVERY == 0) {
                end(writer.tick(buffer, offsets[count], 1_024));
            }
            final int cell = random.below(chain.cells());
            final int offset = offsets[count];
            final int store = chain.storeOf(cell);
            final int sku = chain.skuOf(cell);
            if ((i & 1) == 0) {
                final MovementType type = (i & 2) == 0 ? MovementType.SALE : MovementType.RECEIPT;
                writer.beginMovements(buffer, offset, 1);
                writer.row(type.ordinal(), store, sku, 1);
                end(writer.endMovements());
            } else {
                end(writer.reserve(buffer, offset, store, sku, 1, 1));
            }
            written++;
        }
    }

    private void end(final int length) {
        times[count] = Chain.OPENING_MS + written / COMMANDS_PER_MS;
        count++;
        offsets[count] = offsets[count - 1] + length;
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
}
