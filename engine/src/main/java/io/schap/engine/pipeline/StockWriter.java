package io.schap.engine.pipeline;

import io.schap.engine.command.ResultCode;
import io.schap.engine.egress.AnswerRings;
import io.schap.engine.ingress.CommandRing;
import io.schap.engine.ingress.CommandSlot;
import io.schap.engine.ingress.WriterSignal;
import io.schap.engine.journal.BatchEncoder;
import io.schap.engine.journal.BatchLayout;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.state.StockLedger;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusFile;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer. Its thread alone touches the ledger, the journal and the writing sides of rings and status. Batches
 * follow each other without a pause as long as there is work; then it spins for a moment and parks, at most 100 ms, since
 * deadlines pass without any command.
 *
 * <p>When the journal's segment is full and the next one could not be made, commands are refused. While it is still being
 * made and nothing is wrong they stay in the ring: the disk is slow and not full, and a ring that fills up says so.
 */
public final class StockWriter implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StockWriter.class);
    private static final int TICK_BATCH_BYTES =
            BatchLayout.HEADER_BYTES + BatchLayout.commandStride(WriterCommands.TICK_BYTES);
    private static final long SPARE_PARK_NS = 100_000;

    private final WriterSettings settings;
    private final NanoClock nanoClock;
    private final CommandRing ring;
    private final WriterSignal signal;
    private final JournalWriter journal;
    private final BatchEncoder batch;
    private final int longestBatch;
    private final boolean forcing;
    private final StockLedger ledger;
    private final Stages stages;
    private final AnswerRings answers;
    private final BatchClock clock;
    private final BatchFrames frames;
    private final EffectTally tally;
    private final WriterCommands commands = new WriterCommands();
    private final WriterStatus status;
    private final CountDownLatch begun = new CountDownLatch(1);
    private Thread thread;
    private long jumpsSeen;
    private volatile boolean drainRequested;
    private volatile EngineState state = EngineState.STARTING;

    /**
     * A writer that has not begun.
     *
     * @param stages   what each batch passes through.
     * @param signal   the one that the ring raises.
     * @param settings how it works.
     * @param file     where it says what it did.
     */
    public StockWriter(
            final Stages stages, final WriterSignal signal, final WriterSettings settings, final StatusFile file) {
        this.stages = stages;
        this.signal = signal;
        this.settings = settings;
        nanoClock = settings.monotonicClock();
        ring = stages.ring();
        journal = stages.journal();
        batch = journal.batch();
        longestBatch = journal.epoch().maxBatchBytes();
        forcing = journal.epoch().durability().forcesBatches();
        ledger = stages.ledger();
        answers = stages.answers();
        clock = new BatchClock(settings.wallClock(), nanoClock);
        frames = new BatchFrames(settings.maxBatchCommands() + 1);
        tally = new EffectTally(stages.moved());
        status = new WriterStatus(file, stages, tally);
    }

    /**
     * Where the engine stands; any thread.
     *
     * @return the state.
     */
    public EngineState state() {
        return state;
    }

    /**
     * Waits until the writer takes commands, after its thread was started.
     *
     * @param timeoutMs how long at most, in milliseconds.
     * @return false when it did not begin in time.
     * @throws InterruptedException when the waiting thread is interrupted.
     */
    public boolean awaitBegun(final long timeoutMs) throws InterruptedException {
        return begun.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Asks the writer to finish what is in the ring and to end; any thread. */
    public void drain() {
        drainRequested = true;
        signal.raise();
    }

    /** Takes batch after batch until it is asked to drain, or a fault halts it. Ends by closing the journal in order. */
    @Override
    @SuppressWarnings("checkstyle:IllegalCatch") // whatever it is, nothing more may be written or answered after it
    public void run() {
        try {
            thread = Thread.currentThread();
            become(EngineState.RUNNING);
            begun.countDown();
            boolean draining = false;
            while (runBatch() || !draining) {
                draining = beginDrain();
            }
            journal.close();
            status.updateNow(clock, ledger.lastTimeMs());
            become(EngineState.CLOSED);
            answers.wakeUpAll();
        } catch (final Throwable fault) {
            halt(fault);
        }
    }

    private boolean beginDrain() {
        if (drainRequested && state != EngineState.DRAINING) {
            become(EngineState.DRAINING);
        }
        return drainRequested;
    }

    /** One round; false when there was nothing to do and the writer has waited for something. */
    private boolean runBatch() throws IOException {
        assert Thread.currentThread() == thread : "not the writer's thread: " + Thread.currentThread();
        final long startNs = nanoClock.nanoTime();
        final long timeMs = clock.next(ledger.lastTimeMs());
        final boolean room = journal.hasRoom(longestBatch);
        final boolean full = !room && journal.preparationFault() != null;
        final boolean tick = ledger.nextDeadlineMs() <= timeMs && (room || journal.fits(TICK_BATCH_BYTES));
        final boolean waiting = ring.hasNext();
        if (full != (state == EngineState.STORAGE_FULL) && !drainRequested) {
            noteRoom(full);
        }
        status.update(clock, timeMs);
        if (clock.jumps() != jumpsSeen) {
            noteJump(timeMs);
        }
        if (!tick && !waiting) {
            idle(timeMs);
            return false;
        }
        if (!tick && !room && !full) {
            LockSupport.parkNanos(this, SPARE_PARK_NS);
            return true;
        }
        if (tick || room) {
            journalAndApply(startNs, timeMs, tick, room);
        }
        if (full) {
            refuseForWantOfRoom(timeMs);
        }
        return true;
    }

    private void journalAndApply(final long startNs, final long timeMs, final boolean tick, final boolean room)
            throws IOException {
        final int ringFill = ring.fill();
        gather(timeMs, tick, room);
        final int count = frames.count();
        if (count == 0) {
            showAnswers();
            return;
        }
        final long gatheredNs = nanoClock.nanoTime();
        final int bytes = batch.finish();
        journal.append();
        final long appendedNs = nanoClock.nanoTime();
        journal.force();
        final long forcedNs = nanoClock.nanoTime();
        applyAll(timeMs);
        final long appliedNs = nanoClock.nanoTime();
        stages.view().publish(ledger.lastSequence());
        final int creditFill = answers.commit();
        final int wakeUps = answers.wakeUp();
        final long endNs = nanoClock.nanoTime();
        status.gathered(ringFill, gatheredNs - startNs);
        status.journaled(bytes, appendedNs - gatheredNs, forcedNs - appendedNs, forcing);
        status.applied(count, timeMs, appliedNs - forcedNs);
        status.answeredAll(creditFill, wakeUps, endNs - appliedNs, endNs - startNs);
    }

    private void gather(final long timeMs, final boolean tick, final boolean room) {
        frames.clear();
        batch.begin(journal.epoch().epoch(), ledger.lastSequence() + 1, timeMs, ledger.stateHash());
        if (tick) {
            frames.appendOwn(batch, commands.tick(ledger.logicVersion()), WriterCommands.TICK_BYTES);
            status.ticked();
        }
        if (!room) {
            return;
        }
        while (frames.count() < settings.maxBatchCommands() && ring.hasNext()) {
            final CommandSlot slot = ring.next();
            final int length = slot.length();
            if (length > 0 && answers.isBehindRefusal(slot.port(), slot.answersSeen())) {
                refuse(slot, timeMs);
            } else if (length > 0 && !frames.append(batch, slot.command(), length, slot.port(), slot.correlation())) {
                break;
            }
            ring.advance();
        }
        ring.release();
    }

    private void applyAll(final long timeMs) {
        final DirectBuffer buffer = batch.buffer();
        final int count = frames.count();
        long sequence = ledger.lastSequence();
        stages.moved().applying(sequence + count);
        for (int i = 0; i < count; i++) {
            if (i % StockLedger.LOOK_AHEAD == 0 && count > 1) {
                lookAhead(buffer, i, Math.min(i + StockLedger.LOOK_AHEAD, count));
            }
            sequence++;
            final int length = ledger.apply(sequence, timeMs, buffer, frames.offset(i), frames.length(i), tally);
            final long port = frames.port(i);
            if (port != AnswerRings.NO_PORT) {
                final DirectBuffer answer = ledger.answer();
                status.answered(answer.getByte(WriterCommands.CODE_OFFSET) & 0xff);
                answers.append(port, frames.correlation(i), answer, 0, length);
            }
        }
        if (ledger.lastSequence() != sequence) {
            throw new IllegalStateException("the ledger is not where the journal is: ledger=" + ledger.lastSequence()
                    + ", journal=" + sequence);
        }
    }

    private void lookAhead(final DirectBuffer buffer, final int from, final int to) {
        for (int i = from; i < to; i++) {
            ledger.announce(buffer, frames.offset(i), frames.length(i));
        }
        ledger.readAhead();
    }

    private void refuseForWantOfRoom(final long timeMs) {
        int count = 0;
        while (count < settings.maxBatchCommands() && ring.hasNext()) {
            final CommandSlot slot = ring.next();
            if (slot.length() > 0) {
                refuse(slot, timeMs);
            }
            ring.advance();
            count++;
        }
        ring.release();
        showAnswers();
    }

    private void refuse(final CommandSlot slot, final long timeMs) {
        final DirectBuffer refusal = commands.storageFull(ledger.lastSequence(), timeMs);
        answers.refuse(slot.port(), slot.correlation(), refusal, WriterCommands.REFUSAL_BYTES);
        status.answered(ResultCode.STORAGE_FULL.ordinal());
    }

    private void showAnswers() {
        answers.commit();
        answers.wakeUp();
    }

    /** Waits for work, the next deadline, or the status to grow old. */
    private void idle(final long timeMs) {
        if (Thread.interrupted()) { // an interrupt would close the journal's channel at the next force
            LOG.warn("the writer was interrupted and goes on");
        }
        final long deadlineMs = ledger.nextDeadlineMs();
        long parkNs = WriterSettings.MAX_PARK_NS;
        if (deadlineMs > timeMs && deadlineMs - timeMs < WriterSettings.MAX_PARK_NS / 1_000_000) {
            parkNs = (deadlineMs - timeMs) * 1_000_000;
        }
        if (!drainRequested) {
            ring.await(settings.spinNs(), parkNs);
        }
    }

    private void noteRoom(final boolean full) {
        if (!full) {
            LOG.info("there is room in the journal again: sequence={}", ledger.lastSequence());
        } else {
            LOG.error(
                    "no room in the journal, commands are refused: sequence={}, cause={}",
                    ledger.lastSequence(),
                    journal.preparationFault());
        }
        become(full ? EngineState.STORAGE_FULL : EngineState.RUNNING);
    }

    private void noteJump(final long timeMs) {
        jumpsSeen = clock.jumps();
        LOG.error(
                "the wall clock jumped ahead, time follows at twice its speed: wallMs={}, timeMs={}",
                clock.wallMs(),
                timeMs);
    }

    private void become(final EngineState next) {
        status.state(next);
        state = next;
    }

    @SuppressWarnings("checkstyle:IllegalCatch") // the handler must run, whatever fails before it
    private void halt(final Throwable fault) {
        state = EngineState.HALTED;
        try {
            LOG.error("the writer halts: sequence={}", ledger.lastSequence(), fault);
            status.fault(fault, clock.wallMs());
            status.state(EngineState.HALTED);
            answers.wakeUpAll();
        } catch (final Throwable further) {
            fault.addSuppressed(further);
        } finally {
            settings.haltHandler().onHalt(fault);
        }
    }
}
