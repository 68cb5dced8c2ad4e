package io.schap.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.engine.command.ResultCode;
import io.schap.engine.model.Answer;
import io.schap.engine.model.Commands;
import io.schap.engine.status.EngineState;
import io.schap.engine.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class EngineTest {

    @TempDir
    private Path directory;

    @Test
    void shouldAnswerWhatItWasAskedAndKeepItOverARelaunch() throws IOException {
        final List<String> lines = new ArrayList<>();
        try (Engine engine = Engine.launch(new EngineContext()
                        .dataDirectory(directory)
                        .haltHandler(Throwable::printStackTrace)
                        .report(lines::add));
                BlockingPort port = engine.openBlockingPort(10_000)) {
            assertEquals(EngineState.RUNNING, engine.state());
            ask(port, Commands.putChannel("web").encode());
            ask(port, Commands.putStore("0042").encode());
            ask(port, Commands.putSku("85123A").encode());
            ask(port, Commands.movements().receipt(0, 0, 5).encode());
            final Answer answer =
                    ask(port, Commands.reserve().line(0, 0, 2).hold(900).key(1).encode());
            assertEquals(ResultCode.CREATED, answer.code());
            assertEquals(6, answer.sequence());
            assertEquals(3, engine.view().available(0, 0));
        }
        try (Engine engine =
                Engine.launch(new EngineContext().dataDirectory(directory).haltHandler(Throwable::printStackTrace))) {
            assertEquals(3, engine.view().available(0, 0));
            assertEquals(2, engine.epoch());
        }
    }

    private static Answer ask(final BlockingPort port, final UnsafeBuffer command) {
        final DirectBuffer answer = port.ask(command, 0, command.capacity());
        return Answer.decode(answer, 0, answer.capacity());
    }
}
