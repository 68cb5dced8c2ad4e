package io.schap.gateway.imports;

import io.schap.gateway.http.ProblemCode;

/** Why one row of an import was not taken: an error of the contract. It carries no stack trace: it is no fault of ours. */
final class RowRejected extends Exception {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    RowRejected(final ProblemCode code, final String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    static RowRejected invalid(final String detail) {
        return new RowRejected(ProblemCode.INVALID_REQUEST, detail);
    }

    static RowRejected outOfRange(final String detail) {
        return new RowRejected(ProblemCode.QUANTITY_OUT_OF_RANGE, detail);
    }

    /** The problem that a request of this row alone would have been answered with. */
    ProblemCode code() {
        return code;
    }

    /** What is wrong, for a person. */
    String detail() {
        return getMessage();
    }

    /** A value as an error repeats it: in quotes, shortened, without what would break a line. */
    static String quote(final CharSequence value) {
        final int length = Math.min(value.length(), ImportLimits.MAX_QUOTED_CHARS);
        final StringBuilder text = new StringBuilder(length + 3).append('"');
        for (int i = 0; i < length; i++) {
            final char c = value.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\ufffd' : c);
        }
        return text.append(length < value.length() ? "…\"" : "\"").toString();
    }
}
