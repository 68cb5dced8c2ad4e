package io.schap.gateway.cli.dump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import io.schap.engine.view.StockView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.agrona.DirectBuffer;

/**
 * Applies commands to a ledger of its own, from the first on, and writes those of a range with their answers: one JSON
 * object a line. Codes, ids and answers stand in no journal; they follow from it. For one thread.
 */
public final class CommandDump implements AutoCloseable {

    private final StockLedger ledger = new StockLedger();
    private final StockView view = new StockView(ledger);
    private final JsonGenerator json;
    private final Names names;
    private final CommandJson commands;
    private final AnswerJson answers;
    private final long from;
    private final long to;

    /**
     * A dump that has written nothing.
     *
     * @param out  gets UTF-8; it is flushed, not closed.
     * @param from the first sequence to write.
     * @param to   the last one.
     * @throws IOException from the stream.
     */
    public CommandDump(final OutputStream out, final long from, final long to) throws IOException {
        this.from = from;
        this.to = to;
        json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        names = new Names(view, json);
        commands = new CommandJson(json, names);
        answers = new AnswerJson(json, names);
    }

    /**
     * Takes the next command.
     *
     * @param sequence its place, one above that of the command before.
     * @param timeMs   its batch's time.
     * @param epoch    that journaled it.
     * @param buffer   where it lies.
     * @param offset   of its first byte.
     * @param length   in bytes.
     * @throws UncheckedIOException from the stream.
     */
    public void take(
            final long sequence,
            final long timeMs,
            final long epoch,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        ledger.apply(sequence, timeMs, buffer, offset, length, EffectSink.NONE);
        view.publish(sequence);
        if (sequence < from || sequence > to) {
            return;
        }
        try {
            json.writeStartObject();
            json.writeNumberField("sequence", sequence);
            names.time("time", timeMs);
            json.writeNumberField("epoch", epoch);
            commands.write(buffer, offset);
            json.writeObjectFieldStart("answer");
            answers.write(ledger.answer());
            json.writeEndObject();
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the last line.
     *
     * @throws IOException from the stream.
     */
    @Override
    public void close() throws IOException {
        if (!json.getOutputContext().hasCurrentIndex()) {
            json.flush();
            return;
        }
        json.writeRaw('\n');
        json.flush();
    }
}
