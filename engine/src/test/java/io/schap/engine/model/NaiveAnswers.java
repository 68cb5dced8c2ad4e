package io.schap.engine.model;

import io.schap.engine.model.PlainCommand.Hash;
import io.schap.engine.state.LedgerSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers remembered for retries. They stand in one queue, oldest first, and are found by key. An answer that a look-up
 * finds too old is forgotten at once, but its bytes count until the queue has passed it.
 */
final class NaiveAnswers {

    private static final int EVICTED_AT_MOST = 2;

    /** An answer in the queue. */
    record Remembered(Hash key, Hash fingerprint, long timeMs, Answer answer) {
        long sequence() {
            return answer.sequence();
        }

        long bytes() {
            return 64 + (answer.encodedLength() + 7) / 8 * 8L;
        }
    }

    private final Deque<Remembered> queue = new ArrayDeque<>();
    private final Map<Hash, Remembered> byKey = new HashMap<>();
    private long bytes;

    /** The answer in the queue under a key, or null. */
    Remembered find(final Hash key) {
        return byKey.get(key);
    }

    static boolean isTooOld(final Remembered entry, final long nowMs, final LedgerSettings settings) {
        return nowMs - entry.timeMs() > settings.answersKeptMs();
    }

    /** Remembers an answer, and forgets the oldest beyond the bounds, at most two. */
    void remember(final Remembered entry, final LedgerSettings settings, final List<Effect> effects) {
        queue.addLast(entry);
        byKey.put(entry.key(), entry);
        bytes += entry.bytes();
        effects.add(new Effect.AnswerRemembered(entry.key().hi(), entry.key().lo(), entry.sequence()));
        for (int i = 0; i < EVICTED_AT_MOST && queue.size() > 1 && isBeyond(entry.timeMs(), settings); i++) {
            final Remembered oldest = queue.removeFirst();
            bytes -= oldest.bytes();
            final Remembered alive = byKey.get(oldest.key());
            if (alive != null && alive.sequence() == oldest.sequence()) {
                forget(oldest, effects);
            }
        }
    }

    private boolean isBeyond(final long nowMs, final LedgerSettings settings) {
        return byKey.size() > settings.answersKept()
                || bytes > settings.answersKeptBytes()
                || isTooOld(queue.getFirst(), nowMs, settings);
    }

    /** Forgets an answer before the queue passes it, or as it does. */
    void forget(final Remembered entry, final List<Effect> effects) {
        byKey.remove(entry.key());
        effects.add(new Effect.AnswerForgotten(entry.key().hi(), entry.key().lo(), entry.sequence()));
    }
}
