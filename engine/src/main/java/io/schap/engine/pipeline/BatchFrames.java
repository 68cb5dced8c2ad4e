package io.schap.engine.pipeline;

import io.schap.engine.egress.AnswerRings;
import io.schap.engine.journal.BatchEncoder;
import io.schap.engine.journal.BatchLayout;
import org.agrona.DirectBuffer;

/**
 * Where the commands of the present batch lie in its encoder's buffer, and who asked each. The commands are applied from
 * there: what is applied is what was journaled, and the ring's slots are free again while the batch is forced.
 */
final class BatchFrames {

    private final int[] offsets;
    private final int[] lengths;
    private final long[] ports;
    private final long[] correlations;
    private int count;

    BatchFrames(final int maxCommands) {
        offsets = new int[maxCommands];
        lengths = new int[maxCommands];
        ports = new long[maxCommands];
        correlations = new long[maxCommands];
    }

    void clear() {
        count = 0;
    }

    /** False when the batch is full. */
    boolean append(
            final BatchEncoder batch,
            final DirectBuffer command,
            final int length,
            final long port,
            final long correlation) {
        final int offset = batch.length() + BatchLayout.commandStride(0);
        if (count == offsets.length || !batch.append(command, 0, length)) {
            return false;
        }
        offsets[count] = offset;
        lengths[count] = length;
        ports[count] = port;
        correlations[count] = correlation;
        count++;
        return true;
    }

    boolean appendOwn(final BatchEncoder batch, final DirectBuffer command, final int length) {
        return append(batch, command, length, AnswerRings.NO_PORT, 0);
    }

    int count() {
        return count;
    }

    int offset(final int index) {
        return offsets[index];
    }

    int length(final int index) {
        return lengths[index];
    }

    long port(final int index) {
        return ports[index];
    }

    long correlation(final int index) {
        return correlations[index];
    }
}
