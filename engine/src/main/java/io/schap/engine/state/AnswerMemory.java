package io.schap.engine.state;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The answers to keyed commands, kept for their retries: a queue of entries in pages of 1 MB that are used in a circle, and
 * an index from key to entry. Bounded by number, bytes and age; what is too old for a bound goes first, at most two
 * entries an insert, so that no insert takes long.
 *
 * <pre>
 *  entry, 8-byte aligned, never across pages
 *   0 keyHi            8 keyLo            16 fingerprintHi     24 fingerprintLo
 *  32 time, ms        40 sequence         48 answer length (4) 52 marks (2) | text bytes (2)
 *  56 hash of the row                     64 answer, padded to 8 bytes
 * </pre>
 *
 * <p>The last {@code text bytes} of an answer are personal texts and not in the hash. Writer only.
 */
final class AnswerMemory implements KeyIndex.Rows {

    /** Bytes of an entry before its answer; with the padded answer, what it counts towards the bound of bytes. */
    static final int HEADER = 64;

    /** No entry. */
    static final long NONE = -1;

    private static final int PAGE_SHIFT = 20;
    private static final int PAGE_BYTES = 1 << PAGE_SHIFT;
    private static final int FINGERPRINT = 16;
    private static final int TIME = 32;
    private static final int SEQUENCE = 40;
    private static final int LENGTH = 48;
    private static final int MARKS = 52;
    private static final int TEXTS = 54;
    private static final int ROW_HASH = 56;
    private static final short DEAD = 1;
    private static final int SKIP = -1;
    private static final long REFERENCE_MASK = 0xffff_ffffL;

    private final RowHash hash;
    private final KeyIndex index = new KeyIndex(this);
    private UnsafeBuffer[] pages = new UnsafeBuffer[4];
    private long head;
    private long tail;
    private long bytes;
    private long early;
    private int entries;
    private int live;
    private long wantedHi;
    private long wantedLo;

    AnswerMemory(final RowHash hash) {
        this.hash = hash;
    }

    /** How many answers are remembered. */
    int live() {
        return live;
    }

    /** Bytes that the entries count, dead ones too. */
    long bytes() {
        return bytes;
    }

    /** The entry of a key, or {@link #NONE}. */
    long find(final long keyHi, final long keyLo) {
        wantedHi = keyHi;
        wantedLo = keyLo;
        final long found = index.find(indexHash(keyHi, keyLo));
        return found < 0 ? NONE : position((int) found);
    }

    /** Entries between tail and head are there; a reference that wrapped lies behind the head. */
    @Override
    public boolean isLive(final int reference) {
        return Integer.toUnsignedLong(reference - (int) (tail >>> 3)) < head - tail >>> 3;
    }

    @Override
    public boolean isKeyAt(final int reference) {
        final long position = position(reference);
        final UnsafeBuffer page = page(position);
        final int at = place(position);
        return page.getLong(at) == wantedHi
                && page.getLong(at + Long.BYTES) == wantedLo
                && page.getShort(at + MARKS) != DEAD;
    }

    boolean hasFingerprint(final long position, final long hi, final long lo) {
        final UnsafeBuffer page = page(position);
        final int at = place(position);
        return page.getLong(at + FINGERPRINT) == hi && page.getLong(at + FINGERPRINT + 8) == lo;
    }

    long timeMs(final long position) {
        return page(position).getLong(place(position) + TIME);
    }

    long sequence(final long position) {
        return page(position).getLong(place(position) + SEQUENCE);
    }

    long keyHi(final long position) {
        return page(position).getLong(place(position));
    }

    long keyLo(final long position) {
        return page(position).getLong(place(position) + 8);
    }

    /** Copies an answer out; returns its length. */
    int copyAnswer(final long position, final UnsafeBuffer into) {
        final UnsafeBuffer page = page(position);
        final int at = place(position);
        final int length = page.getInt(at + LENGTH);
        into.putBytes(0, page, at + HEADER, length);
        return length;
    }

    /** Forgets an entry out of turn, for its age: its place stays taken until the queue passes it. */
    void forget(final long position) {
        final UnsafeBuffer page = page(position);
        final int at = place(position);
        final long row = page.getLong(at + ROW_HASH);
        page.putShort(at + MARKS, DEAD);
        hash.replace(row, deadHash(row));
        live--;
    }

    /** Remembers an answer. The key must not be remembered already. */
    void insert(final DirectBuffer envelope, final int keyOffset, final Kept kept) {
        final int size = HEADER + BitUtil.align(kept.length, 8);
        final long position = room(size);
        final UnsafeBuffer page = page(position);
        final int at = place(position);
        page.putBytes(at, envelope, keyOffset, 32);
        page.putLong(at + TIME, kept.timeMs);
        page.putLong(at + SEQUENCE, kept.sequence);
        page.putInt(at + LENGTH, kept.length);
        page.putShort(at + MARKS, (short) 0);
        page.putShort(at + TEXTS, (short) kept.textBytes);
        page.putBytes(at + HEADER, kept.answer, 0, kept.length);
        final long row = rowHash(page, at);
        page.putLong(at + ROW_HASH, row);
        hash.add(row);
        index.add(indexHash(page.getLong(at), page.getLong(at + 8)), (int) (position >>> 3));
        head = position + size;
        bytes += size;
        entries++;
        live++;
    }

