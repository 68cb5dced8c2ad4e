package io.schap.engine;

import io.schap.engine.command.ResultCode;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Answer;
import io.schap.engine.model.Commands;
import io.schap.engine.state.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A process that is made to be killed: an engine, and producers that hold units of a few hot cells one after the other,
 * several under way at a time. Each producer goes on where its log ends, so that commands whose fate was unknown at the
 * kill are sent again with their keys.
 */
final class CrashingServer {

    static final int PRODUCERS = 4;
    static final int WINDOW = 8;
    static final int CELLS = 4;
    static final LedgerSettings SETTINGS =
            new LedgerSettings(100, 1_000, 10, 1_000_000, 100_000, 900, 2, 1_000_000, 1L << 28, 86_400_000);

    private static final long LIFE_NS = TimeUnit.MINUTES.toNanos(2);

    private CrashingServer() {}

    /** Two cells run out early, two never. */
    static int stockOf(final int cell) {
        return cell < 2 ? 500 : 1_000_000;
    }

    public static void main(final String[] arguments) throws IOException {
        final Path directory = Path.of(arguments[0]);
        final Engine engine = Engine.launch(context(directory));
        prepare(engine);
        for (int p = 0; p < PRODUCERS; p++) {
            final int producer = p;
            final Thread thread = new Thread(() -> produce(engine, directory, producer));
            thread.setUncaughtExceptionHandler((failed, e) -> {
                System.out.println("failed " + e);
                Runtime.getRuntime().halt(3);
            });
            thread.start();
        }
        System.out.println("ready");
        System.out.flush();
        LockSupport.parkNanos(LIFE_NS); // a parent that died does not leave this behind for long
        Runtime.getRuntime().halt(4);
    }

    static EngineContext context(final Path directory) {
        return new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.DISK)
                .set(EngineSetting.SEGMENT_BYTES, 8 << 20)
                .ledgerSettings(SETTINGS)
                .report(line -> {});
    }

    /** Keyed like everything else, since a kill may come in the middle of it. */
    private static void prepare(final Engine engine) {
        try (BlockingPort port = engine.openBlockingPort(RunningEngine.DEADLINE_MS)) {
            RunningEngine.ask(port, Commands.putChannel("web").key(1));
            RunningEngine.ask(port, Commands.putStore("0042").key(2));
            for (int cell = 0; cell < CELLS; cell++) {
                RunningEngine.ask(port, Commands.putSku("sku " + cell).key(100 + cell));
                RunningEngine.ask(
                        port,
                        Commands.movements().receipt(0, cell, stockOf(cell)).key(200 + cell));
            }
        }
    }

    /** The one command of a producer's number: asked again it is the same. */
    static UnsafeBuffer command(final int producer, final long number) {
        return Commands.reserve()
                .line(0, (int) (number % CELLS), 1)
                .hold(14_400)
                .key(producer + 1, number + 1)
                .fingerprint(producer + 1, number + 1)
                .encode();
    }

    static CrashLog.Told told(final long number, final Answer answer) {
        final long reservation = answer instanceof Answer.Reservation made ? made.number() : 0;
        return new CrashLog.Told(number, answer.code().ordinal(), reservation, answer.sequence());
    }

    private static void produce(final Engine engine, final Path directory, final int producer) {
        try (CrashLog log = new CrashLog(CrashLog.of(directory, producer))) {
            final List<CrashLog.Told> before = CrashLog.read(CrashLog.of(directory, producer));
            final Thread self = Thread.currentThread();
            final EnginePort port = engine.openPort(() -> LockSupport.unpark(self), WINDOW);
            long next = before.size();
            while (true) {
                final UnsafeBuffer command = command(producer, next);
                if (port.offer(next, command, 0, command.capacity()) == Offer.OFFERED) {
                    next++;
                } else if (port.poll(
                                (number, buffer, offset, length) ->
                                        note(log, number, Answer.decode(buffer, offset, length)),
                                WINDOW)
                        == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void note(final CrashLog log, final long number, final Answer answer) {
        if (answer.code() != ResultCode.CREATED && answer.code() != ResultCode.INSUFFICIENT_STOCK) {
            throw new IllegalStateException("unexpected answer: " + answer);
        }
        try {
            log.append(told(number, answer));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
