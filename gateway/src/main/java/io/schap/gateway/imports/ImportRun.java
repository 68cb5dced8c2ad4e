package io.schap.gateway.imports;

import io.schap.engine.Engine;
import io.schap.engine.EnginePort;
import io.schap.engine.command.ResultCode;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.BodyFlow;
import io.schap.gateway.http.BodyReceiver;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Refusal;
import io.schap.gateway.http.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One import, from its first byte to its answer, on a worker's thread. When it cannot be told what became of it (the
 * server stops, the engine halts, the upload falls silent) the connection is closed without an answer: an answer of 503
 * would say that nothing was applied. Sent again with its key, the upload goes on where it stopped.
 */
final class ImportRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);
    private static final int GZIP_BUFFER_BYTES = 16 * 1_024;
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(ImportLimits.IDLE_MS);
    private static final int MAX_WINDOW = 512;

    private final Engine engine;
    private final Exchange exchange;
    private final ImportOptions options;
    private final BooleanSupplier stopping;
    private final Runnable over;
    private final UploadPipe pipe;
    private final FileCells cells;
    private final ImportTally tally;
    private volatile Thread worker;

    // Of the worker, while it runs.
    private PartPipeline pipeline;
    private RowChain chain;
    private Part part;
    private long idleSinceNs;

    /**
     * An import that is yet to run.
     *
     * @param engine   that its rows go into.
     * @param exchange where its answer goes.
     * @param options  of the import.
     * @param flow     the tap of its body.
     * @param stopping whether the server ends.
     * @param over     is told once, just before the answer goes out.
     */
    ImportRun(
            final Engine engine,
            final Exchange exchange,
            final ImportOptions options,
            final BodyFlow flow,
            final BooleanSupplier stopping,
            final Runnable over) {
        this.engine = engine;
        this.exchange = exchange;
        this.options = options;
        this.stopping = stopping;
        this.over = over;
        this.pipe = new UploadPipe(flow, this::wakeUp);
        this.cells = options.zeroAbsent() ? new FileCells(engine.view()) : null;
        this.tally = new ImportTally(options, new CodeHints(engine.view()), cells);
    }

    /** Takes the body. */
    BodyReceiver receiver() {
        return pipe;
    }

    private void wakeUp() {
        LockSupport.unpark(worker);
    }

    @Override
    @SuppressWarnings("checkstyle:IllegalCatch") // the last resort between a fault and the worker
    public void run() {
        worker = Thread.currentThread();
        Reply reply;
        try {
            reply = runToAnswer();
        } catch (final RuntimeException e) {
            LOG.error("an import failed: kind={}, rows={}", options.kind().segment(), tally.rows(), e);
            reply = new Problem(ProblemCode.INTERNAL, "the import failed inside the server; its log says why").reply();
        } finally {
            pipe.discard();
            over.run();
        }
        if (reply == null) {
            exchange.cutFromAnywhere();
        } else {
            exchange.replyFromAnywhere(reply);
        }
    }

    /** The answer; null when there is none to give. */
    private Reply runToAnswer() {
        if (options.dryRun()) {
            try {
                return rehearse();
            } catch (final Refusal e) {
                return e.problem().reply();
            } catch (final UploadCutException e) {
                return null;
            } catch (final IOException e) {
                return unreadable(e).problem().reply();
            }
        }
        final int window = Math.max(1, Math.min(MAX_WINDOW, engine.ringSlots() / ImportLimits.RING_SHARE));
        try (EnginePort port = engine.openPort(this::wakeUp, window)) {
            return importAll(port, window);
        } catch (final Refusal e) {
            return e.problem().reply();
        } catch (final UploadCutException e) {
            LOG.info("import cut: kind={}, rows={}, why={}", options.kind().segment(), tally.rows(), e.getMessage());
            return null;
        } catch (final EngineGoneException e) {
            LOG.warn("import ended: kind={}, rows={}, why={}", options.kind().segment(), tally.rows(), e.getMessage());
            return hasOffered() ? null : new Problem(ProblemCode.NOT_READY, "the server takes no writes now").reply();
        } catch (final IOException e) {
            return unreadable(e).problem().reply();
        }
    }

    private Reply importAll(final EnginePort port, final int window) throws IOException {
        final StockView view = engine.view();
        final CommandEncoder encoder =
                new CommandEncoder(view, exchange.request().caller().actor(), options.key());
        pipeline = new PartPipeline(port, view, encoder, options, tally, takenAt(), window);
        chain = new RowChain(view.newTextHash());
        part = new Part(0, options.kind().isStockFacts());
        final Header header = readRows(
                rows -> {
                    chain.add(options.fingerprint());
                    chain.add(rows.headerText());
                },
                this::add);
        if (!part.isEmpty()) {
            submit();
        }
        finish();
        if (options.zeroAbsent()) {
            zeroAbsent(new AbsentCells(view, cells, chain));
        }
        return tally.reply(header, pipeline.created(), view.sequence());
    }

    private void zeroAbsent(final AbsentCells absent) throws IOException {
        final Part end = Part.ofEnd();
        end.seal(chain);
        while (!pipeline.probe(end)) {
            workOrPark();
        }
        while (end.stage() == Part.Stage.PROBED) {
            workOrPark();
        }
        final boolean over = end.stage() == Part.Stage.ANSWERED && end.result(0) != ResultCode.STORAGE_FULL;
        if (over) {
            pipeline.onlyRemember();
        }
        for (Part next = absent.next(); next != null; next = absent.next()) {
            submit(next);
        }
        finish();
        if (!over && !tally.lackedRoom()) {
            final Part last = Part.ofEnd();
            last.seal(chain);
            submit(last);
            finish();
        }
    }

    /** A dry run: the same rows, and no command. */
    private Reply rehearse() throws IOException {
        final StockView view = engine.view();
        final long sequence = view.sequence();
        final Rehearsal rehearsal = new Rehearsal(view, options, tally, takenAt());
        final Header header = readRows(rows -> {}, (row, text) -> rehearsal.take(row));
        if (options.zeroAbsent()) {
            rehearsal.takeAbsent(new AbsentCells(view, cells, new RowChain(view.newTextHash())));
        }
        return tally.reply(header, rehearsal.created(), sequence);
    }

    private TakenAt takenAt() {
        return options.isGuarded() ? new TakenAt(engine.view(), engine.movedCells(), options.takenAtMs()) : null;
    }

    /** Reads the file: its header line, then row by row. */
    private Header readRows(final Consumer<RowReader> onHeader, final RowTaker taker) throws IOException {
        idleSinceNs = System.nanoTime();
        final RowReader rows = new RowReader(options.kind(), new StrictReader(body(), options.charset()));
        onHeader.accept(rows);
        final RowParser parser = parser(rows.header(), engine.view());
        while (rows.next()) {
            idleSinceNs = System.nanoTime();
            final Part.Row row = row(rows, parser);
            if (cells != null && row.flaw() != null) {
                cells.addRejected(
                        row.line(), rows.readableCode(ImportColumn.STORE), rows.readableCode(ImportColumn.SKU));
            }
            taker.take(row, rows.text());
        }
        return rows.header();
    }

    /** Takes rows in the file's order. */
    @FunctionalInterface
    private interface RowTaker {

        void take(Part.Row row, String text) throws IOException;
    }

    private InputStream body() throws IOException {
        final InputStream upload = new UploadStream(pipe, this::awaitBytes);
        return options.gzip() ? new GZIPInputStream(upload, GZIP_BUFFER_BYTES) : upload;
    }

    private RowParser parser(final Header header, final StockView view) {
        return switch (options.kind()) {
            case STORES -> new StoreParser(header);
            case PRODUCTS -> new ProductParser(header);
            case STOCK -> new StockParser();
            case POLICIES -> new PolicyParser();
            case MOVEMENTS -> new MovementParser(view.newIds());
        };
    }

    private Part.Row row(final RowReader rows, final RowParser parser) {
        if (rows.flaw() != null) {
            return new Part.Row(rows.line(), null, rows.flaw());
        }
        try {
            final RowContent content = parser.parse(rows);
            checkAccess(content);
            return new Part.Row(rows.line(), content, parser.flawNow(content, System.currentTimeMillis()));
        } catch (final RowRejected e) {
            return new Part.Row(rows.line(), null, e);
        }
    }

    /** Rejects a row of a store or sales channel that the key is not bound to. */
    private void checkAccess(final RowContent content) throws RowRejected {
        final Caller caller = exchange.request().caller();
        if (content.store() != null && !caller.mayReach(content.store())) {
            throw new RowRejected(ProblemCode.FORBIDDEN, Caller.storeDetail(content.store()));
        }
        final String channel = content instanceof final RowContent.Movement movement
                ? movement.texts().channel()
                : null;
        if (channel != null && !caller.mayUse(channel)) {
            throw new RowRejected(ProblemCode.FORBIDDEN, Caller.channelDetail(channel));
        }
    }

    private void add(final Part.Row row, final String text) throws IOException {
        if (!part.takes(row)) {
            final int next = part.number() + 1;
            submit();
            part = new Part(next, options.kind().isStockFacts());
        }
        chain.add(text);
        part.add(row);
    }

    private void submit() throws IOException {
        part.seal(chain);
        submit(part);
    }

    private void submit(final Part next) throws IOException {
        while (!pipeline.hasRoom()) {
            workOrPark();
        }
        pipeline.submit(next);
        pipeline.work();
    }

    private void finish() throws IOException {
        while (!pipeline.isIdle()) {
            workOrPark();
        }
    }

    private void awaitBytes() throws IOException {
        if (System.nanoTime() - idleSinceNs > IDLE_NS) {
            throw new UploadCutException("nothing was sent for " + ImportLimits.IDLE_MS + " ms");
        }
        workOrPark();
    }

    private void workOrPark() throws IOException {
        if (stopping.getAsBoolean()) {
            throw new UploadCutException("the server stops");
        }
        if (pipeline == null || !pipeline.work()) {
            LockSupport.parkNanos(this, PARK_NS);
        }
    }

    private boolean hasOffered() {
        return pipeline != null && pipeline.hasOffered();
    }

    private Refusal unreadable(final IOException fault) {
        final String read = tally.rows() == 0 || options.dryRun()
                ? "nothing was taken"
                : tally.rows() + " rows and some more were taken; send the whole file again with the same key";
        final boolean broken = fault instanceof EOFException || fault instanceof ZipException;
        return Problem.invalid(
                "",
                (broken
                                ? "the body is not, or not wholly, what Content-Encoding: gzip says; "
                                : "the body cannot be read; ")
                        + read);
    }
}
