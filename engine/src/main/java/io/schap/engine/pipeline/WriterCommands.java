package io.schap.engine.pipeline;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.RefusedEncoder;
import io.schap.engine.command.sbe.TickEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What the writer says itself: the tick that it puts at the head of a batch, and the refusal when there is no room. */
final class WriterCommands {

    /** Bytes of a tick. */
    static final int TICK_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + TickEncoder.BLOCK_LENGTH;

    /** Bytes of a refusal. */
    static final int REFUSAL_BYTES = MessageHeaderEncoder.ENCODED_LENGTH + RefusedEncoder.BLOCK_LENGTH;

    /** Where an answer's code lies: it is the first field of what follows the message header. */
    static final int CODE_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH;

    private final UnsafeBuffer tick = new UnsafeBuffer(new byte[TICK_BYTES]);
    private final UnsafeBuffer refusal = new UnsafeBuffer(new byte[REFUSAL_BYTES]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TickEncoder tickEncoder = new TickEncoder();
    private final RefusedEncoder refusedEncoder = new RefusedEncoder();

    DirectBuffer tick(final int logicVersion) {
        tickEncoder
                .wrapAndApplyHeader(tick, 0, header)
                .maxExpirations(Limits.MAX_EXPIRATIONS_PER_TICK)
                .envelope()
                .logicVersion(logicVersion)
                .channel((short) -1)
                .actor(0)
                .keyHi(0)
                .keyLo(0)
                .fingerprintHi(0)
                .fingerprintLo(0);
        return tick;
    }

    DirectBuffer storageFull(final long lastSequence, final long timeMs) {
        refusedEncoder
                .wrapAndApplyHeader(refusal, 0, header)
                .reservation(0)
                .state((short) 0)
                .store(-1)
                .sku(-1)
                .requested(0)
                .possible(0)
                .answer()
                .code((short) ResultCode.STORAGE_FULL.ordinal())
                .flags((short) 0)
                .sequence(lastSequence)
                .timeMs(timeMs);
        return refusal;
    }
}
