package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.CellReading;
import java.io.IOException;

/** The quantities of a cell, as answers show them. */
public final class CellJson {

    private CellJson() {}

    /**
     * The status that schema.org's {@code ItemAvailability} has for a quantity.
     *
     * @param available units that a reservation can take.
     * @param threshold units up to which stock is limited.
     * @return its name.
     */
    public static String status(final int available, final int threshold) {
        if (available == 0) {
            return "OutOfStock";
        }
        return available <= threshold ? "LimitedAvailability" : "InStock";
    }

    /**
     * Writes {@code available} and {@code status}.
     *
     * @param json inside an object.
     * @param cell the quantities.
     * @throws IOException never: what is written lies in memory.
     */
    static void availability(final JsonGenerator json, final CellReading cell) throws IOException {
        availability(json, cell, CellTag.NO_CAP);
    }

    /**
     * Writes {@code available} and {@code status}; and {@code capped} where the cap shows less than there is.
     *
     * @param json inside an object.
     * @param cell the quantities.
     * @param cap  most units that are shown.
     * @throws IOException never: what is written lies in memory.
     */
    static void availability(final JsonGenerator json, final CellReading cell, final int cap) throws IOException {
        final int available = cell.available();
        json.writeNumberField("available", Math.min(available, cap));
        if (available > cap) {
            json.writeBooleanField("capped", true);
        }
        json.writeStringField("status", status(available, cell.lowStockThreshold()));
    }

    /**
     * Writes all quantities.
     *
     * @param json inside an object.
     * @param cell the quantities.
     * @throws IOException never: what is written lies in memory.
     */
    public static void quantities(final JsonGenerator json, final CellReading cell) throws IOException {
        json.writeNumberField("onHand", cell.onHand());
        json.writeNumberField("reserved", cell.reserved());
        json.writeNumberField("safetyStock", cell.safetyStock());
        json.writeNumberField("lowStockThreshold", cell.lowStockThreshold());
        json.writeNumberField("shortfall", cell.shortfall());
        availability(json, cell);
    }
}
