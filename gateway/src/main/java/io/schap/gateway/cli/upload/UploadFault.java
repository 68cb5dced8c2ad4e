package io.schap.gateway.cli.upload;

/** A file was not taken; the message is one line for a person. */
public final class UploadFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UploadFault(final String message, final Throwable cause) {
        super(message, cause);
    }
}
