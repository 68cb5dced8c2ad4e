package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.journal.Durability;
import io.schap.engine.state.CellReading;
import io.schap.engine.view.StockView;
import io.schap.gateway.Gateway;
import io.schap.gateway.GatewayContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, through sockets, against a server in this process. */
@Timeout(120)
final class ImportCommandTest {

    private static final Path RETAIL = Path.of("..", "..", "shared", "data", "retail");
    private static final Pattern KEY = Pattern.compile("--resume (\\S+)\\)");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Engine engine;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        engine = Engine.launch(
                new EngineContext().dataDirectory(directory.resolve("data")).durability(Durability.PROCESS));
        gateway = Gateway.launch(new GatewayContext().eventLoops(1));
        gateway.attach(engine);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        engine.close();
    }

    @Test
    void shouldImportARealChain() throws IOException {
        assumeTrue(Files.isDirectory(RETAIL), "skipped: the real files are not there, looked in " + RETAIL);
        final String[] files = {
            "--stores", RETAIL.resolve("stores.csv").toString(),
            "--products", RETAIL.resolve("products.csv").toString(),
            "--stock", RETAIL.resolve("stock.csv.gz").toString()
        };
        assertEquals(0, run(files), err::toString);
        assertTrue(out.toString().contains("stores: 207 rows, 207 accepted, 0 rejected, 207 created ("), out::toString);
        assertTrue(
                out.toString().contains("products: 3,926 rows, 3,926 accepted, 0 rejected, 3,926 created ("),
                out::toString);
        assertTrue(
                out.toString().contains("stock: 175,497 rows, 175,497 accepted, 0 rejected, 0 created ("),
                out::toString);
        System.out.println("ImportCommandTest: " + out.toString().strip().replaceAll("\\R", "; "));
        assertCellsAsInFile(RETAIL.resolve("stock.csv.gz"));
        final Matcher key = KEY.matcher(err.toString());
        assertTrue(key.find(), err::toString);
        final long before = engine.view().sequence();
        assertEquals(0, run(files[0], files[1], files[2], files[3], "--resume", key.group(1)), err::toString);
        assertTrue(
                out.toString()
                        .contains("stores: 207 rows, 207 accepted, 0 rejected, 207 created, as answered before ("),
                out::toString);
        assertEquals(207, engine.view().storeCount());
        assertTrue(engine.view().sequence() >= before);
    }

    @Test
    void shouldListRejectedRowsByFileAndLineAndStillSucceed() throws IOException {
        final Path stock = file("voorraad.csv", "filiaal;artikel;voorraad;kleur\n0001;A;5;x\n0001;A;1.000;x\n");
        assertEquals(0, run("--stock", stock.toString(), "--create"), err::toString);
        assertTrue(out.toString().contains("stock: 2 rows, 1 accepted, 1 rejected, 2 created ("), out::toString);
        assertTrue(err.toString().contains(stock + ":3: invalid-request: on_hand holds \"1.000\""), err::toString);
        assertTrue(err.toString().contains("columns not read: kleur"), err::toString);
        assertTrue(err.toString().contains("warning: 1 of 2 rows were rejected"), err::toString);
    }

    @Test
    void shouldSayWhyAFileWasNotTaken() throws IOException {
        final Path stock = file("stock.csv", "store;sku\n1;2\n");
        assertEquals(1, run("--stock", stock.toString()));
        assertTrue(err.toString().contains("400 invalid-request: column on_hand"), err::toString);
        assertTrue(err.toString().contains("go on with --resume import-"), err::toString);
        final Path large = file("large.csv", "store;sku\n" + "0001;A1234567\n".repeat(2_000_000));
        assertEquals(1, run("--stock", large.toString()));
        assertTrue(err.toString().contains(large + ": 400 invalid-request: column on_hand"), err::toString);
        final Path wrongEnd = file("stock.csv.gz", "store,sku,on_hand\n");
        assertEquals(1, run("--stock", wrongEnd.toString()));
        assertTrue(err.toString().contains("gzip"), err::toString);
        assertEquals(1, run("--stock", directory.resolve("nowhere.csv").toString()));
        assertTrue(err.toString().contains("there is no file"), err::toString);
    }

    @Test
    void shouldSayThatNothingAnswers() throws IOException {
        final Path stock = file("stock.csv", "store,sku,on_hand\n");
        gateway.close();
        assertEquals(1, run("--stock", stock.toString()));
        assertTrue(err.toString().contains("nothing answers at http://127.0.0.1:"), err::toString);
    }

    @Test
    void shouldRefuseWrongOptionsInOneLine() throws IOException {
        assertEquals(2, run());
        assertTrue(err.toString().contains("name at least one of --stores"), err::toString);
        final Path stock = file("stock.csv", "store,sku,on_hand\n");
        assertEquals(2, run("--stock", stock.toString(), "--resume", "a b"));
        assertEquals(2, execute("import", "--url", "localhost", "--stock", stock.toString()));
    }

    private int run(final String... options) {
        final String[] all = new String[options.length + 3];
        all[0] = "import";
        all[1] = "--url";
        all[2] = "http://127.0.0.1:" + gateway.port();
        System.arraycopy(options, 0, all, 3, options.length);
        return execute(all);
    }

    private int execute(final String... arguments) {
        return Schap.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path file(final String name, final String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void assertCellsAsInFile(final Path file) throws IOException {
        final StockView view = engine.view();
        final CellReading cell = new CellReading();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final int first = line.indexOf(',');
                final int last = line.lastIndexOf(',');
                final int store = view.storeIndex(line.substring(0, first));
                view.readCell(store, view.skuIndex(line.substring(first + 1, last)), cell);
                assertEquals(Integer.parseInt(line.substring(last + 1)), cell.onHand(), line);
            }
        }
    }
}
