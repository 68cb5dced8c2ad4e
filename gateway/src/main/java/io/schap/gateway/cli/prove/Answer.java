package io.schap.gateway.cli.prove;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a shopper was told.
 *
 * @param status the status of the response: 201 granted, 409 refused.
 * @param body   the response's body.
 */
record Answer(int status, String body) {

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    boolean isGranted() {
        return status == 201;
    }

    /** The reservation's id, or empty where the answer has none. */
    String reservation() {
        final Matcher found = ID.matcher(body);
        return found.find() ? found.group(1) : "";
    }
}
