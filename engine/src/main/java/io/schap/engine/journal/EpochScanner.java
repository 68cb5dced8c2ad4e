package io.schap.engine.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one epoch from its first batch to where it ends, and judges that end.
 *
 * <p>A good batch continues the one before it: next sequence, no earlier time, same epoch, at the next document's place or
 * first in the next segment. Where none does, the epoch ends. In the last epoch, with {@link Durability#DISK}, only the
 * batch that was being forced can be broken, so a good one behind that place is corruption, and anything else there is cut;
 * with the other durabilities all behind the first fault is cut. An epoch with a later one must end just where that says.
 */
final class EpochScanner {

    private final EpochHead head;
    private final SegmentWindow window;
    private final BatchDecoder decoder;
    private final JournalConsumer consumer;
    private final long fromSequence;
    private final EpochRecord next;
    private final boolean direct;
    private final PrologueCheck prologue = new PrologueCheck();
    private final List<SegmentInventory> segments = new ArrayList<>();
    private long lastSequence;
    private long lastTimeMs;
    private long batches;
    private int fileIndex;
    private long position;
    private String reason;
    private long segmentFirst;
    private long segmentBatches;
    private long sealFaultPlace;
    private Path stopFile;
    private long stopOffset;

    /**
     * A scanner of one epoch.
     *
     * @param next the record of the next epoch that began; null when there is none.
     */
    EpochScanner(
            final EpochHead head,
            final SegmentWindow window,
            final BatchDecoder decoder,
            final JournalConsumer consumer,
            final long fromSequence,
            final EpochRecord next) {
        this.head = head;
        this.window = window;
        this.decoder = decoder;
        this.consumer = consumer;
        this.fromSequence = fromSequence;
        this.next = next;
        direct = next == null && head.record().durability().forcesBatches();
        lastSequence = head.record().previousLastSequence();
        lastTimeMs = head.record().previousLastTimeMs();
    }

    long lastTimeMs() {
        return lastTimeMs;
    }

    EpochInventory scan() throws IOException {
        enter(firstFile());
        readBatches();
        while (reason == null && hasNextFile() && enterNext()) {
            readBatches();
        }
        noteSegment();
        return new EpochInventory(
                head.epoch(), head.directory(), head.record(), segments, batches, lastSequence, judgeEnd());
    }

    /** The last file whose first batch does not come after the sequence from which the caller wants to read. */
    private int firstFile() throws IOException {
        int first = 0;
        if (fromSequence > lastSequence + 1) {
            for (int i = 1; i < head.files().size(); i++) {
                open(i);
                if (!tryBatch(SegmentLayout.PROLOGUE_BYTES) || decoder.firstSequence() > fromSequence) {
                    break;
                }
                first = i;
                lastSequence = decoder.firstSequence() - 1;
                lastTimeMs = decoder.timeMs();
            }
        }
        return first;
    }

    private void open(final int index) throws IOException {
        window.open(head.files().get(index), direct);
    }

    private void enter(final int index) throws IOException {
        open(index);
        fileIndex = index;
        position = index == 0 ? EpochHead.FIRST_BATCH_POSITION : SegmentLayout.PROLOGUE_BYTES;
        segmentFirst = 0;
        segmentBatches = 0;
        prologue.begin();
        if (index == 0) {
            prologue.document(SegmentLayout.PROLOGUE_BYTES);
        }
        window.load(0, SegmentLayout.PROLOGUE_BYTES);
        final int wrong = PrologueCheck.firstWrong(window.buffer(), window.indexOf(0));
        if (wrong >= 0) {
            throw corrupt(file(), wrong, "wrong byte in the segment's prologue");
        }
    }

    private boolean hasNextFile() {
        return fileIndex + 1 < head.files().size();
    }

    /** Goes on to the next file when its first batch continues this one's; else stays where this one ends. */
    private boolean enterNext() throws IOException {
        final String sealFault = isStrict() ? sealFault() : null;
        final long sealPlace = sealFaultPlace;
        open(fileIndex + 1);
        final int number = SegmentLayout.segmentOf(
                head.files().get(fileIndex + 1).getFileName().toString());
        if (number != fileIndex + 1) {
            reason = "segment is missing: segment=" + (fileIndex + 1);
            return false;
        }
        if (!tryBatch(SegmentLayout.PROLOGUE_BYTES) || !isContinuous()) {
            if (reason != null) {
                stopAt(head.files().get(fileIndex + 1), SegmentLayout.PROLOGUE_BYTES);
            }
            return false;
        }
        if (sealFault != null) {
            throw corrupt(file(), sealPlace, sealFault);
        }
        noteSegment();
        enter(fileIndex + 1);
        return true;
    }

    /** What is wrong in a file that was left for the next one, batches apart; null when all is as it was written. */
    private String sealFault() throws IOException {
        window.load(0, SegmentLayout.PROLOGUE_BYTES);
        final int field = prologue.firstWrongField(window.buffer(), window.indexOf(0), false, position);
        if (field >= 0) {
            sealFaultPlace = field;
            return "wrong field in the segment's prologue";
        }
        sealFaultPlace = firstUsed(behindEndOfFile(), Long.MAX_VALUE);
        return sealFaultPlace < 0 ? null : "not zero behind the segment's end";
    }

    /** Behind Chronicle's end-of-file mark, when it is there: a power cut may have lost it, whole or by pages. */
    private long behindEndOfFile() throws IOException {
        if (window.load(position, 2 * Integer.BYTES) < 2 * Integer.BYTES) {
            return position;
        }
        final int index = window.indexOf(position);
        final int mark = window.buffer().getInt(index);
        final int text = window.buffer().getInt(index + Integer.BYTES);
        final boolean whole = mark == SegmentLayout.END_OF_FILE && text == SegmentLayout.END_OF_FILE_TEXT;
        final boolean apart = (position + Integer.BYTES) % 4_096 == 0
                && (mark == SegmentLayout.END_OF_FILE && text == 0
                        || mark == 0 && text == SegmentLayout.END_OF_FILE_TEXT);
        return whole || apart ? position + 2 * Integer.BYTES : position;
    }

    /** The place of the first int that is not zero, or -1. */
    private long firstUsed(final long from, final long to) throws IOException {
        long at = from;
        while (at < to) {
            final int loaded = window.load(at, 1 << 20) & ~3;
            if (loaded == 0) {
                break;
            }
            final int base = window.indexOf(at);
            for (int i = 0; i < loaded; i += Integer.BYTES) {
                if (window.buffer().getInt(base + i) != 0) {
                    return at + i;
                }
            }
            at += loaded;
        }
        return -1;
    }

    private void readBatches() throws IOException {
        while (tryBatch(position)) {
            if (!isContinuous()) {
                break;
            }
            if (next != null && decoder.lastSequence() > next.previousLastSequence()) {
                throw corrupt(
                        file(),
                        position,
                        "the next epoch says that this one ended at sequence=" + next.previousLastSequence());
            }
            accept();
        }
        stopAt(file(), position);
    }

    private void stopAt(final Path file, final long offset) {
        stopFile = file;
        stopOffset = offset;
    }

    private void accept() throws IOException {
        if (segmentBatches == 0) {
            segmentFirst = decoder.firstSequence();
        }
        prologue.document(position);
        if (decoder.lastSequence() >= fromSequence) {
            consumer.onBatch(decoder, file(), position);
        }
        segmentBatches++;
        batches++;
        lastSequence = decoder.lastSequence();
        lastTimeMs = decoder.timeMs();
        position += SegmentLayout.DOCUMENT_HEADER_BYTES + decoder.length();
    }

    /** Whether the batch in the decoder goes on from the last good one; if not, {@link #reason} is set. */
    private boolean isContinuous() {
        if (decoder.epoch() != head.epoch()) {
            reason = "batch of another epoch: epoch=" + decoder.epoch();
        } else if (decoder.firstSequence() != lastSequence + 1) {
            reason = "batch out of order: firstSequence=" + decoder.firstSequence();
        } else if (decoder.timeMs() < lastTimeMs) {
            reason = "time runs backwards: timeMs=" + decoder.timeMs();
        }
        return reason == null;
    }

    /** Whether a whole document that is a good batch begins there; if not, {@link #reason} is set unless nothing does. */
    private boolean tryBatch(final long at) throws IOException {
        reason = null;
        if (window.load(at, SegmentLayout.DOCUMENT_HEADER_BYTES) < SegmentLayout.DOCUMENT_HEADER_BYTES) {
            return false;
        }
        final int header = window.buffer().getInt(window.indexOf(at));
        if (header == SegmentLayout.NOTHING_YET || header == SegmentLayout.END_OF_FILE) {
            return false;
        }
        final int length = header & SegmentLayout.LENGTH_MASK;
        if (length != header || length > BatchLayout.MAX_BATCH_BYTES) {
            reason = "no batch's document: header=" + Integer.toHexString(header);
            return false;
        }
        final long body = at + SegmentLayout.DOCUMENT_HEADER_BYTES;
        if (window.load(body, length) < length) {
            reason = "file ends within a document: length=" + length;
            return false;
        }
        if (!decoder.tryWrap(window.buffer(), window.indexOf(body), length, true)) {
            reason = decoder.fault();
            return false;
        }
        return true;
    }

    private void noteSegment() {
        if (segmentBatches > 0) {
            segments.add(new SegmentInventory(file(), position, segmentBatches, segmentFirst, lastSequence));
        }
    }

    private JournalCut judgeEnd() throws IOException {
        open(fileIndex);
        final String why = reason == null ? "bytes where no document begins" : reason;
        final long behind = behindEndOfFile();
        final TailScanner tail = new TailScanner(window, decoder, head.epoch(), lastSequence + 1);
        tail.scan(head.files(), fileIndex, behind, direct);
        if (tail.foundBatch() && isStrict()) {
            throw corrupt(stopFile, stopOffset, why + "; " + tail.goodPlace());
        }
        if (next != null && (lastSequence != next.previousLastSequence() || tail.bytes() != next.previousCutBytes())) {
            throw corrupt(
                    stopFile,
                    stopOffset,
                    why + ", bytes=" + tail.bytes() + "; the next epoch says that this one ended at sequence="
                            + next.previousLastSequence() + ", cut bytes=" + next.previousCutBytes());
        }
        checkTailPrologue();
        if (tail.bytes() == 0) {
            return null;
        }
        final String more = tail.foundBatch()
                ? "; " + tail.goodPlace() + ", dropped as the epoch ran as "
                        + head.record().durability()
                : "";
        return new JournalCut(stopFile, stopOffset, lastSequence, tail.bytes(), why + more);
    }

    private void checkTailPrologue() throws IOException {
        if (isStrict()) {
            open(fileIndex);
            window.load(0, SegmentLayout.PROLOGUE_BYTES);
            final int field = prologue.firstWrongField(window.buffer(), window.indexOf(0), true, position);
            if (field >= 0) {
                throw corrupt(file(), field, "wrong field in the segment's prologue");
            }
        }
    }

    private boolean isStrict() {
        return head.record().durability().forcesBatches();
    }

    private Path file() {
        return head.files().get(fileIndex);
    }

    private JournalCorruptException corrupt(final Path file, final long offset, final String why) {
        return new JournalCorruptException(file, offset, lastSequence, why);
    }
}
