package io.schap.gateway.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON for an answer: for each, for some, or for none. Lines wait in a bounded queue for a thread that writes
 * them (see {@code logback.xml}); when it is full they are left out, so that a slow disk slows no client.
 */
public final class AccessLog {

    /** The logger's name. */
    static final String NAME = "access";

    /** From this status on an answer is logged whatever the sample. */
    private static final int ALWAYS_FROM = 500;

    private static final Logger LOG = LoggerFactory.getLogger(NAME);
    private static final JsonFactory JSON = new JsonFactory();
    private static final long NANOS_IN_MICRO = 1_000;

    private final int every;

    /**
     * A log of a sample.
     *
     * @param every 0 for none, 1 for every answer, N for about one in N and each with a status from 500 up.
     */
    public AccessLog(final int every) {
        this.every = every;
    }

    /**
     * Whether an answer is to be logged.
     *
     * @param status of the answer.
     * @return true if so.
     */
    boolean isWanted(final int status) {
        if (every == 0) {
            return false;
        }
        return every == 1
                || status >= ALWAYS_FROM
                || ThreadLocalRandom.current().nextInt(every) == 0;
    }

    void write(final Line line) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{}", line.text());
        }
    }

    /**
     * What is logged of an answer.
     *
     * @param id     of the request.
     * @param peer   the other end of the connection.
     * @param method of the request.
     * @param path   as sent, without its query.
     * @param route  the pattern of the path.
     * @param reply  the answer.
     * @param tookNs from the request's head to now.
     */
    record Line(String id, Object peer, String method, String path, String route, Reply reply, long tookNs) {

        private String text() {
            final StringWriter text = new StringWriter(256);
            try (JsonGenerator json = JSON.createGenerator(text)) {
                json.writeStartObject();
                json.writeStringField("time", Times.format(System.currentTimeMillis()));
                json.writeStringField("id", id);
                json.writeStringField("peer", String.valueOf(peer));
                json.writeStringField("method", method);
                json.writeStringField("path", path);
                json.writeStringField("route", route);
                json.writeNumberField("status", reply.status());
                if (reply.problem() != null) {
                    json.writeStringField("problem", reply.problem().code());
                }
                json.writeNumberField("bytes", reply.body().length);
                json.writeNumberField("tookMicros", tookNs / NANOS_IN_MICRO);
                json.writeEndObject();
            } catch (final IOException e) {
                throw new UncheckedIOException("a line could not be written to memory", e);
            }
            return text.toString();
        }
    }
}
