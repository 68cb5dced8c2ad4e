package io.schap.gateway.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GtinTest {

    /** Worked examples of GS1 and of the standards it took over: GTIN-13, GTIN-12, GTIN-8 and SSCC digits. */
    @ParameterizedTest
    @CsvSource({"629104150021,3", "03600029145,2", "7351353,7", "400638133393,1", "978020137962,4"})
    void shouldComputeTheCheckDigitsOfPublishedNumbers(final String digits, final int check) {
        assertEquals(check, Gtin.checkDigit(digits));
    }

    @Test
    void shouldMakeThirteenDigitsInTheRangeOfOwnArticles() {
        assertEquals("2900001100014", Gtin.ofOwnArticle(110_001));
    }
}
