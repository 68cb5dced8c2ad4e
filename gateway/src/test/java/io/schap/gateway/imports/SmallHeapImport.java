package io.schap.gateway.imports;

import io.schap.engine.state.LedgerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that imports a file larger than its heap, made up as it is read. */
final class SmallHeapImport {

    private static final int CELLS = 5_000;
    private static final byte[] HEADER = "store,sku,on_hand,note\n".getBytes(StandardCharsets.US_ASCII);
    private static final String NOTE = "n".repeat(900);

    private SmallHeapImport() {}

    /**
     * Runs it.
     *
     * @param arguments the data directory, and the rows of the file.
     */
    public static void main(final String[] arguments) throws Exception {
        final int rows = Integer.parseInt(arguments[1]);
        final LedgerSettings few = new LedgerSettings(100, 10_000, 10, 1_000, 1_000, 900, 2, 1_000, 1 << 20, 3_600_000);
        try (ImportDesk desk = new ImportDesk(Path.of(arguments[0]), few)) {
            final long start = System.nanoTime();
            final Rows body = new Rows(rows);
            final ImportDesk.Answer answer =
                    desk.begin("stock?create=true", "k").send(body, 32_768).end();
            final double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "accepted=%d bytes=%d heapBytes=%d seconds=%.1f%n",
                    answer.count("accepted"), body.bytes, Runtime.getRuntime().maxMemory(), seconds);
        }
    }

    /** The file, row by row; a tenth of a percent of its rows is wrong. */
    private static final class Rows extends InputStream {

        private final int rows;
        private byte[] current = HEADER;
        private int position;
        private int row;
        private long bytes;

        Rows(final int rows) {
            this.rows = rows;
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("read into an array");
        }

        @Override
        public int read(final byte[] into, final int offset, final int length) {
            if (position == current.length) {
                if (row == rows) {
                    return -1;
                }
                final int cell = row % CELLS;
                current = ("S" + cell % 50 + ",K" + cell + "," + (row % 1_000 == 999 ? "x" : row) + "," + NOTE + "\n")
                        .getBytes(StandardCharsets.US_ASCII);
                position = 0;
                row++;
            }
            final int read = Math.min(length, current.length - position);
            System.arraycopy(current, position, into, offset, read);
            position += read;
            bytes += read;
            return read;
        }
    }
}
