package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks at what lies behind a place where the journal stops making sense: whether a good batch is there, however many zero
 * pages lie between, and how far bytes go that are not zero.
 */
final class TailScanner {

    private static final int STEP = 4;
    private static final int CHUNK_BYTES = 1 << 20;

    private final SegmentWindow window;
    private final BatchDecoder decoder;
    private final long epoch;
    private final long aboveSequence;
    private Path goodFile;
    private long goodOffset;
    private long goodSequence;
    private long bytes;

    /**
     * A scan for batches of an epoch above a sequence: a batch that begins right behind the good ones is the broken one
     * itself.
     *
     * @param decoder null when the journal's id is not known: then a header that could be one counts as a good batch.
     */
    TailScanner(final SegmentWindow window, final BatchDecoder decoder, final long epoch, final long aboveSequence) {
        this.window = window;
        this.decoder = decoder;
        this.epoch = epoch;
        this.aboveSequence = aboveSequence;
    }

    /** Whether nothing was ever appended to a file: it holds nothing but zeros, behind a prologue that knows of no document. */
    static boolean isUnused(final Path file, final SegmentWindow window) throws IOException {
        final TailScanner scanner = new TailScanner(window, null, -1, Long.MAX_VALUE);
        window.open(file, false);
        final boolean begun = window.load(0, SegmentLayout.PROLOGUE_BYTES) == SegmentLayout.PROLOGUE_BYTES
                && PrologueCheck.isUnused(window.buffer(), window.indexOf(0));
        scanner.scanFile(begun ? SegmentLayout.PROLOGUE_BYTES : 0);
        return scanner.bytes() == 0;
    }

    /** Scans the rest of one file and all of the others; stops at the first good batch. */
    void scan(final List<Path> files, final int firstFile, final long position, final boolean direct)
            throws IOException {
        for (int i = firstFile; i < files.size() && !foundBatch(); i++) {
            window.open(files.get(i), direct);
            scanFile(i == firstFile ? position : SegmentLayout.PROLOGUE_BYTES);
        }
    }

    private void scanFile(final long from) throws IOException {
        long lastUsed = from;
        long at = from;
        while (true) {
            final int loaded = window.load(at, CHUNK_BYTES);
            if (loaded < STEP) {
                break;
            }
            final int base = window.indexOf(at);
            for (int i = 0; i + STEP <= loaded; i += STEP) {
                if (window.buffer().getInt(base + i) != 0) {
                    lastUsed = at + i + STEP;
                    if (isMagic(base + i, loaded - i) && isGoodBatch(at + i)) {
                        bytes += lastUsed - from;
                        return;
                    }
                    // the check may have moved the window
                    if (window.indexOf(at) != base) {
                        break;
                    }
                }
            }
            at = window.indexOf(at) == base ? at + loaded - loaded % STEP : lastUsed;
        }
        bytes += lastUsed - from;
    }

    private boolean isMagic(final int index, final int available) {
        final int low = (int) BatchLayout.MAGIC;
        return window.buffer().getInt(index) == low
                && (available < Long.BYTES || window.buffer().getLong(index) == BatchLayout.MAGIC);
    }

    private boolean isGoodBatch(final long at) throws IOException {
        final int available = window.load(at, BatchLayout.MAX_BATCH_BYTES);
        final int index = window.indexOf(at);
        if (available < BatchLayout.HEADER_BYTES || window.buffer().getLong(index) != BatchLayout.MAGIC) {
            return false;
        }
        final long batchEpoch = window.buffer().getLong(index + BatchLayout.EPOCH_OFFSET);
        final long sequence = window.buffer().getLong(index + BatchLayout.FIRST_SEQUENCE_OFFSET);
        final boolean placed = batchEpoch == epoch && sequence > aboveSequence;
        if (placed && (decoder == null || decoder.tryWrap(window.buffer(), index, available, false))) {
            goodFile = window.file();
            goodOffset = at;
            goodSequence = sequence;
            return true;
        }
        return false;
    }

    boolean foundBatch() {
        return goodFile != null;
    }

    /** Bytes up to the last one that is not zero, or to the good batch. */
    long bytes() {
        return bytes;
    }

    String goodPlace() {
        return "a good batch follows at file=" + goodFile + ", offset=" + goodOffset + ", sequence=" + goodSequence;
    }
}
