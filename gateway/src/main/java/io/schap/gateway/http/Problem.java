package io.schap.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A problem in the sense of RFC 9457: what went wrong, for a program by its code and for a person by its detail. */
public final class Problem {

    private static final String TYPE_PREFIX = "urn:schap:problem:";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ProblemCode code;
    private final String detail;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final List<String> headers = new ArrayList<>(2);
    private boolean replayed;

    /**
     * A problem.
     *
     * @param code   what it is.
     * @param detail what is the matter in this case: which field, what it held and what it may hold.
     */
    public Problem(final ProblemCode code, final String detail) {
        this.code = code;
        this.detail = detail;
    }

    /**
     * A refusal of a request with one fault.
     *
     * @param pointer where the fault is, see {@link Faults#add}.
     * @param detail  what it holds and what it may hold.
     * @return to be thrown.
     */
    public static Refusal invalid(final String pointer, final String detail) {
        final Faults faults = new Faults();
        faults.add(pointer, detail);
        return faults.refusal();
    }

    /**
     * A refusal.
     *
     * @param code   what it is.
     * @param detail what is the matter in this case.
     * @return to be thrown.
     */
    public static Refusal refusal(final ProblemCode code, final String detail) {
        return new Refusal(new Problem(code, detail));
    }

    /**
     * Adds a member.
     *
     * @param name  of the member.
     * @param value a text, a number, or a {@link Value} that writes itself.
     * @return this.
     */
    public Problem with(final String name, final Object value) {
        members.put(name, value);
        return this;
    }

    /**
     * Adds a header to the answer.
     *
     * @param name  of the header.
     * @param value of it.
     * @return this.
     */
    public Problem header(final String name, final String value) {
        headers.add(name);
        headers.add(value);
        return this;
    }

    /**
     * Marks the answer as one that was given before.
     *
     * @param wasReplayed whether it was.
     * @return this.
     */
    public Problem replayed(final boolean wasReplayed) {
        replayed = wasReplayed;
        return this;
    }

    /**
     * What it is.
     *
     * @return the code.
     */
    public ProblemCode code() {
        return code;
    }

    /**
     * What is the matter in this case.
     *
     * @return a sentence.
     */
    public String detail() {
        return detail;
    }

    /**
     * The refusal that carries it.
     *
     * @return to be thrown.
     */
    public Refusal refusal() {
        return new Refusal(this);
    }

    /**
     * The answer that says so.
     *
     * @return a reply.
     */
    public Reply reply() {
        final Reply reply = Reply.problem(code, this::write);
        for (int i = 0; i < headers.size(); i += 2) {
            reply.header(headers.get(i), headers.get(i + 1));
        }
        if (code.status() == 503 || code.status() == 507) {
            reply.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        return reply.replayed(replayed);
    }

    /**
     * Writes it in the place of a result in a list: {@code {"error":{"code","status","detail"}}}.
     *
     * @param json   where.
     * @param code   what it is.
     * @param detail what is the matter with that row.
     * @throws IOException never: what is written lies in memory.
     */
    public static void writeError(final JsonGenerator json, final ProblemCode code, final String detail)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("error");
        json.writeStringField("code", code.code());
        json.writeNumberField("status", code.status());
        json.writeStringField("detail", detail);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(final JsonGenerator json) throws IOException {
        json.writeStringField("type", TYPE_PREFIX + code.code());
        json.writeStringField("title", code.title());
        json.writeNumberField("status", code.status());
        json.writeStringField("detail", detail);
        for (final Map.Entry<String, Object> member : members.entrySet()) {
            json.writeFieldName(member.getKey());
            if (member.getValue() instanceof final Value value) {
                value.write(json);
            } else if (member.getValue() instanceof final Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeString(String.valueOf(member.getValue()));
            }
        }
    }

    /** A member that is more than a text or a number. */
    @FunctionalInterface
    public interface Value {

        /**
         * Writes one JSON value.
         *
         * @param json where.
         * @throws IOException never: what is written lies in memory.
         */
        void write(JsonGenerator json) throws IOException;
    }
}
