package io.schap.gateway.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the parameters of a query, each by the rule for it. What breaks a rule goes to the faults and reads as null;
 * {@link #end} finds those that nobody asked for and refuses the request when anything was wrong.
 */
public final class QueryParameters {

    private static final int MAX_PARAMETERS = 400;

    /** Farther than any two points of the earth are. */
    static final int MAX_RADIUS_KM = 25_000;

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, List<String>> left;
    private final Faults faults = new Faults();

    /**
     * The parameters of a query.
     *
     * @param query as sent, without the question mark.
     * @throws Refusal when it is malformed.
     */
    public QueryParameters(final String query) {
        int start = 0;
        int count = 0;
        while (start < query.length()) {
            final int ampersand = query.indexOf('&', start);
            final int end = ampersand < 0 ? query.length() : ampersand;
            if (end > start) {
                add(query.substring(start, end));
                count++;
            }
            if (count > MAX_PARAMETERS) {
                throw Problem.invalid("?", "the query holds more than " + MAX_PARAMETERS + " parameters");
            }
            start = end + 1;
        }
        left = new LinkedHashMap<>(values);
    }

    /**
     * Refuses a query that holds anything.
     *
     * @param exchange whose query.
     */
    public static void none(final Exchange exchange) {
        if (!exchange.request().query().isEmpty()) {
            new QueryParameters(exchange.request().query()).end();
        }
    }

    /**
     * The faults, for rules of the caller's own.
     *
     * @return what was found.
     */
    public Faults faults() {
        return faults;
    }

    /**
     * A parameter that may stand once.
     *
     * @param name of it.
     * @return its text; null when left out, or doubled, which is a fault.
     */
    public String text(final String name) {
        final List<String> all = left.remove(name);
        if (all == null) {
            return null;
        }
        if (all.size() > 1) {
            faults.add("?" + name, "?" + name + " stands " + all.size() + " times; it may stand once");
            return null;
        }
        return all.get(0);
    }

    /**
     * A parameter that may stand any number of times.
     *
     * @param name of it.
     * @return its texts, in order.
     */
    public List<String> all(final String name) {
        final List<String> all = left.remove(name);
        return all == null ? List.of() : all;
    }

    /**
     * An integer.
     *
     * @param name     of the parameter.
     * @param min      smallest.
     * @param max      largest.
     * @param fallback what it is when left out.
     * @return the fallback when wrong, too.
     */
    public int integer(final String name, final int min, final int max, final int fallback) {
        final String text = text(name);
        if (text == null) {
            return fallback;
        }
        final Integer value = Integers.parse(text, min, max);
        if (value == null) {
            faults.value("?" + name, text, Integers.rule(min, max));
            return fallback;
        }
        return value;
    }

    /**
     * A distance in kilometres.
     *
     * @param name of the parameter.
     * @return null when left out or wrong.
     */
    public Double kilometres(final String name) {
        final String text = text(name);
        if (text == null) {
            return null;
        }
        final Double value = Decimals.parse(text);
        if (value == null || value < 0 || value > MAX_RADIUS_KM) {
            faults.value("?" + name, text, "a decimal number of kilometres from 0 to " + MAX_RADIUS_KM);
            return null;
        }
        return value;
    }

    /**
     * True or false.
     *
     * @param name of the parameter.
     * @return null when left out or wrong.
     */
    public Boolean flag(final String name) {
        final String text = text(name);
        if (text == null) {
            return null;
        }
        if (!text.equals("true") && !text.equals("false")) {
            faults.value("?" + name, text, "true or false");
            return null;
        }
        return text.equals("true");
    }

    /** Adds a fault for what nobody asked for, and refuses the request when anything is wrong. */
    public void end() {
        for (final String name : left.keySet()) {
            faults.add("?" + Faults.shown(name), "?" + Faults.shown(name) + " is no parameter of this call");
        }
        faults.check();
    }

    private void add(final String pair) {
        final int equals = pair.indexOf('=');
        final String name = PercentCoding.decode(equals < 0 ? pair : pair.substring(0, equals), true, "?");
        final String value = equals < 0 ? "" : PercentCoding.decode(pair.substring(equals + 1), true, "?" + name);
        values.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    }
}
