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

    private record Fault(long line, ProblemCode code, String detail) {}

    private final int maxErrors;
    private final CodeHints hints;
    private final List<Fault> errors = new ArrayList<>();
    private final Map<ProblemCode, Long> rejectedByCode = new EnumMap<>(ProblemCode.class);
    private long accepted;
    private long rejected;
    private long created;
    private long sequence;
    private boolean replayed = true;
    private boolean answered;

    ImportTally(final int maxErrors, final CodeHints hints) {
        this.maxErrors = maxErrors;
        this.hints = hints;
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
        for (int i = 0; i < part.rows().size(); i++) {
            final Part.Row row = part.rows().get(i);
            if (row.flaw() != null) {
                reject(row.line(), row.flaw().code(), row.flaw().detail());
            } else if (part.result(i) == ResultCode.OK) {
                accepted++;
            } else {
                reject(row, part.result(i), part.note());
            }
        }
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
            case COUNT_CONFLICT -> "the store has another number on hand than expected_on_hand";
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
            errors.add(new Fault(line, code, detail));
        }
    }

    private boolean isListed() {
        return errors.size() < maxErrors;
    }

    private static ProblemCode problem(final ResultCode result) {
        return switch (result) {
            case UNKNOWN_STORE -> ProblemCode.UNKNOWN_STORE;
            case UNKNOWN_SKU -> ProblemCode.UNKNOWN_SKU;
            case UNKNOWN_RESERVATION -> ProblemCode.UNKNOWN_RESERVATION;
            case COUNT_CONFLICT -> ProblemCode.COUNT_CONFLICT;
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
            writeError(json, fault);
            json.writeEndObject();
        }
        json.writeEndArray();
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
