package io.schap.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a JSON body. */
final class JsonReaderTest {

    @Test
    void shouldKeepValuesAsTheyWereSent() {
        final JsonValue.Members object =
                read("\uFEFF {\"n\":1.50,\"i\":-0,\"t\":\"\\u0041\\ud83d\\ude00é\",\"a\":[true,false,null,{}]} \n");
        assertEquals(new JsonValue.Digits("1.50", false), object.members().get("n"));
        assertEquals(new JsonValue.Digits("-0", true), object.members().get("i"));
        assertEquals(new JsonValue.Text("A\uD83D\uDE00é"), object.members().get("t"));
        assertEquals(List.of("n", "i", "t", "a"), List.copyOf(object.members().keySet()));
        assertEquals(4, ((JsonValue.Items) object.members().get("a")).items().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "7",
                "\"x\"",
                "[]",
                "{",
                "{}{}",
                "{} x",
                "{'a':1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":\"\\x\"}",
                "/* c */ {}",
                "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}",
                "{\"a\":1111111111111111111111111111111111111111111111111111111111111111111}"
            })
    void shouldRefuseWhatIsNoJsonObject(final String text) {
        final Refusal refusal = assertThrows(Refusal.class, () -> read(text));
        assertEquals(ProblemCode.INVALID_REQUEST, refusal.problem().code());
    }

    @Test
    void shouldRefuseOtherEncodings() {
        final byte[][] bodies = {
            {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'},
            {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            "{}".getBytes(StandardCharsets.UTF_16),
            "{}".getBytes(StandardCharsets.UTF_16LE),
        };
        for (final byte[] body : bodies) {
            assertThrows(Refusal.class, () -> JsonReader.object(body));
        }
    }

    private static JsonValue.Members read(final String text) {
        return JsonReader.object(text.getBytes(StandardCharsets.UTF_8));
    }
}
