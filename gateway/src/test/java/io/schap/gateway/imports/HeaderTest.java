package io.schap.gateway.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.gateway.http.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeaderTest {

    @Test
    void shouldKnowColumnsByTheirOtherNamesWhateverTheCaseAndTheGaps() {
        final Header header =
                Header.of(ImportKind.STOCK, List.of("Artikel-Nummer", "Omschrijving", " FILIAAL ", "Voor_Raad"), ';');
        assertEquals(List.of("sku", "store", "on_hand"), header.columns());
        assertEquals(List.of("Omschrijving"), header.ignored());
        assertEquals(2, header.position(ImportColumn.STORE));
        assertTrue(header.allowsDecimalComma());
    }

    @Test
    void shouldReadQuantityAsTheColumnOfItsFile() {
        assertEquals(
                List.of("store", "sku", "on_hand"),
                Header.of(ImportKind.STOCK, List.of("store", "sku", "quantity"), ',')
                        .columns());
        assertEquals(
                List.of("type", "store", "sku", "quantity"),
                Header.of(ImportKind.MOVEMENTS, List.of("type", "store", "sku", "quantity"), ',')
                        .columns());
    }

    @Test
    void shouldRefuseAMissingColumnAndSayWhatItMayBeCalled() {
        final Refusal why = assertThrows(
                Refusal.class, () -> Header.of(ImportKind.STOCK, List.of("store", "artikel", "stuks"), ','));
        assertEquals(400, why.problem().code().status());
        assertTrue(why.problem().detail().contains("on_hand (or voorraad, aantal, quantity, qty)"), why::toString);
        assertTrue(why.problem().detail().contains("stuks"), why::toString);
    }

    @Test
    void shouldRefuseADoubledColumn() {
        final Refusal why = assertThrows(
                Refusal.class, () -> Header.of(ImportKind.STOCK, List.of("store", "sku", "voorraad", "aantal"), ','));
        assertTrue(why.problem().detail().contains("\"voorraad\" and \"aantal\""), why::toString);
    }

    @Test
    void shouldRefuseALatitudeWithoutALongitude() {
        assertThrows(Refusal.class, () -> Header.of(ImportKind.STORES, List.of("store", "name", "latitude"), ','));
    }

    @Test
    void shouldFindTheDelimiterOutsideOfQuotes() {
        assertEquals(';', Delimiters.of("\"a,b,c,d\";e;f"));
        assertEquals('\t', Delimiters.of("a\tb\tc,d"));
        assertEquals(',', Delimiters.of("store"));
    }
}
