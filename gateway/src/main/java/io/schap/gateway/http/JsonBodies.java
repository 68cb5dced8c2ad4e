package io.schap.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Map;

/** JSON bodies of requests. */
public final class JsonBodies {

    private static final String JSON = "application/json";

    private JsonBodies() {}

    /**
     * The object that a request brings.
     *
     * @param request with its whole body.
     * @return the object.
     * @throws Refusal when the body is of another type, empty, or no JSON object.
     */
    public static JsonValue.Members object(final Request request) {
        checkType(request);
        return JsonReader.object(request.body());
    }

    /**
     * The object that a request may bring; an empty body is {@code {}}.
     *
     * @param request with its whole body.
     * @return the object.
     * @throws Refusal when the body is of another type, or no JSON object.
     */
    public static JsonValue.Members objectOrNothing(final Request request) {
        return request.body().length == 0 ? new JsonValue.Members(Map.of()) : object(request);
    }

    /**
     * Refuses a body that says it is of another type, or encoded.
     *
     * @param request to look at.
     * @throws Refusal when it is.
     */
    public static void checkType(final Request request) {
        final String encoding = request.header(HttpHeaderNames.CONTENT_ENCODING.toString());
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.refusal(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "header Content-Encoding holds " + Faults.shown(encoding) + "; here it may be left out");
        }
        final String type = request.header(HttpHeaderNames.CONTENT_TYPE.toString());
        if (type != null && !isJson(type)) {
            throw Problem.refusal(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "header Content-Type holds " + Faults.shown(type) + "; it may hold application/json");
        }
    }

    private static boolean isJson(final String type) {
        final String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(JSON)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            final String parameter = parts[i].strip();
            if (parameter.startsWith("charset=")
                    && !parameter
                            .substring("charset=".length())
                            .replace("\"", "")
                            .equals("utf-8")) {
                return false;
            }
        }
        return true;
    }
}
