package io.schap.gateway.cli.demo;

import java.util.Locale;

/**
 * An article of the made-up chain.
 *
 * @param sku   its code.
 * @param name  what it is, in Dutch.
 * @param cents its price.
 * @param gtin  its bar code, 13 digits.
 */
record Article(String sku, String name, int cents, String gtin) {

    String price() {
        return cents / 100 + "." + String.format(Locale.ROOT, "%02d", cents % 100);
    }
}
