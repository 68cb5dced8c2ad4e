package io.schap.gateway.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DemoChainTest {

    private final DemoChain chain = new DemoChain();

    @Test
    void shouldBeAChainOfAFewDozenShopsAndAFewThousandArticles() {
        assertTrue(chain.shopCount() >= 24 && chain.shopCount() <= 60, () -> "shops=" + chain.shopCount());
        assertTrue(chain.articleCount() >= 2_000 && chain.articleCount() <= 5_000, () -> "n=" + chain.articleCount());
    }

    @Test
    void shouldNameEveryShopAndArticleOnce() {
        final Set<String> codes = new HashSet<>();
        chain.shops().forEach(shop -> assertTrue(codes.add(shop.code()), shop::code));
        final Set<String> names = new HashSet<>();
        final Set<String> gtins = new HashSet<>();
        for (final Article article : chain.articles()) {
            assertTrue(codes.add(article.sku()), article::sku);
            assertTrue(names.add(article.name()), article::name);
            assertTrue(gtins.add(article.gtin()), article::gtin);
        }
    }

    @Test
    void shouldLieInTheNetherlandsAndBelgium() {
        for (final Shop shop : chain.shops()) {
            final double latitude = Double.parseDouble(shop.latitude());
            final double longitude = Double.parseDouble(shop.longitude());
            assertTrue(latitude > 49.4 && latitude < 53.7, shop::toString);
            assertTrue(longitude > 2.5 && longitude < 7.3, shop::toString);
            assertTrue(Set.of("NL", "BE").contains(shop.country()), shop::toString);
        }
    }

    @Test
    void shouldGiveArticlesGtinsThatAnyScannerTakesAndPricesOfAShop() {
        for (final Article article : chain.articles()) {
            assertTrue(article.gtin().matches("29\\d{11}"), article::toString);
            assertEquals(
                    Gtin.checkDigit(article.gtin().substring(0, 12)),
                    article.gtin().charAt(12) - '0',
                    article::toString);
            assertTrue(article.price().matches("\\d{1,4}\\.\\d\\d"), article::toString);
            assertTrue(article.cents() >= 100 && article.cents() <= 50_000, article::toString);
        }
    }

    @Test
    void shouldHaveShelvesThatAreFullLowAndEmpty() {
        int full = 0;
        int low = 0;
        int empty = 0;
        int missing = 0;
        for (final Shop shop : chain.shops()) {
            for (final Article article : chain.articles()) {
                final int units = chain.onHand(shop, article);
                if (units < 0) {
                    missing++;
                } else if (units == 0) {
                    empty++;
                } else if (units <= 2) {
                    low++;
                } else {
                    full++;
                }
            }
        }
        final int cells = full + low + empty;
        assertTrue(cells > 20_000 && missing > cells / 4, "cells=" + cells + ", missing=" + missing);
        assertTrue(full > cells / 2 && low > cells / 20 && empty > cells / 50 && empty < cells / 5, "empty=" + empty);
    }

    @Test
    void shouldBeTheSameEveryTime() throws IOException {
        assertEquals(sheets(chain), sheets(new DemoChain()));
    }

    @Test
    void shouldWriteAStockSheetOfKnownCodesOnly() throws IOException {
        final Set<String> known = new HashSet<>();
        chain.shops().forEach(shop -> known.add(shop.code()));
        chain.articles().forEach(article -> known.add(article.sku()));
        final StringWriter sheet = new StringWriter();
        final int cells = chain.writeStock(sheet);
        final List<String> lines = sheet.toString().lines().toList();
        assertEquals("store;sku;on_hand", lines.get(0));
        assertEquals(cells, lines.size() - 1);
        for (final String line : lines.subList(1, lines.size())) {
            final String[] fields = line.split(";", -1);
            assertEquals(3, fields.length, line);
            assertTrue(known.contains(fields[0]) && known.contains(fields[1]) && fields[2].matches("\\d+"), line);
        }
        assertTrue(lines.contains(DemoChain.SHOWN_STORE + ";" + chain.shownSku() + ";" + DemoChain.SHOWN_ON_HAND));
        assertFalse(chain.shownName().isEmpty());
    }

    private static String sheets(final DemoChain of) throws IOException {
        final StringWriter sheets = new StringWriter();
        of.writeStores(sheets);
        of.writeProducts(sheets);
        of.writeStock(sheets);
        return sheets.toString();
    }
}
