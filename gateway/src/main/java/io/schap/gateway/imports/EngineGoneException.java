package io.schap.gateway.imports;

import io.schap.engine.status.EngineState;
import java.io.IOException;

/** The engine takes nothing more, or this server's imports end: what the import asked last has an unknown fate. */
final class EngineGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    EngineGoneException(final EngineState state) {
        super("the engine takes nothing more: state=" + state);
    }
}
