package io.schap.benchmarks.state;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.state.StockLedger;
import java.io.PrintStream;
import org.agrona.DirectBuffer;

/** A ledger, and the mixed stream that it applies; checks that every answer is the expected one. */
final class LedgerPlayer {

    /** Of an answer: behind the message header of 8 bytes. */
    private static final int CODE_OFFSET = 8;

    /** Leaves the look-ahead out, to see what it is worth. */
    private static final boolean BLIND = Boolean.getBoolean("blind");

    private final StockLedger ledger = new StockLedger();
    private final MixedStream stream;
    private long sequence;

    LedgerPlayer(final Chain chain, final MixedStream stream) {
        this.stream = stream;
        chain.writeMasterData(this::applyOne);
        chain.writeOpeningStock(this::applyOne);
    }

    StockLedger ledger() {
        return ledger;
    }

    private void applyOne(final long timeMs, final DirectBuffer command, final int offset, final int length) {
        ledger.apply(++sequence, timeMs, command, offset, length, EffectSink.NONE);
        final int code = ledger.answer().getByte(CODE_OFFSET);
        if (code > ResultCode.CREATED.ordinal()) {
            throw new IllegalStateException(
                    "a command was refused: sequence=" + sequence + ", code=" + ResultCode.of(code));
        }
    }

    /** Plays until reservations are steady, and at least so many commands. */
    void warmUp(final long commands, final PrintStream out) {
        final Rounds.Stopwatch unused = new Rounds.Stopwatch();
        while (!stream.isSteady() || stream.written() < commands) {
            playChunk(unused);
        }
        final int live = ledger.liveReservations();
        out.println("steady after " + stream.written() + " commands: live reservations " + live);
        final int meant = stream.traffic().live();
        if (Math.abs(live - meant) > Math.max(1_000, meant / 20)) {
            throw new IllegalStateException("not the live reservations that were meant: live=" + live);
        }
    }

    /** Plays at least so many commands; only apply is timed. */
    long play(final long commands, final Rounds.Stopwatch stopwatch) {
        long played = 0;
        while (played < commands) {
            playChunk(stopwatch);
            played += MixedStream.CHUNK;
        }
        return played;
    }

    private void playChunk(final Rounds.Stopwatch stopwatch) {
        stream.writeChunk();
        stopwatch.start();
        final int created = applyChunk();
        stopwatch.stop();
        if (created != stream.reserves()) {
            throw new IllegalStateException(
                    "a command was refused: created=" + created + ", reserves=" + stream.reserves());
        }
    }

    /** The sum of all answers' codes: OK is 0 and CREATED 1, so it is the number of reservations if none is refused. */
    private int applyChunk() {
        final DirectBuffer answer = ledger.answer();
        final DirectBuffer commands = stream.buffer();
        final int count = stream.count();
        int codes = 0;
        for (int i = 0; i < count; i++) {
            if (i % StockLedger.LOOK_AHEAD == 0 && !BLIND) {
                lookAhead(i, Math.min(i + StockLedger.LOOK_AHEAD, count));
            }
            final int offset = stream.offset(i);
            ledger.apply(
                    ++sequence, stream.timeMs(i), commands, offset, stream.offset(i + 1) - offset, EffectSink.NONE);
            codes += answer.getByte(CODE_OFFSET);
        }
        return codes;
    }

    private void lookAhead(final int from, final int to) {
        for (int i = from; i < to; i++) {
            ledger.announce(stream.buffer(), stream.offset(i), stream.offset(i + 1) - stream.offset(i));
        }
        ledger.readAhead();
    }

    /** Checks every invariant of the ledger. */
    void checkInvariants() {
        LedgerInvariants.check(ledger);
    }
}
