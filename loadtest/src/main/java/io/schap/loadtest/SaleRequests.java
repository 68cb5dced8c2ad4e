package io.schap.loadtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the requests of a line. The key of each is made of the run's name, the line's number and the step, so that a
 * retry, also one by a later run of the same name, carries the same key.
 */
final class SaleRequests {

    private static final JsonFactory JSON = new JsonFactory();
    /** Long enough that no hold expires while the server is away. */
    private static final int HOLD_SECONDS = 14_400;

    private final String runName;

    SaleRequests(final String runName) {
        this.runName = runName;
    }

    /**
     * The request of a step.
     *
     * @param reservation id that the reserve step gave; used by the fulfil step alone.
     * @param authority   host and port.
     */
    FullHttpRequest write(final SaleLine line, final SaleStep step, final String reservation, final String authority) {
        final String path = switch (step) {
            case RESERVE -> "/v1/reservations";
            case FULFIL -> "/v1/reservations/" + reservation + "/fulfil";
            case RETURN -> "/v1/stock/movements";
        };
        final ByteBuf body = body(line, step);
        final FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, body);
        request.headers()
                .set(HttpHeaderNames.HOST, authority)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set("idempotency-key", runName + '-' + line.number() + '-' + step.name());
        return request;
    }

    private static ByteBuf body(final SaleLine line, final SaleStep step) {
        if (step == SaleStep.FULFIL) {
            return Unpooled.copiedBuffer("{}", StandardCharsets.US_ASCII);
        }
        final ByteBuf body = Unpooled.buffer(256);
        try (OutputStream out = new ByteBufOutputStream(body);
                JsonGenerator json = JSON.createGenerator(out)) {
            if (step == SaleStep.RESERVE) {
                writeReservation(json, line);
            } else {
                writeReturn(json, line);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return body;
    }

    private static void writeReservation(final JsonGenerator json, final SaleLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("channel", line.channel());
        json.writeStringField("store", line.cell().store());
        json.writeNumberField("holdSeconds", HOLD_SECONDS);
        writeOrigin(json, line);
        json.writeArrayFieldStart("lines");
        json.writeStartObject();
        json.writeStringField("sku", line.cell().sku());
        json.writeNumberField("quantity", line.quantity());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeReturn(final JsonGenerator json, final SaleLine line) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("movements");
        json.writeStartObject();
        json.writeStringField("type", "return");
        json.writeStringField("store", line.cell().store());
        json.writeStringField("sku", line.cell().sku());
        json.writeNumberField("quantity", -line.quantity());
        json.writeStringField("channel", line.channel());
        writeOrigin(json, line);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOrigin(final JsonGenerator json, final SaleLine line) throws IOException {
        if (!line.customer().isEmpty()) {
            json.writeStringField("owner", line.customer());
        }
        json.writeStringField("reference", line.invoice());
    }
}
