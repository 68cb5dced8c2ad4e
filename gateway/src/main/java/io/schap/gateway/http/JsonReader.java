package io.schap.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON strictly: UTF-8 without malformed bytes, no doubled names, no lone surrogates, nothing after the value, no
 * deeper than {@link #MAX_DEPTH}.
 */
public final class JsonReader {

    /** Deepest nesting of objects and arrays. */
    static final int MAX_DEPTH = 16;

    private static final int MAX_NUMBER_CHARS = 64;
    private static final int MAX_NAME_CHARS = 256;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxNameLength(MAX_NAME_CHARS)
                    .build())
            .build();

    private JsonReader() {}

    /**
     * Reads a body that must hold an object.
     *
     * @param body the bytes.
     * @return the object.
     * @throws Refusal when it is anything else.
     */
    public static JsonValue.Members object(final byte[] body) {
        if (body.length == 0) {
            throw Problem.invalid("", "the body is empty; it may hold a JSON object");
        }
        final CharBuffer text = decode(body);
        final int start = text.length() > 0 && text.charAt(0) == '\uFEFF' ? 1 : 0;
        try (JsonParser parser = JSON.createParser(text.array(), text.arrayOffset() + start, text.length() - start)) {
            final JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw Problem.invalid("", "the body holds something else than a JSON object");
            }
            final JsonValue.Members object = (JsonValue.Members) value(parser, first, "");
            if (parser.nextToken() != null) {
                throw Problem.invalid("", "the body goes on after its JSON object");
            }
            return object;
        } catch (final JsonProcessingException e) {
            throw Problem.invalid("", "the body is not JSON: " + Faults.shown(String.valueOf(e.getOriginalMessage())));
        } catch (final IOException e) {
            throw new UncheckedIOException("JSON could not be read from memory", e);
        }
    }

    private static CharBuffer decode(final byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
        } catch (final CharacterCodingException e) {
            throw Problem.invalid("", "the body is not UTF-8: " + e.getMessage());
        }
    }

    private static JsonValue value(final JsonParser parser, final JsonToken token, final String pointer)
            throws IOException {
        return switch (token) {
            case START_OBJECT -> members(parser, pointer);
            case START_ARRAY -> items(parser, pointer);
            case VALUE_STRING -> new JsonValue.Text(wellFormed(parser.getText(), pointer));
            case VALUE_NUMBER_INT -> new JsonValue.Digits(parser.getText(), true);
            case VALUE_NUMBER_FLOAT -> new JsonValue.Digits(parser.getText(), false);
            case VALUE_TRUE -> JsonValue.Word.TRUE;
            case VALUE_FALSE -> JsonValue.Word.FALSE;
            case VALUE_NULL -> JsonValue.Word.NULL;
            default -> throw Problem.invalid(pointer, "the body is not JSON at " + pointer);
        };
    }

    private static JsonValue.Members members(final JsonParser parser, final String pointer) throws IOException {
        final Map<String, JsonValue> members = new LinkedHashMap<>(8);
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_OBJECT) {
            final String name = wellFormed(parser.currentName(), pointer);
            final String place = Pointers.member(pointer, name);
            final JsonValue value = value(parser, parser.nextToken(), place);
            if (members.put(name, value) != null) {
                throw Problem.invalid(place, Faults.shown(place) + " stands twice; a name may stand once");
            }
            token = parser.nextToken();
        }
        return new JsonValue.Members(members);
    }

    private static JsonValue.Items items(final JsonParser parser, final String pointer) throws IOException {
        final List<JsonValue> items = new ArrayList<>(4);
        JsonToken token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            items.add(value(parser, token, Pointers.item(pointer, items.size())));
            token = parser.nextToken();
        }
        return new JsonValue.Items(items);
    }

    private static String wellFormed(final String text, final String pointer) {
        int i = 0;
        while (i < text.length()) {
            final int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw Problem.invalid(pointer, pointer + " holds half of a surrogate pair; it may hold Unicode text");
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }
}
