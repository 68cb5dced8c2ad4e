package io.schap.gateway.http;

import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and the way its answer goes. */
public final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    /** A part of a handler's work. */
    @FunctionalInterface
    public interface Step {

        /** Does it. */
        void run();
    }

    /** Where an exchange's outcome goes; the connection implements it. */
    public interface Outcome {

        /**
         * Sends the answer. Called on the event loop, once at most.
         *
         * @param reply the answer.
         */
        void send(Reply reply);

        /** Closes the connection without an answer. Called on the event loop. */
        void cut();

        /**
         * The id of the request, for the log. Called on the event loop.
         *
         * @return as sent, or made here.
         */
        default String requestId() {
            return "none";
        }
    }

    private final Request request;
    private final List<String> pathValues;
    private final Executor loop;
    private final Outcome outcome;
    private boolean over;

    /**
     * An exchange that waits for its outcome.
     *
     * @param request    what is asked.
     * @param pathValues the decoded values of the route's placeholders, in order.
     * @param loop       the connection's event loop.
     * @param outcome    told on the loop what became of it.
     */
    public Exchange(final Request request, final List<String> pathValues, final Executor loop, final Outcome outcome) {
        this.request = request;
        this.pathValues = pathValues;
        this.loop = loop;
        this.outcome = outcome;
    }

    /**
     * What is asked.
     *
     * @return the request.
     */
    public Request request() {
        return request;
    }

    /**
     * The value of a placeholder of the route.
     *
     * @param index which, from 0.
     * @return the decoded segment.
     */
    public String pathValue(final int index) {
        return pathValues.get(index);
    }

    /**
     * Answers, on the event loop. A second answer is ignored.
     *
     * @param reply the answer.
     */
    public void reply(final Reply reply) {
        if (!over) {
            over = true;
            outcome.send(reply);
        }
    }

    /**
     * Does a part of the work for this exchange, on the event loop. A refusal becomes the answer; anything else that is
     * thrown is logged and becomes a 500, so that one request's fault stays its own.
     *
     * @param step the work.
     */
    @SuppressWarnings("checkstyle:IllegalCatch") // the last resort between a fault and the event loop
    public void attempt(final Step step) {
        try {
            step.run();
        } catch (final Refusal refusal) {
            reply(refusal.problem().reply());
        } catch (final Throwable fault) {
            final String path = request == null ? "none" : request.path();
            LOG.error("a request could not be handled: id={}, request={}", outcome.requestId(), path, fault);
            reply(new Problem(ProblemCode.INTERNAL, "the request failed inside the server; its log says why").reply());
        }
    }

    /**
     * Answers from another thread.
     *
     * @param reply the answer.
     */
    public void replyFromAnywhere(final Reply reply) {
        loop.execute(() -> reply(reply));
    }

    /**
     * Closes the connection without an answer, since what became of the request is not known; on the event loop. A client
     * asks again with the same key.
     */
    public void cut() {
        if (!over) {
            over = true;
            outcome.cut();
        }
    }

    /** The connection is gone: nobody waits for the answer. On the event loop, by the connection. */
    public void abandon() {
        over = true;
    }

    /** Closes the connection without an answer, from another thread. */
    public void cutFromAnywhere() {
        loop.execute(this::cut);
    }

    /**
     * Whether the exchange has its answer, or was cut.
     *
     * @return true if so; to be asked on the event loop.
     */
    public boolean isOver() {
        return over;
    }

    /**
     * The connection's event loop.
     *
     * @return it.
     */
    public Executor loop() {
        return loop;
    }
}
