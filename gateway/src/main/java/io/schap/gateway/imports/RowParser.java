package io.schap.gateway.imports;

/** Makes sense of the rows of one kind of file. What it says of a row depends on the row alone. */
interface RowParser {

    /**
     * What a row says.
     *
     * @throws RowRejected when a field does not hold what it may.
     */
    RowContent parse(RowReader row) throws RowRejected;

    /**
     * What is wrong with a row only now.
     *
     * @param content of the row.
     * @param nowMs   milliseconds since 1970.
     * @return why the row is rejected, or null.
     */
    default RowRejected flawNow(final RowContent content, final long nowMs) {
        return null;
    }
}
