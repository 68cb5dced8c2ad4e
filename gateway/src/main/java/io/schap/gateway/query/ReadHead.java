package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Times;
import java.io.IOException;

/**
 * What every read says of itself. It is taken before anything else is read, so that the answer includes at least
 * everything up to its sequence.
 *
 * @param sequence the answer includes everything up to it.
 * @param asOfMs   when it was read, in milliseconds since 1970.
 */
record ReadHead(long sequence, long asOfMs) {

    static ReadHead take(final StockView view) {
        return new ReadHead(view.sequence(), System.currentTimeMillis());
    }

    void write(final JsonGenerator json) throws IOException {
        json.writeNumberField("sequence", sequence);
        json.writeStringField("asOf", Times.format(asOfMs));
    }

    /** An answer that a cache asks again for each time. */
    static Reply ok(final Reply.JsonBody members) {
        return uncached(Reply.json(200, members));
    }

    /** The same of a body that is written already. */
    static Reply ok(final byte[] json) {
        return uncached(Reply.json(200, json));
    }

    private static Reply uncached(final Reply reply) {
        return reply.header("Cache-Control", "no-cache");
    }
}
