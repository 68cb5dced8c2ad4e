package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ResultCode;
import io.schap.engine.journal.Durability;
import io.schap.engine.model.Answer;
import io.schap.engine.model.CommandBuilder;
import io.schap.engine.model.Commands;
import io.schap.engine.state.LedgerInvariants;
import io.schap.engine.status.EngineState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine in a test, with small journal files. Closing it checks every invariant of its ledger, and that nothing halted
 * it unless the test expects that.
 */
final class RunningEngine implements AutoCloseable {

    static final long DEADLINE_MS = 20_000;

    private final Engine engine;
    private final BlockingPort port;
    private final List<Throwable> faults;
    private boolean haltExpected;

    private RunningEngine(final Engine engine, final List<Throwable> faults) {
        this.engine = engine;
        this.faults = faults;
        port = engine.openBlockingPort(DEADLINE_MS);
    }

    static RunningEngine launch(final Path directory) throws IOException {
        return launch(directory, context -> context);
    }

    static RunningEngine launch(final Path directory, final UnaryOperator<EngineContext> settings) throws IOException {
        final List<Throwable> faults = new CopyOnWriteArrayList<>();
        final EngineContext context = new EngineContext()
                .dataDirectory(directory)
                .durability(Durability.PROCESS)
                .set(EngineSetting.SEGMENT_BYTES, 1 << 20)
                .report(line -> {})
                .haltHandler(faults::add);
        return new RunningEngine(Engine.launch(settings.apply(context)), faults);
    }

    /** One store, one SKU, a sales channel, and units in the only cell. */
    RunningEngine withStock(final int units) {
        assertEquals(ResultCode.OK, ask(Commands.putChannel("web")).code());
        assertEquals(ResultCode.OK, ask(Commands.putStore("0042")).code());
        assertEquals(ResultCode.OK, ask(Commands.putSku("85123A")).code());
        if (units > 0) {
            assertEquals(
                    ResultCode.OK,
                    ask(Commands.movements().receipt(0, 0, units)).code());
        }
        return this;
    }

    Engine engine() {
        return engine;
    }

    Answer ask(final CommandBuilder<?> command) {
        return ask(port, command);
    }

    static Answer ask(final BlockingPort port, final CommandBuilder<?> command) {
        final UnsafeBuffer encoded = command.encode();
        final DirectBuffer answer = port.ask(encoded, 0, encoded.capacity());
        return Answer.decode(answer, 0, answer.capacity());
    }

    /** The writer's fault; waits for it. */
    Throwable awaitHalt() {
        haltExpected = true;
        await(() -> !faults.isEmpty());
        assertEquals(EngineState.HALTED, engine.state());
        return faults.get(0);
    }

    static void await(final BooleanSupplier condition) {
        final long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS),
                    "the condition did not come true in time");
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        engine.close();
        if (!haltExpected) {
            assertEquals(List.of(), faults);
            assertEquals(EngineState.CLOSED, engine.state());
            LedgerInvariants.check(engine.ledger());
        }
    }
}
