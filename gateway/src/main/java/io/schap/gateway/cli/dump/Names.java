package io.schap.gateway.cli.dump;

import com.fasterxml.jackson.core.JsonGenerator;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.view.StockView;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes what commands hold as numbers the way the API says it: codes, public ids, times with a date. */
final class Names {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StockView view;
    private final JsonGenerator json;
    private ReservationIds ids;

    Names(final StockView view, final JsonGenerator json) {
        this.view = view;
        this.json = json;
    }

    /** The code of a store; null for none, and for one that the request named but nobody knew. */
    void store(final int index) throws IOException {
        json.writeStringField(
                "store",
                index >= 0 && index < view.storeCount() ? view.store(index).code() : null);
    }

    void sku(final int index) throws IOException {
        json.writeStringField(
                "sku", index >= 0 && index < view.skuCount() ? view.sku(index).code() : null);
    }

    /** The name of a sales channel; left out for none. */
    void channel(final int index) throws IOException {
        if (index >= 0) {
            json.writeStringField("channel", view.channelName(index));
        }
    }

    /** The public id of a reservation; left out for none. */
    void reservation(final String field, final long number) throws IOException {
        if (number > 0) {
            if (ids == null) {
                ids = view.newIds();
            }
            json.writeStringField(field, ids.idOf(number));
        }
    }

    /** A time; left out when it is not given. */
    void time(final String field, final long timeMs) throws IOException {
        if (timeMs != 0) {
            timeGiven(field, timeMs);
        }
    }

    void timeGiven(final String field, final long timeMs) throws IOException {
        json.writeStringField(field, TIME.format(Instant.ofEpochMilli(timeMs)));
    }

    /** A text; left out when it is empty. */
    void text(final String field, final String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(field, value);
        }
    }

    /** A 128-bit hash in hexadecimal; left out when it is not given. */
    void hash(final String field, final long hi, final long lo) throws IOException {
        if ((hi | lo) != 0) {
            json.writeStringField(field, String.format(Locale.ROOT, "%016x%016x", hi, lo));
        }
    }

    void flag(final String field, final int value) throws IOException {
        json.writeBooleanField(field, value != 0);
    }

    static String lowerCase(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
