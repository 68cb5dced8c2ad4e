package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one cell that everybody wants, as it is asked over HTTP. */
final class Shop {

    private static final String STORE = "0042";
    private static final String SKU = "85123A";
    private static final Pattern RESERVED = Pattern.compile("\"reserved\":(\\d+)");

    private Shop() {}

    /** Lays the last units on the shelf. */
    static void open(final Connection server, final int units) throws IOException {
        expectDone(server.exchange("PUT", "/v1/stores/" + STORE, "", "{\"name\":\"Utrecht\",\"kind\":\"shop\"}"));
        expectDone(server.exchange("PUT", "/v1/skus/" + SKU, "", "{\"name\":\"The last of its kind\"}"));
        final String count = "{\"movements\":[{\"type\":\"count\",\"store\":\"" + STORE + "\",\"sku\":\"" + SKU
                + "\",\"quantity\":" + units + "}]}";
        expectDone(server.exchange("POST", "/v1/stock/movements", "the-count", count));
    }

    /** One shopper asks for one unit, with the key that is the shopper's own. */
    static Answer ask(final Connection server, final String channel, final String key) throws IOException {
        final String body = "{\"channel\":\"" + channel + "\",\"store\":\"" + STORE
                + "\",\"holdSeconds\":3600,\"owner\":\"" + key + "\",\"lines\":[{\"sku\":\"" + SKU
                + "\",\"quantity\":1}]}";
        return server.exchange("POST", "/v1/reservations", key, body);
    }

    /** Whether a reservation can be read and is held. */
    static boolean isHeld(final Connection server, final String reservation) throws IOException {
        final Answer answer = server.exchange("GET", "/v1/reservations/" + reservation, "", "");
        return answer.status() == 200 && answer.body().contains("\"state\":\"HELD\"");
    }

    /** The units that the cell says are reserved. */
    static int reserved(final Connection server) throws IOException {
        final Answer answer = server.exchange("GET", "/v1/stores/" + STORE + "/skus/" + SKU + "/stock", "", "");
        expectDone(answer);
        final Matcher found = RESERVED.matcher(answer.body());
        if (!found.find()) {
            throw new IOException("a cell without \"reserved\": " + answer);
        }
        return Integer.parseInt(found.group(1));
    }

    private static void expectDone(final Answer answer) throws IOException {
        if (answer.status() != 200 && answer.status() != 201) {
            throw new IOException("unexpected answer: " + answer);
        }
    }
}
