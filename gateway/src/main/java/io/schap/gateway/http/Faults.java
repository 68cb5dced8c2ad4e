package io.schap.gateway.http;

import java.util.ArrayList;
import java.util.List;

/** The faults of one request, found before anything is done, so that a client sees them together. */
public final class Faults {

    /** Most faults that are listed; more are found in the next try. */
    static final int MAX_LISTED = 20;

    private static final int MAX_SHOWN_CHARS = 80;

    private final List<String> pointers = new ArrayList<>(2);
    private final List<String> details = new ArrayList<>(2);

    /** No faults yet. */
    public Faults() {}

    /**
     * Adds a fault.
     *
     * @param pointer where it is: a JSON pointer into the body, {@code ?name} for a parameter of the query,
     *                {@code Name:} for a header, {@code {name}} for a part of the path.
     * @param detail  which field, what it holds and what it may hold.
     */
    public void add(final String pointer, final String detail) {
        if (pointers.size() < MAX_LISTED) {
            pointers.add(pointer);
            details.add(detail);
        }
    }

    /**
     * Adds a fault of a value.
     *
     * @param pointer as in {@link #add}.
     * @param held    what the client sent.
     * @param allowed what it may hold, as the end of "it may hold …".
     */
    public void value(final String pointer, final String held, final String allowed) {
        add(pointer, nameOf(pointer) + " holds " + shown(held) + "; it may hold " + allowed);
    }

    /**
     * Adds a fault of a value that is needed and not there.
     *
     * @param pointer as in {@link #add}.
     * @param allowed what it may hold, as the end of "it may hold …".
     */
    public void missing(final String pointer, final String allowed) {
        add(pointer, nameOf(pointer) + " is missing; it may hold " + allowed);
    }

    /**
     * Whether nothing was found.
     *
     * @return true if so.
     */
    public boolean isEmpty() {
        return pointers.isEmpty();
    }

    /**
     * Refuses the request when anything was found.
     *
     * @throws Refusal with all that was found.
     */
    public void check() {
        if (!isEmpty()) {
            throw refusal();
        }
    }

    Refusal refusal() {
        return problem().refusal();
    }

    /**
     * The problem that lists what was found.
     *
     * @return invalid-request; at least one fault must have been added.
     */
    public Problem problem() {
        final String more = details.size() > 1 ? " (and " + (details.size() - 1) + " more, see errors)" : "";
        return new Problem(ProblemCode.INVALID_REQUEST, details.get(0) + more).with("errors", (Problem.Value) json -> {
            json.writeStartArray();
            for (int i = 0; i < pointers.size(); i++) {
                json.writeStartObject();
                json.writeStringField("pointer", pointers.get(i));
                json.writeStringField("detail", details.get(i));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static String nameOf(final String pointer) {
        return pointer.isEmpty() ? "the body" : pointer;
    }

    /**
     * What a client sent, as an answer or a log may repeat it: shortened, without what would break a line.
     *
     * @param held as sent.
     * @return up to about 80 characters.
     */
    public static String shown(final String held) {
        final StringBuilder text = new StringBuilder(Math.min(held.length(), MAX_SHOWN_CHARS) + 4);
        for (int i = 0; i < held.length() && i < MAX_SHOWN_CHARS; i++) {
            final char c = held.charAt(i);
            text.append(c < ' ' || c == 0x7f || Character.isSurrogate(c) ? '?' : c);
        }
        return held.length() > MAX_SHOWN_CHARS ? text.append("...").toString() : text.toString();
    }
}
