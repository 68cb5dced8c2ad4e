package io.schap.gateway.query;

import io.schap.engine.state.StoreRow;
import io.schap.gateway.http.Decimals;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Fields;
import io.schap.gateway.http.JsonValue;
import java.util.List;

/**
 * Where a customer is.
 *
 * @param latitude  degrees.
 * @param longitude degrees.
 */
record Place(double latitude, double longitude) {

    private static final int MAX_LATITUDE = 90;
    private static final int MAX_LONGITUDE = 180;
    private static final String RULE = "LAT,LON in decimal degrees, as 52.37,4.89";

    /**
     * Reads a place out of a text.
     *
     * @param pointer where it stands.
     * @param near    as sent.
     * @param faults  takes what is wrong.
     * @return null when it is none.
     */
    static Place of(final String pointer, final String near, final Faults faults) {
        final int comma = near.indexOf(',');
        final Double latitude = comma < 0 ? null : Decimals.parse(near.substring(0, comma));
        final Double longitude = comma < 0 ? null : Decimals.parse(near.substring(comma + 1));
        if (latitude == null || longitude == null || !isOnEarth(latitude, longitude)) {
            faults.value(pointer, near, RULE);
            return null;
        }
        return new Place(latitude, longitude);
    }

    /**
     * Reads a place out of a body, where it may be the text of a query, an array of two numbers, or an object that has
     * them as {@code latitude} and {@code longitude}, as a store has them.
     *
     * @param fields of the body.
     * @param faults takes what is wrong.
     * @return null when it is left out or none.
     */
    static Place of(final Fields fields, final Faults faults) {
        final JsonValue value = fields.value("near");
        if (value == null) {
            return null;
        }
        if (value instanceof final JsonValue.Text text) {
            return of("/near", text.text(), faults);
        }
        if (value instanceof final JsonValue.Members members) {
            final Fields place = new Fields(members, "/near", faults);
            final Double latitude = place.need("latitude", "degrees").degrees("latitude", MAX_LATITUDE);
            final Double longitude = place.need("longitude", "degrees").degrees("longitude", MAX_LONGITUDE);
            place.end();
            return latitude == null || longitude == null ? null : new Place(latitude, longitude);
        }
        if (value instanceof final JsonValue.Items array) {
            final Place place = ofNumbers(array.items());
            if (place != null) {
                return place;
            }
        }
        faults.value("/near", value.shown(), RULE);
        return null;
    }

    private static Place ofNumbers(final List<JsonValue> items) {
        if (items.size() == 2
                && items.get(0) instanceof final JsonValue.Digits latitude
                && items.get(1) instanceof final JsonValue.Digits longitude) {
            final double north = Double.parseDouble(latitude.digits());
            final double east = Double.parseDouble(longitude.digits());
            return isOnEarth(north, east) ? new Place(north, east) : null;
        }
        return null;
    }

    /** The distance to a store in kilometres; not a number for a store without coordinates. */
    double km(final StoreRow store) {
        return store.located() ? GreatCircle.km(latitude, longitude, store.latitude(), store.longitude()) : Double.NaN;
    }

    private static boolean isOnEarth(final double latitude, final double longitude) {
        return Math.abs(latitude) <= MAX_LATITUDE && Math.abs(longitude) <= MAX_LONGITUDE;
    }
}
