package io.schap.loadtest;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The files of a chain: its stores, products, opening stock and sales.
 *
 * @param directory where they lie.
 */
record RetailFiles(Path directory) {

    Path stores() {
        return directory.resolve("stores.csv");
    }

    Path products() {
        return directory.resolve("products.csv");
    }

    Path stock() {
        return directory.resolve("stock.csv.gz");
    }

    Path sales() {
        return directory.resolve("transactions.csv.gz");
    }

    /** Whether all four files are there. */
    boolean arePresent() {
        return Files.isReadable(stores())
                && Files.isReadable(products())
                && Files.isReadable(stock())
                && Files.isReadable(sales());
    }

    /** Opening units of each cell. */
    Map<CellName, Integer> readStock() throws IOException {
        final Map<CellName, Integer> units = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows = open(stock())) {
            for (final NamedCsvRecord row : rows) {
                units.put(
                        new CellName(row.getField("store"), row.getField("sku")),
                        Integer.parseInt(row.getField("on_hand")));
            }
        }
        return units;
    }

    /** The first lines of the sales, at most {@code limit} of them, in file order. */
    List<SaleLine> readSales(final int limit) throws IOException {
        final List<SaleLine> lines = new ArrayList<>();
        final Map<CellName, CellName> cells = new HashMap<>();
        try (CsvReader<NamedCsvRecord> rows = open(sales())) {
            for (final NamedCsvRecord row : rows) {
                if (lines.size() == limit) {
                    break;
                }
                final CellName cell = new CellName(row.getField("store"), row.getField("sku"));
                lines.add(new SaleLine(
                        lines.size(),
                        row.getField("invoice"),
                        cells.computeIfAbsent(cell, same -> same),
                        row.getField("channel"),
                        Integer.parseInt(row.getField("quantity")),
                        row.getField("customer")));
            }
        }
        return lines;
    }

    private static CsvReader<NamedCsvRecord> open(final Path file) throws IOException {
        final InputStreamReader text =
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), 1 << 16), StandardCharsets.UTF_8);
        return CsvReader.builder().ofNamedCsvRecord(text);
    }
}
