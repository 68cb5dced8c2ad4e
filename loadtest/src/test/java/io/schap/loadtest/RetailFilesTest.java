package io.schap.loadtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetailFilesTest {

    @TempDir
    private Path directory;

    @Test
    void shouldReadStockAndSales() throws IOException {
        final RetailFiles files = new RetailFiles(directory);
        compress(files.stock(), "store,sku,on_hand\n0001,A,5\n0001,\"B, C\",-1\n");
        compress(
                files.sales(),
                "invoice,sku,store,channel,quantity,sold_at,customer\n"
                        + "536365,A,0001,web,6,2010-12-01T08:26:00Z,17850\n"
                        + "C536366,\"B, C\",0001,pos,-2,2010-12-01T08:27:00Z,\n"
                        + "536367,A,0001,web,1,2010-12-01T08:28:00Z,1\n");

        assertEquals(Map.of(new CellName("0001", "A"), 5, new CellName("0001", "B, C"), -1), files.readStock());
        assertEquals(
                List.of(
                        new SaleLine(0, "536365", new CellName("0001", "A"), "web", 6, "17850"),
                        new SaleLine(1, "C536366", new CellName("0001", "B, C"), "pos", -2, "")),
                files.readSales(2));
        assertEquals(3, files.readSales(Integer.MAX_VALUE).size());
    }

    @Test
    void shouldSayWhetherAllFilesAreThere() throws IOException {
        final RetailFiles files = new RetailFiles(directory);
        Files.writeString(files.stores(), "store,name\n");
        Files.writeString(files.products(), "sku,name\n");
        compress(files.stock(), "store,sku,on_hand\n");
        assertFalse(files.arePresent());
        compress(files.sales(), "invoice,sku,store,channel,quantity,sold_at,customer\n");
        assertTrue(files.arePresent());
    }

    private static void compress(final Path file, final String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
