package io.schap.engine;

import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.egress.AnswerRings;
import io.schap.engine.ingress.CommandRing;
import io.schap.engine.ingress.WriterSignal;
import io.schap.engine.journal.DataDirectoryLock;
import io.schap.engine.journal.DurabilityCheck;
import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.pipeline.Stages;
import io.schap.engine.pipeline.StockWriter;
import io.schap.engine.pipeline.WriterSettings;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.StockLedger;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusCounter;
import io.schap.engine.status.StatusFile;
import io.schap.engine.view.MovedCells;
import io.schap.engine.view.StockView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chain's engine: its data directory, its writer, its view. {@link #launch} returns when it is recovered and takes
 * commands; {@link #close} finishes what is under way.
 *
 * <pre>
 *  launch: lock ─► durability check ─► recovery plan, told and run ─► new epoch ─► writer ─► genesis, if new ─► RUNNING
 *  close:  DRAINING, ring run empty ─► force, journal closed ─► CLOSED ─► lock given back
 * </pre>
 */
public final class Engine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long FIRST_ANSWER_MS = 60_000;

    private final EngineContext context;
    private final DataDirectoryLock lock;
    private final StatusFile status;
    private final Stages stages;
    private final StockWriter writer;
    private final Thread writerThread;
    private boolean closed;

    private Engine(
            final EngineContext context,
            final DataDirectoryLock lock,
            final StatusFile status,
            final Stages stages,
            final WriterSignal signal) {
        this.context = context;
        this.lock = lock;
        this.status = status;
        this.stages = stages;
        writer = new StockWriter(
                stages,
                signal,
                new WriterSettings(
                        (int) context.get(EngineSetting.BATCH_COMMANDS),
                        TimeUnit.MICROSECONDS.toNanos(context.get(EngineSetting.SPIN_MICROS)),
                        context.wallClock(),
                        context.monotonicClock(),
                        context.haltHandler()),
                status);
        writerThread = named(context.threads(), "schap-writer").newThread(writer);
    }

    /**
     * Launches an engine on a data directory.
     *
     * @param context what it is launched with; concluded here.
     * @return the running engine.
     * @throws IOException           when the directory is in use, is damaged, cannot keep the durability's promise, has no
     *                               room, or the clock is more than 60 s behind the journal; the message says which.
     * @throws IllegalStateException when the context belongs to another engine.
     */
    public static Engine launch(final EngineContext context) throws IOException {
        context.conclude();
        final DataDirectoryLock lock = DataDirectoryLock.acquire(context.dataDirectory());
        final Engine engine;
        boolean opened = false;
        try {
            engine = open(context, lock);
            opened = true;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
        boolean begun = false;
        try {
            engine.writerThread.start();
            engine.awaitWriter();
            engine.sayFirstCommands();
            begun = true;
        } catch (final EngineUnavailableException e) {
            throw new IOException("the engine could not begin: directory=" + context.dataDirectory(), e);
        } finally {
            if (!begun) {
                engine.close();
            }
        }
        return engine;
    }

    private static Engine open(final EngineContext context, final DataDirectoryLock lock) throws IOException {
        final String advice = DurabilityCheck.check(context.dataDirectory(), context.durability(), context.random());
        if (!advice.isEmpty()) {
            LOG.warn("{}", advice);
            context.report().accept(advice);
        }
        final StatusFile status = StatusFile.create(context.dataDirectory());
        StatusFile opened = status;
        try {
            status.set(StatusCounter.STATE, EngineState.STARTING.ordinal());
            status.set(StatusCounter.PID, ProcessHandle.current().pid());
            status.set(StatusCounter.STARTED_MS, context.wallClock().time());
            final StockLedger ledger = new StockLedger();
            final JournalSettings settings =
                    JournalSettings.ofSegment(context.durability(), context.get(EngineSetting.SEGMENT_BYTES));
            final WriterSignal signal = new WriterSignal();
            final CommandRing ring = new CommandRing((int) context.get(EngineSetting.RING_SLOTS), signal);
            final StockView view = new StockView(ledger);
            final MovedCells moved =
                    new MovedCells((int) context.get(EngineSetting.MOVEMENTS_REMEMBERED), ledger::lastTimeMs);
            final JournalWriter journal = new EpochStart(context, ledger)
                    .recover(settings, moved, named(context.threads(), "schap-segments"));
            status.set(StatusCounter.EPOCH, journal.epoch().epoch());
            view.publish(ledger.lastSequence());
            final Engine engine = new Engine(
                    context, lock, status, new Stages(ring, journal, ledger, view, moved, new AnswerRings()), signal);
            opened = null;
            return engine;
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private void awaitWriter() throws IOException {
        try {
            if (!writer.awaitBegun(FIRST_ANSWER_MS)) {
                throw new IOException("the writer did not begin: timeoutMs=" + FIRST_ANSWER_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the engine began");
        }
    }

    private void sayFirstCommands() {
        final StockLedger ledger = stages.ledger();
        final LedgerSettings wanted = context.ledgerSettings();
        final boolean isNew = ledger.lastSequence() == 0;
        if (isNew) {
            say(FirstCommands.genesis(context.random(), wanted == null ? LedgerSettings.DEFAULTS : wanted));
        } else if (wanted != null && !wanted.equals(ledger.settings())) {
            say(FirstCommands.configure(ledger.logicVersion(), wanted));
        }
    }

    private void say(final DirectBuffer command) {
        try (BlockingPort port = openBlockingPort(FIRST_ANSWER_MS)) {
            final DirectBuffer answer = port.ask(command, 0, command.capacity());
            final int code = answer.getByte(MessageHeaderDecoder.ENCODED_LENGTH) & 0xff;
            if (ResultCode.of(code) != ResultCode.OK) {
                throw new EngineUnavailableException(
                        "the ledger refused a first command: code=" + ResultCode.of(code), true);
            }
        }
    }

    /**
     * Reads of this engine's stock, from any thread.
     *
     * @return the same view at every call.
     */
    public StockView view() {
        return stages.view();
    }

    /**
     * Which cells moved lately, and when.
     *
     * @return the same at every call.
     */
    public MovedCells movedCells() {
        return stages.moved();
    }

    /**
     * Opens a port with the default number of credits.
     *
     * @param wakeUp is run by the writer, at most once a batch that answers this port, and when the engine ends; must not
     *               block and should not throw.
     * @return a port for one thread; close it when the thread is done.
     * @throws IllegalStateException when {@link AnswerRings#MAX_PORTS} are open.
     */
    public EnginePort openPort(final Runnable wakeUp) {
        return openPort(wakeUp, (int) context.get(EngineSetting.PORT_CREDITS));
    }

    /**
     * Opens a port.
     *
     * @param wakeUp  as in {@link #openPort(Runnable)}.
     * @param credits most commands under way, 1 to 65,536; each takes 4 KB of memory.
     * @return a port for one thread; close it when the thread is done.
     * @throws IllegalArgumentException for credits out of their bounds.
     * @throws IllegalStateException    when {@link AnswerRings#MAX_PORTS} are open.
     */
    public EnginePort openPort(final Runnable wakeUp, final int credits) {
        EngineSetting.PORT_CREDITS.checked(credits);
        return new EnginePort(
                writer, stages.ring(), stages.answers(), stages.answers().open(credits, wakeUp));
    }

    /**
     * Opens a port for a thread that may wait.
     *
     * @param timeoutMs how long each command's answer is waited for at most, in milliseconds.
     * @return a port for one thread at a time; close it when done.
     */
    public BlockingPort openBlockingPort(final long timeoutMs) {
        return new BlockingPort(this, timeoutMs);
    }

    /**
     * Where the engine stands; any thread.
     *
     * @return the state.
     */
    public EngineState state() {
        return writer.state();
    }

    /**
     * Slots of the command ring; any thread.
     *
     * @return a power of two.
     */
    public int ringSlots() {
        return stages.ring().slots();
    }

    /**
     * This start of the server.
     *
     * @return from 1.
     */
    public long epoch() {
        return stages.journal().epoch().epoch();
    }

    /**
     * What the engine was launched with.
     *
     * @return concluded: it can be read only.
     */
    public EngineContext context() {
        return context;
    }

    /**
     * Finishes what is in the ring, forces and closes the journal, and gives the data directory back. Answers that were
     * not polled can be polled afterwards. After a halt it only gives back what it can. Closing again does nothing.
     *
     * @throws IOException           when the lock could not be given back.
     * @throws IllegalStateException on the writer's thread, as in a halt handler or a wake-up: it cannot wait for itself.
     */
    @Override
    public synchronized void close() throws IOException {
        if (Thread.currentThread() == writerThread) {
            throw new IllegalStateException("the writer cannot close its own engine");
        }
        if (closed) {
            return;
        }
        closed = true;
        writer.drain();
        join();
        if (writer.state() == EngineState.HALTED) {
            closeJournalAfterHalt();
        }
        status.close();
        lock.close();
    }

    /** The writer's own; for a test that checks it after the writer has ended. */
    StockLedger ledger() {
        return stages.ledger();
    }

    private void join() {
        boolean interrupted = false;
        while (writerThread.isAlive()) {
            try {
                writerThread.join();
            } catch (final InterruptedException e) {
                interrupted = true; // the writer must not be left alone with a closed directory
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeJournalAfterHalt() {
        try {
            stages.journal().close();
        } catch (final IOException | IllegalStateException e) {
            LOG.warn("the halted journal was not closed in order", e);
        }
    }

    private static ThreadFactory named(final ThreadFactory factory, final String name) {
        return task -> {
            final Thread thread = factory.newThread(task);
            thread.setName(name);
            return thread;
        };
    }
}
