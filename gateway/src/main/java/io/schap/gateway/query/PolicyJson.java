package io.schap.gateway.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.state.Policies;
import java.io.IOException;

/** Policies, as answers show them. */
public final class PolicyJson {

    private PolicyJson() {}

    /**
     * Writes the values in force, and the names of those that are not the row's own.
     *
     * @param json    inside an object.
     * @param inForce both values set, see {@link Policies}.
     * @param own     what the row itself sets.
     * @throws IOException never: what is written lies in memory.
     */
    public static void write(final JsonGenerator json, final long inForce, final long own) throws IOException {
        json.writeNumberField("safetyStock", Policies.safetyStock(inForce));
        json.writeNumberField("lowStockThreshold", Policies.lowStockThreshold(inForce));
        json.writeArrayFieldStart("inherited");
        if (!Policies.isSafetyStockSet(own)) {
            json.writeString("safetyStock");
        }
        if (!Policies.isLowStockThresholdSet(own)) {
            json.writeString("lowStockThreshold");
        }
        json.writeEndArray();
    }
}
