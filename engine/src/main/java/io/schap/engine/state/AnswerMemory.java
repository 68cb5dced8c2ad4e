package io.schap.engine.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The answers to keyed commands, kept for their retries: a queue of entries in pages of 1 MB that are used in a circle, and
 * an index from key to entry. Bounded by number, bytes and age; what is too old for a bound goes first, at most two
 * entries an insert, so that no insert takes long.
 *
 * <pre>
 *  entry, in words, never across pages
 *   0 keyHi      1 keyLo      2 fingerprintHi      3 fingerprintLo
 *   4 time, ms   5 sequence   6 marks (16) | text bytes (16) | answer length (32)
 *   7 hash of the row         8 answer, padded with zeros to a word
 * </pre>
 *
 * <p>The last {@code text bytes} of an answer are personal texts and not in the hash. Writer only.
 */
final class AnswerMemory implements KeyIndex.Rows {

    /** Bytes of an entry before its answer; with the padded answer, what it counts towards the bound of bytes. */
    static final int HEADER = 64;

    /** No entry. */
    static final long NONE = -1;

    private static final VarHandle BYTES_AS_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER_WORDS = HEADER >>> 3;
    private static final int PAGE_SHIFT = 17;
    private static final int PAGE_WORDS = 1 << PAGE_SHIFT;
    private static final int FINGERPRINT = 2;
    private static final int TIME = 4;
    private static final int SEQUENCE = 5;
    private static final int LENGTH = 6;
    private static final int ROW_HASH = 7;
    private static final int TEXTS_SHIFT = 32;
    private static final int MARKS_SHIFT = 48;
    private static final long DEAD = 1L << MARKS_SHIFT;
    private static final int SKIP = -1;
    private static final long REFERENCE_MASK = 0xffff_ffffL;

