package io.schap.gateway.imports;

import io.schap.engine.Engine;
import io.schap.engine.status.EngineState;
import io.schap.gateway.http.BodyFlow;
import io.schap.gateway.http.BodyReceiver;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Scope;
import io.schap.gateway.http.StreamingHandler;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers {@code POST /v1/imports/{kind}}: checks the head of a request on its event loop, and gives the body to a worker
 * thread with an engine port of its own. At most four imports run at one time; beyond that, and while the engine takes no
 * writes, a request is refused at once. For all event loops together.
 */
public final class ImportService implements StreamingHandler, AutoCloseable {

    /** The path that it answers, for {@code POST}; its placeholder is the kind of file. */
    public static final String PATH = "/v1/imports/{kind}";

    private static final long KEEP_ALIVE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 10;

    private final Engine engine;
    private final Semaphore slots = new Semaphore(ImportLimits.MAX_CONCURRENT_IMPORTS);
    private final ThreadPoolExecutor workers;
    private volatile boolean stopping;

    private ImportService(final Engine engine) {
        this.engine = engine;
        final AtomicInteger count = new AtomicInteger();
        // Bounded by the slots; a thread may still be on its way back when its slot is taken again.
        this.workers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> new Thread(task, "import-" + count.incrementAndGet()));
    }

    /**
     * Makes ready for imports; a thread starts with the first one.
     *
     * @param engine that the files go into; to be closed after this.
     * @return the service.
     */
    public static ImportService launch(final Engine engine) {
        return new ImportService(engine);
    }

    @Override
    public BodyReceiver begin(final Exchange exchange, final BodyFlow flow) {
        final ImportKind kind = ImportKind.of(exchange.pathValue(0));
        if (kind == null) {
            throw Problem.refusal(
                    ProblemCode.NOT_FOUND,
                    "there is no import of " + RowRejected.quote(exchange.pathValue(0))
                            + "; there are stores, products, stock, policies and movements");
        }
        final ImportOptions options = ImportOptions.of(kind, exchange.request());
        checkAccess(exchange.request().caller(), kind, options);
        final EngineState state = engine.state();
        if (stopping || !state.takesCommands()) {
            throw Problem.refusal(ProblemCode.NOT_READY, "the server takes no writes now");
        }
        checkMovements(options);
        if (state == EngineState.STORAGE_FULL && !options.dryRun()) {
            throw Problem.refusal(ProblemCode.STORAGE_FULL, "there is no room to write; nothing was taken");
        }
        if (!slots.tryAcquire()) {
            throw Problem.refusal(
                    ProblemCode.OVERLOADED,
                    ImportLimits.MAX_CONCURRENT_IMPORTS + " imports are running; nothing was taken");
        }
        final ImportRun run = new ImportRun(engine, exchange, options, flow, () -> stopping, slots::release);
        try {
            workers.execute(run);
        } catch (final RejectedExecutionException e) {
            slots.release();
            throw Problem.refusal(ProblemCode.NOT_READY, "the server ends");
        }
        return run.receiver();
    }

    /** A movement that was forgotten might be of any cell, so a file that was taken before it cannot be judged. */
    private void checkMovements(final ImportOptions options) {
        if (options.isGuarded() && !engine.movedCells().remembers(options.takenAtMs())) {
            throw Problem.invalid(
                    "?takenAt",
                    "?takenAt holds a time before the oldest movement that is remembered; it may hold a later one (see "
                            + "engine.movements.remembered)");
        }
    }

    /** Making stores and SKUs is the admin's, whatever file does it; and SKUs are the whole chain's. */
    private static void checkAccess(final Caller caller, final ImportKind kind, final ImportOptions options) {
        if (options.create() && !caller.has(Scope.ADMIN)) {
            throw Problem.refusal(ProblemCode.FORBIDDEN, "the key lacks the scope admin, which ?create=true takes");
        }
        if (options.create() || kind == ImportKind.PRODUCTS) {
            caller.checkUnbound("make SKUs, which belong to the whole chain");
        }
    }

    /** Ends: imports under way are cut off, and go on where they stopped when they are sent again with their keys. */
    @Override
    public void close() {
        stopping = true;
        workers.shutdown();
        boolean interrupted = false;
        try {
            workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
