package io.schap.loadtest;

import java.io.IOException;

/** The server answered what the contract does not allow there; no retry mends that. */
final class UnexpectedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    UnexpectedAnswerException(final String message) {
        super(message);
    }
}
