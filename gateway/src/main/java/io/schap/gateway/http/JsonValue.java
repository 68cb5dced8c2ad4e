package io.schap.gateway.http;

import java.util.List;
import java.util.Map;

/** A parsed JSON value, as the client sent it: a number keeps its digits. */
public sealed interface JsonValue {

    /**
     * An object.
     *
     * @param members by name, in the order in which they were sent.
     */
    record Members(Map<String, JsonValue> members) implements JsonValue {}

    /**
     * An array.
     *
     * @param items in order.
     */
    record Items(List<JsonValue> items) implements JsonValue {}

    /**
     * A text.
     *
     * @param text decoded, without lone surrogates.
     */
    record Text(String text) implements JsonValue {}

    /**
     * A number.
     *
     * @param digits  as sent.
     * @param integer whether it has neither a fraction nor an exponent.
     */
    record Digits(String digits, boolean integer) implements JsonValue {}

    /** The values that have only a name. */
    enum Word implements JsonValue {
        /** True. */
        TRUE,
        /** False. */
        FALSE,
        /** Null. */
        NULL
    }

    /**
     * What it is, for a fault's detail.
     *
     * @return a short description of what was sent.
     */
    default String shown() {
        if (this instanceof final Text text) {
            return '"' + text.text() + '"';
        }
        if (this instanceof final Digits number) {
            return number.digits();
        }
        if (this instanceof final Word word) {
            return word.name().toLowerCase(java.util.Locale.ROOT);
        }
        return this instanceof Members ? "an object" : "an array";
    }
}
