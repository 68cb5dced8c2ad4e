package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.ReservationStatus;
import io.schap.gateway.http.Times;
import java.io.IOException;

/** A reservation, as answers show it. */
public final class ReservationJson {

    private ReservationJson() {}

    /**
     * Writes what stands above the lines.
     *
     * @param json       inside an object.
     * @param id         the public id.
     * @param status     where it stands.
     * @param channel    the sales channel's name.
     * @param createdAt  milliseconds since 1970.
     * @param deadlineMs milliseconds since 1970, 0 for none.
     * @throws IOException never: what is written lies in memory.
     */
    public static void head(
            final JsonGenerator json,
            final String id,
            final ReservationStatus status,
            final String channel,
            final long createdAt,
            final long deadlineMs)
            throws IOException {
        json.writeStringField("id", id);
        json.writeStringField("state", status.name());
        json.writeStringField("channel", channel);
        json.writeStringField("createdAt", Times.format(createdAt));
        json.writeStringField("expiresAt", deadlineMs == 0 ? null : Times.format(deadlineMs));
    }

    /**
     * Writes the caller's texts; an empty one is null.
     *
     * @param json             inside an object.
     * @param owner            of the reservation.
     * @param reference        of the caller.
     * @param paymentReference of the payment.
     * @throws IOException never: what is written lies in memory.
     */
    public static void texts(
            final JsonGenerator json, final String owner, final String reference, final String paymentReference)
            throws IOException {
        json.writeStringField("owner", orNull(owner));
        json.writeStringField("reference", orNull(reference));
        json.writeStringField("paymentReference", orNull(paymentReference));
    }

    /**
     * Writes which cell a line is of.
     *
     * @param json  inside an array; the line's object stays open.
     * @param store the store's code.
     * @param sku   the SKU's code.
     * @throws IOException never: what is written lies in memory.
     */
    public static void beginLine(final JsonGenerator json, final String store, final String sku) throws IOException {
        json.writeStartObject();
        json.writeStringField("store", store);
        json.writeStringField("sku", sku);
    }

    /**
     * Writes the quantities of a line and ends it.
     *
     * @param json      inside the line's object.
     * @param requested units asked for.
     * @param quantity  units granted.
     * @param fulfilled units handed over.
     * @param released  units given back.
     * @throws IOException never: what is written lies in memory.
     */
    public static void endLine(
            final JsonGenerator json, final int requested, final int quantity, final int fulfilled, final int released)
            throws IOException {
        json.writeNumberField("requested", requested);
        json.writeNumberField("quantity", quantity);
        json.writeNumberField("fulfilled", fulfilled);
        json.writeNumberField("released", released);
        json.writeEndObject();
    }

    private static String orNull(final String text) {
        return text.isEmpty() ? null : text;
    }
}
