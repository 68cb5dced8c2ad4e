package io.schap.gateway.imports;

/** What divides the fields of a file: a comma, a semicolon or a tab, as its header line shows. */
final class Delimiters {

    private static final char[] ALL = {',', ';', '\t'};

    private Delimiters() {}

    static boolean isOne(final char c) {
        return c == ',' || c == ';' || c == '\t';
    }

    /**
     * The delimiter of a header line: the one that stands outside of quotes most often. A line without any is a file of
     * one column, for which a comma does.
     */
    static char of(final String header) {
        final int[] counts = new int[ALL.length];
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            final char c = header.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            }
            for (int d = 0; d < ALL.length; d++) {
                counts[d] += !quoted && c == ALL[d] ? 1 : 0;
            }
        }
        int best = 0;
        for (int d = 1; d < ALL.length; d++) {
            best = counts[d] > counts[best] ? d : best;
        }
        return ALL[best];
    }
}
