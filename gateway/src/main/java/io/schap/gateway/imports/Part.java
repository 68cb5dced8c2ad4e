package io.schap.gateway.imports;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one command, and what became of them. Where a part ends depends on its rows alone, whatever they turn out to
 * be worth: stock facts go together while there are at most {@link Limits#MAX_ROWS_PER_COMMAND} and the command has room;
 * rows of other files go one by one.
 */
final class Part {

    /**
     * A row.
     *
     * @param line    on which it begins.
     * @param content what it says, or null when that cannot be told.
     * @param flaw    why it was rejected, or null.
     */
    record Row(long line, RowContent content, RowRejected flaw) {

        /** What is to be done; null when the row was rejected. */
        RowContent wanted() {
            return flaw == null ? content : null;
        }
    }

    /** What the part is known by that says that all absent cells were dealt with. */
    private static final String END = "";

    private static final int TEXT_LENGTHS = 4;
    private static final int EMPTY_BYTES = MessageHeaderEncoder.ENCODED_LENGTH
            + MovementsEncoder.BLOCK_LENGTH
            + MovementsEncoder.RowsEncoder.sbeHeaderSize();
    private static final int ROW_BYTES = MovementsEncoder.RowsEncoder.sbeBlockLength() + TEXT_LENGTHS;

    private final int number;
    private final int maxRows;
    private final List<Row> rows;
    private final ResultCode[] results;
    private final int[] expected;
    private final String absentKey;
    private boolean guarded;
    private int bytes = EMPTY_BYTES;
    private long fingerprintHi;
    private long fingerprintLo;
    private Stage stage = Stage.NEW;
    private long firstCode;
    private long lastCode;
    private String note = "";

    /** How far a part is. */
    enum Stage {
        /** It was not asked yet whether the ledger remembers it. */
        NEW,
        /** The answer may come from memory; it was asked for. */
        PROBED,
        /** The ledger does not remember it: it is to be sent. */
        FRESH,
        /** It was sent. */
        SENT,
        /** Its results are known. */
        ANSWERED
    }

    /**
     * An empty part.
     *
     * @param number of the part, from 0.
     * @param facts  whether its rows are stock facts.
     */
    Part(final int number, final boolean facts) {
        this(number, facts ? Limits.MAX_ROWS_PER_COMMAND : 1, null);
    }

    private Part(final int number, final int maxRows, final String absentKey) {
        this.number = number;
        this.maxRows = maxRows;
        this.absentKey = absentKey;
        this.expected = new int[maxRows];
        this.rows = new ArrayList<>(maxRows);
        this.results = new ResultCode[maxRows];
    }

    /**
     * A part of cells that the file does not name.
     *
     * @param key what the part is known by within its import.
     */
    static Part ofAbsent(final String key) {
        return new Part(-1, Limits.MAX_ROWS_PER_COMMAND, key);
    }

    /** The part behind all absent cells: once the ledger remembers it, none is set to zero any more. */
    static Part ofEnd() {
        final Part end = ofAbsent(END);
        end.add(new Row(0, null, RowRejected.invalid("the end of the absent cells")));
        return end;
    }

    /** Whether this is the part behind all absent cells. */
    boolean isEnd() {
        return END.equals(absentKey);
    }

    /** Takes the rows that the ledger remembers in place of those that would be sent now. */
    void replaceRows(final List<Row> remembered) {
        rows.clear();
        rows.addAll(remembered);
    }

    /** What a part of cells that the file does not name is known by; null for a part of the file's rows. */
    String absentKey() {
        return absentKey;
    }

    /** Whether one more row finds room. */
    boolean takes(final Row row) {
        return rows.size() < maxRows && (rows.isEmpty() || bytes + bytesOf(row) <= Limits.MAX_MOVEMENTS_BYTES);
    }

    void add(final Row row) {
        rows.add(row);
        bytes += bytesOf(row);
    }

    /** What a row counts, whether or not it is rejected later. */
    private static int bytesOf(final Row row) {
        return row.content() instanceof final RowContent.Movement fact
                ? ROW_BYTES + fact.texts().bytes()
                : ROW_BYTES;
    }

    /** From here on the part is complete, and known by the fingerprint of the file up to its last row. */
    void seal(final RowChain chain) {
        fingerprintHi = chain.hi();
        fingerprintLo = chain.lo();
    }

    int number() {
        return number;
    }

    List<Row> rows() {
        return rows;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    long fingerprintHi() {
        return fingerprintHi;
    }

    long fingerprintLo() {
        return fingerprintLo;
    }

    Stage stage() {
        return stage;
    }

    void stage(final Stage next) {
        stage = next;
    }

    /** What the ledger said of a row. */
    ResultCode result(final int row) {
        return results[row];
    }

    void result(final int row, final ResultCode code) {
        results[row] = code;
    }

    /** A count of a row is to be refused when its cell has not these units on hand. */
    void expect(final int row, final int onHand) {
        guarded = true;
        expected[row] = onHand;
    }

    /** Whether counts are to be refused where cells moved. */
    boolean isGuarded() {
        return guarded;
    }

    /** The units on hand that a row's count expects, where {@link #isGuarded}. */
    int expected(final int row) {
        return expected[row];
    }

    /** All rows share one fate. */
    void resultOfAll(final ResultCode code) {
        Arrays.fill(results, code);
    }

    /** What the ledger said besides, for a person. */
    String note() {
        return note;
    }

    void note(final String text) {
        note = text;
    }

    /** The part cannot be sent before the codes of this serial number was answered. */
    void needsCode(final long serial) {
        firstCode = firstCode == 0 ? serial : Math.min(firstCode, serial);
        lastCode = Math.max(lastCode, serial);
    }

    /** Serial number of the first code that it waits for, 0 for none. */
    long firstCode() {
        return firstCode;
    }

    /** Serial number of the last code that it waits for, 0 for none. */
    long lastCode() {
        return lastCode;
    }
}
