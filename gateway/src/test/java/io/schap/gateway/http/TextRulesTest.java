package io.schap.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times, GTINs, codes, numbers and percent-encoding in text. */
final class TextRulesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T09:30:00Z, 2026-01-31T09:30:00Z",
        "2026-01-31t09:30:00z, 2026-01-31T09:30:00Z",
        "2026-01-31T09:30:00+01:00, 2026-01-31T08:30:00Z",
        "2026-01-31T09:30:00.5-11:30, 2026-01-31T21:00:00.500Z",
        "2026-01-31 09:30:00.123456789Z, 2026-01-31T09:30:00.123Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    })
    void shouldReadTimesWithAnyOffset(final String text, final String utc) {
        assertEquals(Instant.parse(utc).toEpochMilli(), Times.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-01-31",
                "2026-01-31T09:30Z",
                "2026-01-31T09:30:00",
                "2026-13-01T00:00:00Z",
                "2025-02-29T00:00:00Z",
                "2026-01-31T25:00:00Z",
                "2026-01-31T09:30:00+1:00",
                "2026-01-31T09:30:00.Z",
                "2026-01-31T09:30:00Z\n",
                "+2026-01-31T09:30:00Z"
            })
    void shouldRefuseWhatIsNoTime(final String text) {
        assertEquals(Times.NOT_A_TIME, Times.parse(text));
    }

    @Test
    void shouldWriteTimesWithMilliseconds() {
        assertEquals("1970-01-01T00:00:00.000Z", Times.format(0));
        assertEquals(
                "2026-01-31T09:30:00.007Z",
                Times.format(Instant.parse("2026-01-31T09:30:00.007Z").toEpochMilli()));
    }

    @Test
    void shouldKnowGtinsByTheirCheckDigit() {
        assertEquals(4_006_381_333_931L, Gtins.parse("4006381333931"));
        assertEquals(4_006_381_333_931L, Gtins.parse("04006381333931"));
        assertEquals(73_513_537, Gtins.parse("73513537"));
        assertEquals(36_000_291_452L, Gtins.parse("036000291452"));
        for (final String wrong :
                new String[] {"4006381333930", "7351353", "735135370", "4006381333931 ", "", "00000000", "400638133393١"
                }) {
            assertEquals(Gtins.NOT_A_GTIN, Gtins.parse(wrong), wrong);
        }
    }

    @Test
    void shouldKnowCodesAndChannels() {
        for (final String code : new String[] {"a", "0042", "a b", "~!/\\\"%", "...", "x".repeat(64)}) {
            assertTrue(Codes.isCode(code), code);
        }
        for (final String code : new String[] {"", ".", "..", " a", "a ", "é", "a\tb", "a\u007f", "x".repeat(65)}) {
            assertFalse(Codes.isCode(code), code);
        }
        assertTrue(Codes.isChannel("web-2.nl_b"));
        assertFalse(Codes.isChannel("Web"));
        assertFalse(Codes.isChannel(""));
        assertFalse(Codes.isChannel("x".repeat(33)));
    }

    @Test
    void shouldReadNumbersWithinTheirBounds() {
        assertEquals(-5, Integers.parse("-5", -5, 5));
        assertEquals(7, Integers.parse("007", 0, 10));
        for (final String wrong : new String[] {"", "-", "6", "+1", "1.0", " 1", "9999999999999999999", "٣"}) {
            assertNull(Integers.parse(wrong, -5, 5), wrong);
        }
        assertEquals(-12.5, Decimals.parse("-12.5"));
        for (final String wrong : new String[] {"", ".5", "5.", "1e3", "NaN", "1,5", "--1", "1.2.3", "0x1p3", "1d"}) {
            assertNull(Decimals.parse(wrong), wrong);
        }
    }

    @Test
    void shouldDecodePathsStrictly() {
        assertEquals(List.of("v1", "a/b", "c d", "+", ""), PercentCoding.segments("/v1/a%2fb/c%20d/+/"));
        for (final String wrong : new String[] {"/%", "/%2", "/%zz", "/%+1", "/%C3", "/é", "/a b", "/%ED%A0%80"}) {
            assertThrows(Refusal.class, () -> PercentCoding.segments(wrong), wrong);
        }
    }

    @Test
    void shouldReadQueries() {
        final QueryParameters query = new QueryParameters("a=1&&b=x+y%26&c&a=2");
        assertEquals(List.of("1", "2"), query.all("a"));
        assertEquals("x y&", query.text("b"));
        assertEquals("", query.text("c"));
        assertNull(query.text("d"));
        query.end();
        assertNotNull(assertThrows(Refusal.class, () -> new QueryParameters("a=1").end()));
        final QueryParameters doubled = new QueryParameters("a=1&a=1");
        assertNull(doubled.text("a"));
        assertThrows(Refusal.class, doubled::end);
    }

    @Test
    void shouldFindRoutesByTheirDecodedSegments() {
        final RequestHandler one = exchange -> {};
        final RequestHandler two = exchange -> {};
        final Routes routes = new Routes()
                .on("GET", "/v1/stores/{store}", one)
                .on("PUT", "/v1/stores/{store}", two)
                .on("GET", "/v1/stores/{store}/skus/{sku}", two);
        assertEquals(one, routes.find("GET", "/v1/%73tores/a%2Fb").handler());
        assertEquals(
                List.of("a/b", "c"),
                routes.find("GET", "/v1/stores/a%2Fb/skus/c").pathValues());
        assertNull(routes.find("OPTIONS", "/v1/stores/a").handler());
        final Refusal method = assertThrows(Refusal.class, () -> routes.find("POST", "/v1/stores/a"));
        assertEquals(ProblemCode.METHOD_NOT_ALLOWED, method.problem().code());
        for (final String path : new String[] {"/", "/v1", "/v1/stores/", "/v1/stores/a/", "/1/2/3/4/5/6/7/8/9/10"}) {
            final Refusal nothing = assertThrows(Refusal.class, () -> routes.find("GET", path));
            assertEquals(ProblemCode.NOT_FOUND, nothing.problem().code(), path);
        }
    }
}
