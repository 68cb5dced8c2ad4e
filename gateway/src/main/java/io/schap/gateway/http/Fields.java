package io.schap.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the members of one JSON object, each by the rule for it. What breaks a rule goes to the faults and reads as null;
 * so does what is left out, and {@code null} counts as left out. {@link #end} finds the members that nobody asked for.
 */
public final class Fields {

    private final JsonValue.Members object;
    private final String pointer;
    private final Faults faults;
    private final Set<String> asked = new HashSet<>();

    /**
     * The members of an object.
     *
     * @param object  as parsed.
     * @param pointer of the object, empty for the body itself.
     * @param faults  takes what is wrong.
     */
    public Fields(final JsonValue.Members object, final String pointer, final Faults faults) {
        this.object = object;
        this.pointer = pointer;
        this.faults = faults;
    }

    /**
     * The pointer of a member.
     *
     * @param name of the member.
     * @return a JSON pointer.
     */
    public String pointer(final String name) {
        return Pointers.member(pointer, name);
    }

    /**
     * The raw member.
     *
     * @param name of the member.
     * @return null when left out or {@code null}.
     */
    public JsonValue value(final String name) {
        asked.add(name);
        final JsonValue value = object.members().get(name);
        return value == JsonValue.Word.NULL ? null : value;
    }

    /**
     * Whether the member was sent as {@code null}.
     *
     * @param name of the member.
     * @return true if so.
     */
    public boolean isNull(final String name) {
        asked.add(name);
        return object.members().get(name) == JsonValue.Word.NULL;
    }

    /**
     * Adds a fault when a member is left out.
     *
     * @param name    of the member.
     * @param allowed what it may hold.
     * @return this.
     */
    public Fields need(final String name, final String allowed) {
        if (value(name) == null) {
            faults.missing(pointer(name), allowed);
        }
        return this;
    }

    /**
     * A store's or SKU's code.
     *
     * @param name of the member.
     * @return null when left out or wrong.
     */
    public String code(final String name) {
        final String text = rawText(name, Codes.CODE_RULE);
        if (text != null && !Codes.isCode(text)) {
            faults.value(pointer(name), '"' + text + '"', Codes.CODE_RULE);
            return null;
        }
        return text;
    }

    /**
     * A sales channel's name.
     *
     * @param name of the member.
     * @return null when left out or wrong.
     */
    public String channel(final String name) {
        final String text = rawText(name, Codes.CHANNEL_RULE);
        if (text != null && !Codes.isChannel(text)) {
            faults.value(pointer(name), '"' + text + '"', Codes.CHANNEL_RULE);
            return null;
        }
        return text;
    }

    /**
     * A text, bounded in bytes of UTF-8.
     *
     * @param name     of the member.
     * @param maxBytes most bytes.
     * @return null when left out or wrong.
     */
    public String text(final String name, final int maxBytes) {
        final String allowed = "up to " + maxBytes + " bytes of text";
        final String text = rawText(name, allowed);
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            faults.value(pointer(name), '"' + text + '"', allowed);
            return null;
        }
        return text;
    }

    /**
     * A text, bounded in characters.
     *
     * @param name     of the member.
     * @param minChars fewest UTF-16 characters.
     * @param maxChars most UTF-16 characters.
     * @return null when left out or wrong.
     */
    public String name(final String name, final int minChars, final int maxChars) {
        final String allowed = minChars + " to " + maxChars + " characters of text";
        final String text = rawText(name, allowed);
        if (text != null && (text.length() < minChars || text.length() > maxChars)) {
            faults.value(pointer(name), '"' + text + '"', allowed);
            return null;
        }
        return text;
    }

    /**
     * Any text.
     *
     * @param name    of the member.
     * @param allowed what it may hold, for the fault.
     * @return null when left out or no text.
     */
    public String rawText(final String name, final String allowed) {
        final JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof final JsonValue.Text text) {
            return text.text();
        }
        faults.value(pointer(name), value.shown(), allowed);
        return null;
    }

    /**
     * An integer.
     *
     * @param name of the member.
     * @param min  smallest.
     * @param max  largest.
     * @return null when left out or wrong.
     */
    public Integer integer(final String name, final int min, final int max) {
        final JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof final JsonValue.Digits number && number.integer()) {
            final Integer parsed = Integers.parse(number.digits(), min, max);
            if (parsed != null) {
                return parsed;
            }
        }
        faults.value(pointer(name), value.shown(), Integers.rule(min, max));
        return null;
    }

    /**
     * A number of degrees.
     *
     * @param name of the member.
     * @param max  largest; the smallest is its opposite.
     * @return null when left out or wrong.
     */
    public Double degrees(final String name, final int max) {
        final JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof final JsonValue.Digits number) {
            final double degrees = Double.parseDouble(number.digits());
            if (degrees >= -max && degrees <= max) {
                return degrees;
            }
        }
        faults.value(pointer(name), value.shown(), "a number from -" + max + " to " + max);
        return null;
    }

    /**
     * A distance in kilometres.
     *
     * @param name of the member.
     * @return null when left out or wrong.
     */
    public Double kilometres(final String name) {
        final JsonValue value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof final JsonValue.Digits number) {
            final double km = Double.parseDouble(number.digits());
            if (km >= 0 && km <= QueryParameters.MAX_RADIUS_KM) {
                return km;
            }
        }
        faults.value(pointer(name), value.shown(), "a number of kilometres from 0 to " + QueryParameters.MAX_RADIUS_KM);
        return null;
    }

    /**
     * True or false.
     *
     * @param name     of the member.
     * @param fallback what it is when left out.
     * @return the fallback when wrong, too.
     */
    public boolean flag(final String name, final boolean fallback) {
        final JsonValue value = value(name);
        if (value == null) {
            return fallback;
        }
        if (value == JsonValue.Word.TRUE || value == JsonValue.Word.FALSE) {
            return value == JsonValue.Word.TRUE;
        }
        faults.value(pointer(name), value.shown(), "true or false");
        return fallback;
    }

    /**
     * A time.
     *
     * @param name  of the member.
     * @param maxMs latest, in milliseconds since 1970.
     * @return milliseconds since 1970, negative before; null when left out or wrong.
     */
    public Long time(final String name, final long maxMs) {
        final String rule = "an RFC 3339 time, at most 5 minutes ahead, as 2026-01-31T09:30:00+01:00";
        final String text = rawText(name, rule);
        if (text == null) {
            return null;
        }
        final long timeMs = Times.parse(text);
        if (timeMs == Times.NOT_A_TIME || timeMs > maxMs) {
            faults.value(pointer(name), '"' + text + '"', rule);
            return null;
        }
        return timeMs;
    }

    /**
     * A list of objects.
     *
     * @param name of the member.
     * @param min  fewest.
     * @param max  most.
     * @return empty when left out or wrong.
     */
    public List<Fields> objects(final String name, final int min, final int max) {
        final String allowed = "an array of " + min + " to " + max + " objects";
        final List<Fields> objects = new ArrayList<>();
        int index = 0;
        for (final JsonValue item : items(name, min, max, allowed)) {
            final String place = Pointers.item(pointer(name), index++);
            if (item instanceof final JsonValue.Members members) {
                objects.add(new Fields(members, place, faults));
            } else {
                faults.value(place, item.shown(), "an object");
            }
        }
        return objects;
    }

    /**
     * The items of an array.
     *
     * @param name    of the member.
     * @param min     fewest.
     * @param max     most.
     * @param allowed what it may hold, for the fault.
     * @return empty when left out or wrong.
     */
    public List<JsonValue> items(final String name, final int min, final int max, final String allowed) {
        final JsonValue value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof final JsonValue.Items array) {
            final int size = array.items().size();
            if (size >= min && size <= max) {
                return array.items();
            }
            faults.value(pointer(name), size + " items", allowed);
        } else {
            faults.value(pointer(name), value.shown(), allowed);
        }
        return List.of();
    }

    /** Adds a fault for every member that was not asked for. */
    public void end() {
        for (final String name : object.members().keySet()) {
            if (!asked.contains(name)) {
                faults.add(pointer(name), Faults.shown(pointer(name)) + " is no field of this object");
            }
        }
    }
}
