package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.OccurredAt;
import io.schap.gateway.http.ProblemCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FieldParsingTest {

    @Test
    void shouldReadDigitsWithAnOptionalMinus() throws RowRejected {
        assertEquals(0, FieldParsing.units(ImportColumn.ON_HAND, "0"));
        assertEquals(-12, FieldParsing.units(ImportColumn.ON_HAND, "-12"));
        assertEquals(7, FieldParsing.units(ImportColumn.ON_HAND, "0000000000000000000000000000007"));
        assertEquals(1_000_000_000, FieldParsing.units(ImportColumn.ON_HAND, "1000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.000", "1,0", "8,7E+12", "", "-", " 1", "1 ", "+1", "0x1", "١", "1e3", "--1", "1-"})
    void shouldRejectWhatIsNoPlainNumber(final String field) {
        final RowRejected why = assertThrows(RowRejected.class, () -> FieldParsing.units(ImportColumn.ON_HAND, field));
        assertEquals(ProblemCode.INVALID_REQUEST, why.code());
        assertTrue(why.detail().startsWith("on_hand holds "), why::detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000001", "-1000000001", "99999999999999999999999999"})
    void shouldRejectNumbersThatNoCounterHolds(final String field) {
        final RowRejected why = assertThrows(RowRejected.class, () -> FieldParsing.units(ImportColumn.ON_HAND, field));
        assertEquals(ProblemCode.QUANTITY_OUT_OF_RANGE, why.code());
    }

    @Test
    void shouldReadDecimalCommasOnlyWhereTheDelimiterAllowsThem() throws RowRejected {
        assertEquals("12.95", FieldParsing.price(ImportColumn.PRICE, "12,95", true));
        assertEquals("12.95", FieldParsing.price(ImportColumn.PRICE, "12.95", true));
        assertEquals("", FieldParsing.price(ImportColumn.PRICE, "", false));
        assertEquals(-34.5, FieldParsing.degrees(ImportColumn.LATITUDE, "-34,5", true, 90));
        assertThrows(RowRejected.class, () -> FieldParsing.price(ImportColumn.PRICE, "12,95", false));
        assertThrows(RowRejected.class, () -> FieldParsing.price(ImportColumn.PRICE, "1.234,56", true));
        assertThrows(RowRejected.class, () -> FieldParsing.price(ImportColumn.PRICE, "-1", false));
        assertThrows(RowRejected.class, () -> FieldParsing.degrees(ImportColumn.LATITUDE, "90.1", false, 90));
        assertThrows(RowRejected.class, () -> FieldParsing.degrees(ImportColumn.LATITUDE, "NaN", false, 90));
    }

    @Test
    void shouldReadSeveralGtinsAndCheckTheirDigits() throws RowRejected {
        assertEquals(
                List.of(4006381333931L, 96385074L),
                FieldParsing.gtins(ImportColumn.GTIN, "4006381333931 | 96385074 4006381333931"));
        assertEquals(List.of(), FieldParsing.gtins(ImportColumn.GTIN, ""));
        assertThrows(RowRejected.class, () -> FieldParsing.gtins(ImportColumn.GTIN, "4006381333932"));
        assertThrows(RowRejected.class, () -> FieldParsing.gtins(ImportColumn.GTIN, "400638133393"));
        assertThrows(RowRejected.class, () -> FieldParsing.gtins(ImportColumn.GTIN, "abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 42", "42 ", ".", "..", "caf\u00e9", "a\tb"})
    void shouldRejectWhatIsNoCode(final String field) {
        assertThrows(RowRejected.class, () -> FieldParsing.code(ImportColumn.STORE, field));
    }

    @Test
    void shouldReadTimesWithTheirOffset() throws RowRejected {
        assertEquals(1_769_848_200_000L, FieldParsing.time(ImportColumn.OCCURRED_AT, "2026-01-31T09:30:00+01:00"));
        assertEquals(OccurredAt.NOT_GIVEN, FieldParsing.time(ImportColumn.OCCURRED_AT, ""));
        assertEquals(-1, FieldParsing.time(ImportColumn.OCCURRED_AT, "1969-12-31T23:59:59.999Z"));
        final long start = FieldParsing.time(ImportColumn.OCCURRED_AT, "1970-01-01T00:00:00Z");
        assertNotEquals(OccurredAt.NOT_GIVEN, start);
        assertEquals(0, OccurredAt.timeMs(start));
        assertThrows(RowRejected.class, () -> FieldParsing.time(ImportColumn.OCCURRED_AT, "2026-01-31T09:30:00"));
        assertThrows(RowRejected.class, () -> FieldParsing.time(ImportColumn.OCCURRED_AT, "2026-02-30T09:30:00Z"));
    }
}
