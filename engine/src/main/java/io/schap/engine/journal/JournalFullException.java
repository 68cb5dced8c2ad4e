package io.schap.engine.journal;

/** An append found neither room in its segment nor a spare one. {@link JournalWriter#fits} was not asked. */
public final class JournalFullException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    JournalFullException(final String message) {
        super(message);
    }
}
