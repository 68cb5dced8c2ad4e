package io.schap.gateway.imports;

import java.io.IOException;

/** The upload ended before its end: its connection went, it fell silent, or the server stops. */
final class UploadCutException extends IOException {

    private static final long serialVersionUID = 1L;

    UploadCutException(final String why) {
        super(why);
    }
}
