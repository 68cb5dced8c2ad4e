package io.schap.gateway.cli.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The six commands of the demo, each on one line, so that it works as pasted into any shell. */
public final class DemoGuide {

    private static final String JSON = " -H 'Content-Type: application/json'";
    private static final int HELD = 2;

    private final DemoChain chain;
    private final URI server;
    private final Path ownSheet;

    /**
     * A step of the guide.
     *
     * @param says    what it shows.
     * @param command for a shell with curl and sed.
     */
    public record Step(String says, String command) {}

    /**
     * A guide to one server.
     *
     * @param chain    that it serves.
     * @param server   where.
     * @param ownSheet a small sheet of stock.
     */
    public DemoGuide(final DemoChain chain, final URI server, final Path ownSheet) {
        this.chain = chain;
        this.server = server;
        this.ownSheet = ownSheet;
    }

    /**
     * The steps, in order: the fifth uses a variable that the second sets.
     *
     * @return six.
     */
    public List<Step> steps() {
        final int left = DemoChain.SHOWN_ON_HAND - HELD;
        final String look = "curl -sw '\\n' '" + server + "/v1/stores/" + DemoChain.SHOWN_STORE + "/skus/"
                + chain.shownSku() + "/availability'";
        return List.of(
                new Step(
                        "Look: how many of \"" + chain.shownName() + "\" can shop " + DemoChain.SHOWN_STORE
                                + " (Utrecht) promise? " + DemoChain.SHOWN_ON_HAND + ".",
                        look),
                new Step(
                        "Hold " + HELD + " for a quarter of an hour, and keep the reservation's id in $id."
                                + " The key makes a repeat harmless.",
                        "hold=$(" + reserve("demo-hold", HELD) + ") && echo \"$hold\" && id=$(echo \"$hold\""
                                + " | sed 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/')"),
                new Step("Look again: " + left + ".", look),
                new Step(
                        "Ask too much: 409, and what was short.",
                        reserve("demo-too-much", DemoChain.SHOWN_ON_HAND + 4)),
                new Step(
                        "Hand over what is held.",
                        "curl -sw '\\n'" + JSON + " -d '{}' \"" + server + "/v1/reservations/$id/fulfil\""),
                new Step(
                        "Load your own sheet (this one makes a shop and an article, and has one bad line).",
                        "curl -sw '\\n' -H 'Content-Type: text/csv' -H \"Idempotency-Key: sheet-$(date +%s)\""
                                + " --data-binary @" + quoted(ownSheet.toString()) + " '" + server
                                + "/v1/imports/stock?create=true'"));
    }

    /**
     * What the own sheet holds: Dutch headers, a known cell, a new article, a new shop, and a number that is not one.
     *
     * @return lines of CSV.
     */
    public List<String> ownSheetLines() {
        return List.of(
                "filiaal;artikel;aantal",
                DemoChain.SHOWN_STORE + ";" + chain.shownSku() + ";25",
                DemoChain.SHOWN_STORE + ";NIEUW-1;12",
                "0043;" + chain.shownSku() + ";8",
                "0010;" + chain.articles().get(1).sku() + ";1.000");
    }

    private String reserve(final String key, final int quantity) {
        return "curl -sw '\\n' -H 'Idempotency-Key: " + key + "'" + JSON + " -d '{\"channel\":\"web\",\"store\":\""
                + DemoChain.SHOWN_STORE + "\",\"lines\":[{\"sku\":\"" + chain.shownSku() + "\",\"quantity\":" + quantity
                + "}]}' '" + server + "/v1/reservations'";
    }

    private static String quoted(final String path) {
        return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
