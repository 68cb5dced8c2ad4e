package io.schap.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** An answer: status, headers and a body that is all there. Date, length and connection are added as it is sent. */
public final class Reply {

    /** Writes the members of a JSON object. */
    @FunctionalInterface
    public interface JsonBody {

        /**
         * Writes.
         *
         * @param json inside the object.
         * @throws IOException never: what is written lies in memory.
         */
        void write(JsonGenerator json) throws IOException;
    }

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();
    private static final int FIRST_BYTES = 512;

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final ProblemCode problem;
    private final List<String> headers = new ArrayList<>(4);

    private Reply(final int status, final String contentType, final byte[] body) {
        this(status, contentType, body, null);
    }

    private Reply(final int status, final String contentType, final byte[] body, final ProblemCode problem) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.problem = problem;
    }

    /**
     * An answer in JSON.
     *
     * @param status  the HTTP status.
     * @param members writes what stands in the body's object.
     * @return an answer.
     */
    public static Reply json(final int status, final JsonBody members) {
        return new Reply(status, "application/json", object(members));
    }

    /**
     * An answer in JSON that is written already.
     *
     * @param status the HTTP status.
     * @param json   the whole body; not to be changed afterwards.
     * @return an answer.
     */
    public static Reply json(final int status, final byte[] json) {
        return new Reply(status, "application/json", json);
    }

    /**
     * A problem.
     *
     * @param code    what it is.
     * @param members writes what stands in the problem's object.
     * @return an answer.
     */
    static Reply problem(final ProblemCode code, final JsonBody members) {
        return new Reply(code.status(), "application/problem+json", object(members), code);
    }

    /**
     * An answer of any type.
     *
     * @param status      the HTTP status.
     * @param contentType of the body.
     * @param body        the whole body; not to be changed afterwards.
     * @return an answer.
     */
    public static Reply of(final int status, final String contentType, final byte[] body) {
        return new Reply(status, contentType, body);
    }

    /**
     * An answer without a body.
     *
     * @param status the HTTP status.
     * @return an answer.
     */
    public static Reply empty(final int status) {
        return new Reply(status, null, Request.NO_BODY);
    }

    /**
     * Adds a header.
     *
     * @param name  of the header.
     * @param value of it, ASCII without control characters.
     * @return this.
     */
    public Reply header(final String name, final String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /**
     * Marks the answer as one that was given before.
     *
     * @param replayed whether it was.
     * @return this.
     */
    public Reply replayed(final boolean replayed) {
        return replayed ? header("Idempotent-Replayed", "true") : this;
    }

    /**
     * The HTTP status.
     *
     * @return 200 to 599.
     */
    public int status() {
        return status;
    }

    /**
     * The problem that the answer is.
     *
     * @return null for an answer that is none.
     */
    public ProblemCode problem() {
        return problem;
    }

    /**
     * The type of the body.
     *
     * @return null without a body.
     */
    public String contentType() {
        return contentType;
    }

    /**
     * The body.
     *
     * @return not to be changed.
     */
    public byte[] body() {
        return body;
    }

    /**
     * Names and values of the headers, in turn.
     *
     * @return not to be changed.
     */
    public List<String> headers() {
        return headers;
    }

    private static byte[] object(final JsonBody members) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (final IOException e) {
            throw new UncheckedIOException("an answer could not be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
