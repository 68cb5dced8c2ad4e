package io.schap.engine;

import io.schap.engine.egress.AnswerHandler;
import io.schap.engine.egress.AnswerRing;
import io.schap.engine.egress.AnswerRings;
import io.schap.engine.ingress.CommandRing;
import io.schap.engine.pipeline.StockWriter;
import io.schap.engine.status.EngineState;
import org.agrona.DirectBuffer;

/**
 * One thread's way into the engine and out of it: commands are offered, their answers are polled, in the order of the
 * offers. Nothing waits and nothing is allocated. A command under way uses one credit until its answer was handled, so
 * that there is always room for every answer.
 *
 * <p>What was offered before a port saw that one of its commands was refused for want of room in the journal is refused as
 * well, even if there is room by then: so a port's commands are never applied around one that was refused in their midst.
 *
 * <p>For the thread that owns it; another thread may take it over when both agree.
 */
public final class EnginePort implements AutoCloseable {

    private final StockWriter writer;
    private final CommandRing commands;
    private final AnswerRings rings;
    private final AnswerRing answers;
    private boolean closed;

    EnginePort(
            final StockWriter writer, final CommandRing commands, final AnswerRings rings, final AnswerRing answers) {
        this.writer = writer;
        this.commands = commands;
        this.rings = rings;
        this.answers = answers;
    }

    /**
     * Offers a command; its bytes are copied before this returns.
     *
     * @param correlation comes back with the answer; of no meaning to the engine.
     * @param command     where the encoded command lies, header first.
     * @param offset      of its first byte.
     * @param length      in bytes, 1 to {@link io.schap.engine.command.Limits#MAX_COMMAND_BYTES}.
     * @return {@link Offer#OFFERED}, or why nothing was taken.
     * @throws IllegalArgumentException  for a length out of its bounds.
     * @throws IndexOutOfBoundsException for a range outside the buffer.
     * @throws IllegalStateException     when the port is closed.
     */
    public Offer offer(final long correlation, final DirectBuffer command, final int offset, final int length) {
        if (closed) {
            throw new IllegalStateException("port is closed: port=" + answers.id());
        }
        if (!writer.state().takesCommands()) {
            return Offer.HALTED;
        }
        if (!answers.takeCredit()) {
            rings.countNoCredit();
            return Offer.NO_CREDIT;
        }
        boolean published = false;
        try {
            published = commands.tryPublish(answers.id(), correlation, answers.handled(), command, offset, length);
        } finally {
            if (!published) {
                answers.giveBackCredit();
            }
        }
        return published ? Offer.OFFERED : Offer.RING_FULL;
    }

    /**
     * Hands over answers, oldest first. The credit of an answer is free again, and its bytes are gone, when the handler
     * returns; the handler may offer, as far as credits reach.
     *
     * @param handler takes each answer.
     * @param limit   most answers to hand over.
     * @return how many were handed over.
     */
    public int poll(final AnswerHandler handler, final int limit) {
        return answers.poll(handler, limit);
    }

    /**
     * Commands offered whose answers were not handled yet.
     *
     * @return 0 to {@link #credits()}.
     */
    public int creditsUsed() {
        return answers.creditsUsed();
    }

    /**
     * Most commands under way.
     *
     * @return the port's credits.
     */
    public int credits() {
        return answers.credits();
    }

    /**
     * Where the engine stands; any thread.
     *
     * @return the state.
     */
    public EngineState state() {
        return writer.state();
    }

    /** Closes the port. Commands under way are carried out, their answers are dropped. Closing again does nothing. */
    @Override
    public void close() {
        closed = true;
        rings.close(answers);
    }
}
