package io.schap.gateway.imports;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.ResultCode;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What an import did, row by row in the file's order: counts of everything, and the first errors. */
final class ImportTally {

    /** An error; of a cell that the file does not name where there is no line. */
    private record Fault(long line, RowContent cell, ProblemCode code, String detail) {}

    private final ImportOptions options;
    private final CodeHints hints;
    private final FileCells cells;
    private final List<Fault> errors = new ArrayList<>();
    private final Map<ProblemCode, Long> rejectedByCode = new EnumMap<>(ProblemCode.class);
    private long accepted;
    private long rejected;
    private long created;
    private long zeroed;
    private long absentLeft;
    private boolean lackedRoom;
    private long wouldChange;
    private long unitsUp;
    private long unitsDown;
    private long sequence;
    private boolean replayed = true;
    private boolean answered;

    /**
     * An empty tally.
     *
     * @param options of the import.
     * @param hints   say what may have been meant by an unknown code.
     * @param cells   learns which cells the file names; null where nobody asks.
     */
    ImportTally(final ImportOptions options, final CodeHints hints, final FileCells cells) {
        this.options = options;
        this.hints = hints;
        this.cells = cells;
    }

    /** An answer came from the ledger. */
    void answered(final long at, final boolean fromMemory) {
        sequence = Math.max(sequence, at);
        replayed &= fromMemory;
        answered = true;
    }

    /** A row made a store or SKU. */
    void created() {
        created++;
    }

    /** Takes a part whose results are known. */
    void add(final Part part) {
        if (part.isEnd()) {
            return;
        }
        for (int i = 0; i < part.rows().size(); i++) {
            final Part.Row row = part.rows().get(i);
            if (part.absentKey() == null) {
                add(row, part.result(i), part.note());
            } else {
                addAbsent(row.content(), part.result(i));
            }
        }
    }

    /** Takes a row whose result is known. */
    void add(final Part.Row row, final ResultCode result, final String note) {
        if (row.flaw() != null) {
            reject(row.line(), row.flaw().code(), row.flaw().detail());
            return;
        }
        if (cells != null) {
            cells.add(row.content());
        }
        if (result == ResultCode.OK) {
            accepted++;
        } else {
            reject(row, result, note);
        }
    }

    /** Takes a cell that the file does not name. */
    void addAbsent(final RowContent cell, final ResultCode result) {
        if (result == ResultCode.OK) {
            zeroed++;
            return;
        }
        absentLeft++;
        lackedRoom |= result == ResultCode.STORAGE_FULL;
        if (isListed()) {
            final String why = result == ResultCode.COUNT_CONFLICT
                    ? "the cell is not in the file, and its stock moved since takenAt: it was left alone"
                    : "the cell is not in the file, and could not be set to zero: " + result;
            errors.add(new Fault(0, cell, problem(result), why));
        }
    }

    /** Whether an absent cell found no room in the journal, so that it is to be tried again. */
    boolean lackedRoom() {
        return lackedRoom;
    }

    /** Something would have become another one than it is, by some units where it is a cell. */
    void wouldChange(final long units) {
        wouldChange++;
        unitsUp += Math.max(0, units);
        unitsDown += Math.max(0, -units);
    }

    /** Rows so far, rejected ones too. */
    long rows() {
        return accepted + rejected;
    }

    private void reject(final Part.Row row, final ResultCode result, final String note) {
        final RowContent content = row.content();
        final ProblemCode code = problem(result);
        if (!isListed()) {
            reject(row.line(), code, "");
            return;
        }
        final String detail = switch (result) {
            case UNKNOWN_STORE -> hints.ofStore(content.store());
            case UNKNOWN_SKU -> hints.ofSku(content.sku());
            case UNKNOWN_RESERVATION -> "there is no such reservation";
            case COUNT_CONFLICT ->
                options.isGuarded()
                        ? "the stock moved since takenAt: the row was not taken"
                        : "the store has another number on hand than expected_on_hand";
            case QUANTITY_OUT_OF_RANGE -> "the units on hand would leave -1000000000 to 1000000000";
            case GTIN_TAKEN -> "a GTIN belongs to another SKU";
            case LIMIT_REACHED -> "no more can be made: the bound of the server is reached";
            case STORAGE_FULL ->
                "there is no room to write: the row was not taken; send the file again with the same key";
            default -> "the row was refused: " + result;
        };
        reject(row.line(), code, note.isEmpty() ? detail : detail + ": " + note);
    }

