package io.schap.benchmarks.pipeline;

import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import io.schap.engine.EnginePort;
import io.schap.engine.Offer;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.GenesisDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.TickDecoder;
import org.agrona.DirectBuffer;

/**
 * Sends commands into an engine through one port, with as many under way as the port has credits, and checks that no
 * answer refuses. What the engine makes itself, genesis and ticks, is left out.
 */
public final class StreamSender {

    private static final int CODE_OFFSET = 8;
    private static final int POLL_LIMIT = 256;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnginePort port;
    private long offered;
    private long answered;

    /**
     * A sender.
     *
     * @param port of the engine; used on the calling thread.
     */
    public StreamSender(final EnginePort port) {
        this.port = port;
    }

    /**
     * Makes the chain and fills its cells; returns when all is answered.
     *
     * @param chain to make.
     */
    public void open(final Chain chain) {
        chain.writeMasterData(this::send);
        chain.writeOpeningStock(this::send);
        awaitAll();
    }

    /**
     * Sends a stream; returns when all is answered.
     *
     * @param stream   to send.
     * @param commands at least so many.
     * @return how many were sent.
     */
    public long play(final MixedStream stream, final long commands) {
        final long before = offered;
        while (offered - before < commands) {
            stream.writeChunk();
            stream.play(this::send);
        }
        awaitAll();
        return offered - before;
    }

    private void send(final long timeMs, final DirectBuffer command, final int offset, final int length) {
        final int template = header.wrap(command, offset).templateId();
        if (template == GenesisDecoder.TEMPLATE_ID || template == TickDecoder.TEMPLATE_ID) {
            return;
        }
        while (true) {
            final Offer offer = port.offer(offered, command, offset, length);
            if (offer == Offer.OFFERED) {
                offered++;
                return;
            }
            if (offer == Offer.HALTED) {
                throw new IllegalStateException("the engine halted: offered=" + offered);
            }
            poll();
        }
    }

    private void awaitAll() {
        while (answered < offered) {
            poll();
        }
    }

    private void poll() {
        if (port.poll(this::onAnswer, POLL_LIMIT) == 0) {
            Thread.onSpinWait();
        }
    }

    private void onAnswer(final long correlation, final DirectBuffer answer, final int offset, final int length) {
        final int code = answer.getByte(offset + CODE_OFFSET);
        if (correlation != answered || code > ResultCode.CREATED.ordinal()) {
            throw new IllegalStateException("not the expected answer: correlation=" + correlation + ", expected="
                    + answered + ", code=" + ResultCode.of(code));
        }
        answered++;
    }
}