    private final RowHash hash;
    private final KeyIndex index = new KeyIndex(this);
    private long[][] pages = new long[4][];
    /** Places of the queue's ends, in words that only ever grow. */
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
        return Integer.toUnsignedLong(reference - (int) tail) < head - tail;
    }

    @Override
    public boolean isKeyAt(final int reference) {
        final long position = position(reference);
        final long[] page = page(position);
        final int at = place(position);
        return page[at] == wantedHi && page[at + 1] == wantedLo && (page[at + LENGTH] & DEAD) == 0;
    }

    boolean hasFingerprint(final long position, final long hi, final long lo) {
        final long[] page = page(position);
        final int at = place(position);
        return page[at + FINGERPRINT] == hi && page[at + FINGERPRINT + 1] == lo;
    }

    long timeMs(final long position) {
        return page(position)[place(position) + TIME];
    }

    long sequence(final long position) {
        return page(position)[place(position) + SEQUENCE];
    }

    long keyHi(final long position) {
        return page(position)[place(position)];
    }

    long keyLo(final long position) {
        return page(position)[place(position) + 1];
    }

    /** Copies an answer out, and up to seven zeros behind it; returns its length. */
    int copyAnswer(final long position, final byte[] into) {
        final long[] page = page(position);
        final int at = place(position);
        final int length = (int) page[at + LENGTH];
        for (int i = 0; i < length; i += Long.BYTES) {
            BYTES_AS_LONG.set(into, i, page[at + HEADER_WORDS + (i >>> 3)]);
        }
        return length;
    }

    /** Forgets an entry out of turn, for its age: its place stays taken until the queue passes it. */
    void forget(final long position) {
        final long[] page = page(position);
        final int at = place(position);
        final long row = page[at + ROW_HASH];
        page[at + LENGTH] |= DEAD;
        hash.replace(row, deadHash(row));
        live--;
    }

    /** What is to be remembered of a command. */
    static final class Kept {
        long keyHi;
        long keyLo;
        long fingerprintHi;
        long fingerprintLo;
        long timeMs;
        long sequence;
        /** The answer's bytes, with room for seven more. */
        byte[] answer;

        int length;
        int textBytes;
    }

    /** Remembers an answer. The key must not be remembered already. */
    void insert(final Kept kept) {
        final int length = kept.length;
        final int size = words(length);
        final long position = room(size);
        final long[] page = page(position);
        final int at = place(position);
        page[at] = kept.keyHi;
        page[at + 1] = kept.keyLo;
        page[at + FINGERPRINT] = kept.fingerprintHi;
        page[at + FINGERPRINT + 1] = kept.fingerprintLo;
        page[at + TIME] = kept.timeMs;
        page[at + SEQUENCE] = kept.sequence;
        page[at + LENGTH] = (long) kept.textBytes << TEXTS_SHIFT | length;
        copy(kept.answer, length, page, at + HEADER_WORDS);
        final long row = rowHash(page, at);
        page[at + ROW_HASH] = row;
        hash.add(row);
        index.add(indexHash(kept.keyHi, kept.keyLo), (int) position);
        head = position + size;
        bytes += (long) size << 3;
        entries++;
        live++;
    }

    private static void copy(final byte[] from, final int length, final long[] to, final int at) {
        final int whole = length >>> 3;
        for (int i = 0; i < whole; i++) {
            to[at + i] = (long) BYTES_AS_LONG.get(from, i << 3);
        }
        if ((length & 7) != 0) {
            to[at + whole] = (long) BYTES_AS_LONG.get(from, whole << 3) & lowBytes(length & 7);
        }
    }

    /** A mask of so many of a word's first bytes. */
    private static long lowBytes(final int count) {
        return (1L << (count << 3)) - 1;
    }

    /** Words of an entry. */
    private static int words(final int answerLength) {
        return HEADER_WORDS + (answerLength + 7 >>> 3);
    }

    /** Makes room at the head for an entry, in one page. */
    private long room(final int size) {
        final int left = PAGE_WORDS - place(head);
        if (left < size) {
            if (left >= HEADER_WORDS) {
                page(head)[place(head) + LENGTH] = SKIP;
            }
            head += left;
        }
        final long headPage = head >>> PAGE_SHIFT;
        if (headPage - (tail >>> PAGE_SHIFT) >= pages.length) {
            growCircle();
        }
        final int which = (int) headPage & pages.length - 1;
        if (pages[which] == null) {
            pages[which] = new long[PAGE_WORDS];
        }
        return head;
    }

    private void growCircle() {
        final long[][] larger = new long[pages.length * 2][];
        final long first = tail >>> PAGE_SHIFT;
        for (long page = first; page < first + pages.length; page++) {
            larger[(int) page & larger.length - 1] = pages[(int) page & pages.length - 1];
        }
        pages = larger;
    }

    /** Evicts what is over the bounds, oldest first, at most two entries, and never the newest. */
    void evict(final LedgerSettings bounds, final long timeMs, final EffectSink effects) {
        for (int i = 0; i < 2 && entries > 1; i++) {
            tail = skipped(tail);
            final long[] page = page(tail);
            final int at = place(tail);
            final boolean old = timeMs - page[at + TIME] > bounds.answersKeptMs();
            if (!old && live <= bounds.answersKept() && bytes <= bounds.answersKeptBytes()) {
                return;
            }
            final long row = page[at + ROW_HASH];
            final long marked = page[at + LENGTH];
            if ((marked & DEAD) != 0) {
                hash.remove(deadHash(row));
            } else {
                hash.remove(row);
                live--;
                early += old ? 0 : 1;
                effects.answerForgotten(page[at], page[at + 1], page[at + SEQUENCE]);
            }
            final int size = words((int) marked);
            entries--;
            bytes -= (long) size << 3;
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

    /** The oldest entry, dead or not; for checks. */
    long first() {
        return entries == 0 ? NONE : skipped(tail);
    }

    /** The entry behind another; for checks. */
    long next(final long position) {
        final long next = position + words((int) page(position)[place(position) + LENGTH]);
        return next == head ? NONE : skipped(next);
    }

    boolean isDead(final long position) {
        return (page(position)[place(position) + LENGTH] & DEAD) != 0;
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
        final int left = PAGE_WORDS - place(position);
        final boolean skip = left < HEADER_WORDS || (int) page(position)[place(position) + LENGTH] == SKIP;
        return skip ? position + left : position;
    }

    private static long rowHash(final long[] page, final int at) {
        final long lengths = page[at + LENGTH];
        final int end = (int) lengths - ((int) (lengths >>> TEXTS_SHIFT) & 0xffff);
        final int from = at + HEADER_WORDS;
        final int whole = end >>> 3;
        long content = end;
        for (int i = 0; i + 1 < whole; i += 2) {
            content += RowHash.fold(page[from + i] ^ i, page[from + i + 1] ^ RowHash.ANSWER);
        }
        final long odd = (whole & 1) == 0 ? 0 : page[from + whole - 1];
        final long rest = (end & 7) == 0 ? 0 : page[from + whole] & lowBytes(end & 7);
        content += RowHash.fold(odd ^ end, rest ^ RowHash.ANSWER);
        final long key =
                RowHash.row(RowHash.ANSWER, page[at], page[at + 1], page[at + FINGERPRINT], page[at + FINGERPRINT + 1]);
        return RowHash.row(RowHash.ANSWER, key, page[at + TIME], page[at + SEQUENCE], content);
    }

    /** The full position of a reference: the only one with these bits that is not before the tail. */
    private long position(final int reference) {
        final long position = tail & ~REFERENCE_MASK | reference & REFERENCE_MASK;
        return position < tail ? position + REFERENCE_MASK + 1 : position;
    }

    private long[] page(final long position) {
        return pages[(int) (position >>> PAGE_SHIFT) & pages.length - 1];
    }

    private static int place(final long position) {
        return (int) position & PAGE_WORDS - 1;
    }

    /** Keys are keyed hashes already, so one product spreads them well enough. */
    static long indexHash(final long keyHi, final long keyLo) {
        return RowHash.fold(keyHi ^ 0x2d358dccaa6c78a5L, keyLo ^ 0x8bb84b93962eacc9L);
    }
}
