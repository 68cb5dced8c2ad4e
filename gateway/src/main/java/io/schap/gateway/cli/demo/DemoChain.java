package io.schap.gateway.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Lindehof, a chain that does not exist: 42 shops and two warehouses in the Netherlands and Belgium that sell what a house
 * needs. Everything follows from two small tables and a fixed mixing function, so that the chain is the same everywhere.
 */
public final class DemoChain {

    /** The shop that the demo's commands ask. */
    public static final String SHOWN_STORE = "0042";

    /** Units of {@link #shownSku()} in {@link #SHOWN_STORE}. */
    public static final int SHOWN_ON_HAND = 5;

    private static final String CHAIN = "Lindehof";
    private static final String[] SERIES = {"Kade", "Duin", "Molen", "Veer", "Schelde", "Vecht"};
    private static final Map<String, String[]> FINISHES = Map.of(
            "", new String[] {""},
            "kleur", new String[] {"wit", "zwart", "zand", "olijfgroen", "donkerblauw"},
            "textiel", new String[] {"ecru", "antraciet", "saliegroen", "oker", "nachtblauw", "oudroze"},
            "hout", new String[] {"eiken", "beuken", "acacia", "bamboe"},
            "metaal", new String[] {"rvs", "zwart", "koper"});

    private final List<Shop> shops = readShops();
    private final List<Article> articles = makeArticles();

    /** Makes the chain; takes some milliseconds. */
    public DemoChain() {}

    List<Shop> shops() {
        return shops;
    }

    List<Article> articles() {
        return articles;
    }

    /**
     * How many shops and warehouses there are.
     *
     * @return a few dozen.
     */
    public int shopCount() {
        return shops.size();
    }

    /**
     * How many articles there are.
     *
     * @return a few thousand.
     */
    public int articleCount() {
        return articles.size();
    }

    /**
     * The article that the demo's commands ask for.
     *
     * @return its code.
     */
    public String shownSku() {
        return shownArticle().sku();
    }

    /**
     * What that article is.
     *
     * @return its name.
     */
    public String shownName() {
        return shownArticle().name();
    }

    /**
     * Units on hand of an article in a shop when the demo starts.
     *
     * @param shop    one of {@link #shops()}.
     * @param article one of {@link #articles()}.
     * @return units, or -1 where the shop does not carry the article.
     */
    int onHand(final Shop shop, final Article article) {
        if (article.equals(shownArticle()) && shop.code().equals(SHOWN_STORE)) {
            return SHOWN_ON_HAND;
        }
        final long chance = mix(Long.parseLong(shop.code()) * 1_000_003 + Long.parseLong(article.sku()));
        final int demand = 1 + (int) Math.floorMod(mix(Long.parseLong(article.sku())), 9L);
        if (shop.isWarehouse()) {
            return (int) Math.floorMod(chance, 40L) * demand;
        }
        if (Math.floorMod(chance, 100L) * 3 >= shop.breadth() * 2) {
            return -1;
        }
        // About one in twelve is sold out; cheap, wanted things lie there by the dozen.
        final int depth = article.cents() > 5_000 ? 2 : 5;
        return Math.floorMod(chance >> 8, 12L) == 0 ? 0 : 1 + (int) Math.floorMod(chance >> 16, (long) depth * demand);
    }

    /**
     * Writes the sheet of shops and warehouses.
     *
     * @param out is left open.
     * @throws IOException from the writer.
     */
    public void writeStores(final Writer out) throws IOException {
        out.write("store;name;kind;pickup;country;latitude;longitude\n");
        for (final Shop shop : shops) {
            out.write(shop.code() + ";" + CHAIN + (shop.isWarehouse() ? " magazijn " : " ") + shop.city() + ";"
                    + (shop.isWarehouse() ? "warehouse;false;" : "shop;true;") + shop.country() + ";" + shop.latitude()
                    + ";" + shop.longitude() + "\n");
        }
    }

    /**
     * Writes the sheet of articles.
     *
     * @param out is left open.
     * @throws IOException from the writer.
     */
    public void writeProducts(final Writer out) throws IOException {
        out.write("sku;name;price;gtin\n");
        for (final Article article : articles) {
            out.write(article.sku() + ";" + article.name() + ";" + article.price() + ";" + article.gtin() + "\n");
        }
    }

    /**
     * Writes the sheet of stock.
     *
     * @param out is left open.
     * @return how many cells it has.
     * @throws IOException from the writer.
     */
    public int writeStock(final Writer out) throws IOException {
        out.write("store;sku;on_hand\n");
        int cells = 0;
        for (final Article article : articles) {
            for (final Shop shop : shops) {
                final int units = onHand(shop, article);
                if (units >= 0) {
                    out.write(shop.code() + ";" + article.sku() + ";" + units + "\n");
                    cells++;
                }
            }
        }
        return cells;
    }

    private Article shownArticle() {
        return articles.get(0);
    }

    private static List<Shop> readShops() {
        final List<Shop> shops = new ArrayList<>();
        for (final String[] row : readTable("shops.csv", 6)) {
            shops.add(new Shop(row[0], row[1], row[2], row[3], row[4], Integer.parseInt(row[5])));
        }
        return List.copyOf(shops);
    }

    private static List<Article> makeArticles() {
        final List<Article> articles = new ArrayList<>();
        final Map<String, Integer> numbers = new HashMap<>();
        int kind = 0;
        for (final String[] row : readTable("articles.csv", 5)) {
            final int seriesCount = 2 + (int) Math.floorMod(mix(kind), 3L);
            for (int s = 0; s < seriesCount; s++) {
                final String series = SERIES[(kind + s) % SERIES.length];
                final int base = Integer.parseInt(row[2]) * (10 + 2 * s) / 10;
                addVariants(articles, numbers, row, series, base);
            }
            kind++;
        }
        return List.copyOf(articles);
    }

    private static void addVariants(
            final List<Article> articles,
            final Map<String, Integer> numbers,
            final String[] row,
            final String series,
            final int baseCents) {
        final String[] sizes = row[3].split("\\|", -1);
        for (int size = 0; size < sizes.length; size++) {
            for (final String finish : FINISHES.get(row[4])) {
                final int number = numbers.merge(row[0], 1, Integer::sum);
                final String sku = row[0] + String.format(Locale.ROOT, "%04d", number);
                final String name = (row[1] + " " + series + " " + sizes[size] + " " + finish)
                        .strip()
                        .replaceAll(" +", " ");
                // Prices end in 95, as they do in shops.
                final int cents = baseCents * (10 + 3 * size) / 10 / 100 * 100 + 95;
                articles.add(new Article(sku, name, cents, Gtin.ofOwnArticle(Long.parseLong(sku))));
            }
        }
    }

    private static List<String[]> readTable(final String name, final int columns) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DemoChain.class.getResourceAsStream(name), name), StandardCharsets.UTF_8))) {
            final List<String[]> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line.split(";", columns));
            }
            return rows;
        } catch (final IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** Stafford's variant 13 of the MurmurHash3 finalizer: as good as chance, and always the same. */
    private static long mix(final long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
