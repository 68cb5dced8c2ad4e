package io.schap.gateway.cli;

import io.schap.gateway.cli.upload.ProgressLine;
import io.schap.gateway.cli.upload.UploadFault;
import io.schap.gateway.cli.upload.UploadResult;
import io.schap.gateway.cli.upload.Uploader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends a chain's own files to a server, in the order in which they need each other. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Sends CSV files to a server: stores, products, stock, policies, movements, in this order. A file whose name "
                    + "ends in .gz is sent as it is. docs/IMPORTS.md says what the files may hold.",
            "Rows that are rejected are listed and stop no other; the exit status is 0 all the same, with a warning. It is "
                    + "1 when a file was not taken."
        },
        footer = {
            "",
            "Examples:",
            "  bin/schap import --url http://127.0.0.1:8080 --stores stores.csv --products products.csv",
            "  bin/schap import --url http://127.0.0.1:8080 --stock voorraad.csv.gz --create"
        })
final class ImportCommand implements Callable<Integer> {

    private static final int LISTED = 10;
    private static final int MAX_RESUME_CHARS = 100;
    private static final long DEFAULT_PATIENCE_SECONDS = 300;

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", required = true, paramLabel = "URL", description = "The server, as http://127.0.0.1:8080.")
    private URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "An API key, where the server has keys.")
    private String apiKey;

    @Option(names = "--stores", paramLabel = "FILE", description = "Stores: store, name, kind, pickup, country, …")
    private Path stores;

    @Option(names = "--products", paramLabel = "FILE", description = "Products: sku, name, price, gtin.")
    private Path products;

    @Option(names = "--stock", paramLabel = "FILE", description = "Counts: store, sku, on_hand.")
    private Path stock;

    @Option(names = "--policies", paramLabel = "FILE", description = "Policies: store, sku, safety_stock, …")
    private Path policies;

    @Option(names = "--movements", paramLabel = "FILE", description = "Stock facts: type, store, sku, quantity, …")
    private Path movements;

    @Option(names = "--create", description = "Makes unknown stores and SKUs, named by their code.")
    private boolean create;

    @Option(
            names = "--charset",
            paramLabel = "NAME",
            description = "Of the files, when it is not UTF-8: windows-1252, iso-8859-1 or utf-16.")
    private String charset;

    @Option(
            names = "--resume",
            paramLabel = "KEY",
            description = "Repeats the run that printed this key: what the server has taken is not taken again.")
    private String resume;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "" + DEFAULT_PATIENCE_SECONDS,
            description = "How long a server that is busy or full is asked again (default: ${DEFAULT-VALUE}).")
    private long waitSeconds;

    private long rows;
    private long rejected;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Map<String, Path> files = files();
        check(files);
        final String run = resume == null ? newKey() : resume;
        final PrintWriter err = spec.commandLine().getErr();
        err.println("key of this run: " + run + " (to go on after an interruption, add --resume " + run + ")");
        final Uploader uploader = new Uploader(url, apiKey, charset, waitSeconds, err::println);
        for (final Map.Entry<String, Path> file : files.entrySet()) {
            send(uploader, file.getKey(), file.getValue(), run);
        }
        if (rejected > 0) {
            err.println(text("warning: %,d of %,d rows were rejected", rejected, rows));
        }
        return 0;
    }

    private Map<String, Path> files() {
        final Map<String, Path> files = new LinkedHashMap<>();
        files.put("stores", stores);
        files.put("products", products);
        files.put("stock", stock);
        files.put("policies", policies);
        files.put("movements", movements);
        files.values().removeIf(file -> file == null);
        return files;
    }

    private void check(final Map<String, Path> files) {
        if (files.isEmpty()) {
            throw wrong("name at least one of --stores, --products, --stock, --policies and --movements");
        }
        final boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw wrong("Invalid value for option '--url': " + url + " is not like http://127.0.0.1:8080");
        }
        final boolean printable = resume == null
                || !resume.isEmpty()
                        && resume.length() <= MAX_RESUME_CHARS
                        && resume.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!printable) {
            throw wrong("Invalid value for option '--resume': " + resume + " was not printed by a run");
        }
        for (final Path file : files.values()) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandFault(CommandFault.FAILED, "there is no file " + file + " that can be read");
            }
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void send(final Uploader uploader, final String kind, final Path file, final String run)
            throws IOException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final long start = System.nanoTime();
        final UploadResult result;
        try (ProgressLine progress = ProgressLine.of(err, kind, Files.size(file), System.console() != null)) {
            result = uploader.send(kind, file, create, run + "-" + kind, progress::show);
        } catch (final UploadFault e) {
            throw new CommandFault(CommandFault.FAILED, e.getMessage() + " (go on with --resume " + run + ")", e);
        }
        tell(kind, file, result, System.nanoTime() - start);
    }

    private void tell(final String kind, final Path file, final UploadResult result, final long tookNs) {
        rows += result.rows();
        rejected += result.rejected();
        final double seconds = Math.max(1, TimeUnit.NANOSECONDS.toMillis(tookNs)) / 1_000.0;
        final PrintWriter out = spec.commandLine().getOut();
        out.println(text(
                "%s: %,d rows, %,d accepted, %,d rejected, %,d created%s (%.1f s, %,.0f rows/s)",
                kind,
                result.rows(),
                result.accepted(),
                result.rejected(),
                result.created(),
                result.replayed() ? ", as answered before" : "",
                seconds,
                result.rows() / seconds));
        out.flush();
        final PrintWriter err = spec.commandLine().getErr();
        if (!result.ignoredColumns().isEmpty()) {
            err.println(file + ": columns not read: " + String.join(", ", result.ignoredColumns()));
        }
        result.errors().stream()
                .limit(LISTED)
                .forEach(error -> err.println(file + ":" + error.line() + ": " + error.code() + ": " + error.detail()));
        if (result.rejected() > LISTED) {
            err.println(file + ": rejected in all: " + result.rejectedByCode());
        }
        err.flush();
    }

    private static String newKey() {
        final byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        final StringBuilder key = new StringBuilder("import-");
        for (final byte b : bytes) {
            key.append(String.format(Locale.ROOT, "%02x", b));
        }
        return key.toString();
    }

    private static String text(final String format, final Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