    private void reject(final long line, final ProblemCode code, final String detail) {
        rejected++;
        rejectedByCode.merge(code, 1L, Long::sum);
        if (isListed()) {
            errors.add(new Fault(line, null, code, detail));
        }
    }

    private boolean isListed() {
        return errors.size() < options.maxErrors();
    }

    private ProblemCode problem(final ResultCode result) {
        return switch (result) {
            case UNKNOWN_STORE -> ProblemCode.UNKNOWN_STORE;
            case UNKNOWN_SKU -> ProblemCode.UNKNOWN_SKU;
            case UNKNOWN_RESERVATION -> ProblemCode.UNKNOWN_RESERVATION;
            case COUNT_CONFLICT -> options.isGuarded() ? ProblemCode.MOVED_SINCE : ProblemCode.COUNT_CONFLICT;
            case QUANTITY_OUT_OF_RANGE -> ProblemCode.QUANTITY_OUT_OF_RANGE;
            case STORAGE_FULL -> ProblemCode.STORAGE_FULL;
            default -> ProblemCode.INVALID_REQUEST;
        };
    }

    /**
     * The answer to the import.
     *
     * @param header      of the file.
     * @param madeBesides stores and SKUs that were made besides those that the rows are about.
     * @param readUpTo    the sequence that stands in an answer where no command was needed.
     */
    Reply reply(final Header header, final long madeBesides, final long readUpTo) {
        return Reply.json(200, json -> write(json, header, madeBesides, readUpTo))
                .replayed(answered && replayed);
    }

    private void write(final JsonGenerator json, final Header header, final long madeBesides, final long readUpTo)
            throws IOException {
        json.writeNumberField("sequence", answered ? sequence : readUpTo);
        json.writeNumberField("rows", rows());
        json.writeNumberField("accepted", accepted);
        json.writeNumberField("rejected", rejected);
        json.writeNumberField("created", created + madeBesides);
        if (options.dryRun()) {
            json.writeBooleanField("dryRun", true);
            json.writeNumberField("wouldChange", wouldChange);
            json.writeNumberField("unitsUp", unitsUp);
            json.writeNumberField("unitsDown", unitsDown);
        }
        if (options.zeroAbsent()) {
            writeAbsent(json);
        }
        json.writeObjectFieldStart("rejectedByCode");
        for (final Map.Entry<ProblemCode, Long> entry : rejectedByCode.entrySet()) {
            json.writeNumberField(entry.getKey().code(), entry.getValue());
        }
        json.writeEndObject();
        writeTexts(json, "columns", header.columns());
        writeTexts(json, "ignoredColumns", header.ignored());
        json.writeArrayFieldStart("errors");
        for (final Fault fault : errors) {
            json.writeStartObject();
            json.writeNumberField("line", fault.line());
            if (fault.cell() != null) {
                json.writeStringField("store", fault.cell().store());
                json.writeStringField("sku", fault.cell().sku());
            }
            writeError(json, fault);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What became of the cells that the file does not name. */
    private void writeAbsent(final JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("absent");
        json.writeNumberField("zeroed", zeroed);
        json.writeNumberField("left", absentLeft);
        if (cells.unclearLine() > 0) {
            json.writeNumberField("unclearLine", cells.unclearLine());
            writeTexts(json, "storesLeft", cells.storesLeft());
        }
        json.writeEndObject();
    }

    private static void writeError(final JsonGenerator json, final Fault fault) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("code", fault.code().code());
        json.writeNumberField("status", fault.code().status());
        json.writeStringField("detail", fault.detail());
        json.writeEndObject();
    }

    private static void writeTexts(final JsonGenerator json, final String name, final List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (final String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