    /** What is to be remembered of an answer, beside the key and fingerprint of its command. */
    static final class Kept {
        long timeMs;
        long sequence;
        DirectBuffer answer;
        int length;
        int textBytes;
    }

    /** Makes room at the head for an entry, in one page. */
    private long room(final int size) {
        final int left = PAGE_BYTES - place(head);
        if (left < size) {
            if (left >= HEADER) {
                page(head).putInt(place(head) + LENGTH, SKIP);
            }
            head += left;
        }
        final long headPage = head >>> PAGE_SHIFT;
        if (headPage - (tail >>> PAGE_SHIFT) >= pages.length) {
            growCircle();
        }
        final int which = (int) headPage & pages.length - 1;
        if (pages[which] == null) {
            pages[which] = new UnsafeBuffer(new byte[PAGE_BYTES]);
        }
        return head;
    }

    private void growCircle() {
        final UnsafeBuffer[] larger = new UnsafeBuffer[pages.length * 2];
        final long first = tail >>> PAGE_SHIFT;
        for (long page = first; page < first + pages.length; page++) {
            larger[(int) page & larger.length - 1] = pages[(int) page & pages.length - 1];
        }
        pages = larger;
    }

    /** Evicts what is over the bounds, oldest first, at most two entries, and never the newest. */
    void evict(final LedgerSettings bounds, final long timeMs, final EffectSink effects) {
        for (int i = 0; i < 2 && entries > 1; i++) {
            skipPageEnd();
            final UnsafeBuffer page = page(tail);
            final int at = place(tail);
            final boolean over = live > bounds.answersKept()
                    || bytes > bounds.answersKeptBytes()
                    || timeMs - page.getLong(at + TIME) > bounds.answersKeptMs();
            if (!over) {
                return;
            }
            final long row = page.getLong(at + ROW_HASH);
            if (page.getShort(at + MARKS) == DEAD) {
                hash.remove(deadHash(row));
            } else {
                hash.remove(row);
                live--;
                early += timeMs - page.getLong(at + TIME) > bounds.answersKeptMs() ? 0 : 1;
                effects.answerForgotten(page.getLong(at), page.getLong(at + 8), page.getLong(at + SEQUENCE));
            }
            final int size = HEADER + BitUtil.align(page.getInt(at + LENGTH), 8);
            entries--;
            bytes -= size;
            tail += size;
        }
    }

    /** Answers that went before their time, for want of room; no part of the state. */
    long early() {
        return early;
    }

    /** Reads the index where a key stands or would stand. */
    long readIndex(final long hash) {
        return index.read(hash);
    }

    private void skipPageEnd() {
        final int left = PAGE_BYTES - place(tail);
        if (left < HEADER || page(tail).getInt(place(tail) + LENGTH) == SKIP) {
            tail += left;
        }
    }

    /** The oldest entry, dead or not; for checks. */
    long first() {
        return entries == 0 ? NONE : skipped(tail);
    }

    /** The entry behind another; for checks. */
    long next(final long position) {
        final long next = position + HEADER + BitUtil.align(page(position).getInt(place(position) + LENGTH), 8);
        return next == head ? NONE : skipped(next);
    }

    boolean isDead(final long position) {
        return page(position).getShort(place(position) + MARKS) == DEAD;
    }

    /** The hash of an entry's row, made anew from its content; for checks. */
    long rowHash(final long position) {
        return rowHash(page(position), place(position));
    }

    /** A forgotten entry still takes its place in the queue, so what comes after it depends on it: it is a row too. */
    static long deadHash(final long rowHash) {
        return RowHash.mix(rowHash);
    }

    private long skipped(final long position) {
        final int left = PAGE_BYTES - place(position);
        final boolean skip = left < HEADER || page(position).getInt(place(position) + LENGTH) == SKIP;
        return skip ? position + left : position;
    }

    private static long rowHash(final UnsafeBuffer page, final int at) {
        final int end = at + HEADER + page.getInt(at + LENGTH) - page.getShort(at + TEXTS);
        long content = (long) end - at;
        int from = at + HEADER;
        for (; from + 16 <= end; from += 16) {
            content += RowHash.fold(page.getLong(from) ^ from - at, page.getLong(from + 8) ^ RowHash.ANSWER);
        }
        for (; from < end; from++) {
            content = content * 31 + page.getByte(from);
        }
        final long key = RowHash.row(
                RowHash.ANSWER,
                page.getLong(at),
                page.getLong(at + 8),
                page.getLong(at + FINGERPRINT),
                page.getLong(at + FINGERPRINT + 8));
        return RowHash.row(RowHash.ANSWER, key, page.getLong(at + TIME), page.getLong(at + SEQUENCE), content);
    }

    /** The full position of a reference: the only one with these bits that is not before the tail. */
    private long position(final int reference) {
        final long tailWords = tail >>> 3;
        long words = tailWords & ~REFERENCE_MASK | reference & REFERENCE_MASK;
        if (words < tailWords) {
            words += REFERENCE_MASK + 1;
        }
        return words << 3;
    }

    private UnsafeBuffer page(final long position) {
        return pages[(int) (position >>> PAGE_SHIFT) & pages.length - 1];
    }

    private static int place(final long position) {
        return (int) position & PAGE_BYTES - 1;
    }

    static long indexHash(final long keyHi, final long keyLo) {
        return RowHash.mix(keyHi ^ RowHash.mix(keyLo));
    }
}
