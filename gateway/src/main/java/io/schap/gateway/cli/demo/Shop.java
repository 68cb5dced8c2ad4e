package io.schap.gateway.cli.demo;

/**
 * A shop or warehouse of the made-up chain.
 *
 * @param code      its store code.
 * @param city      where it is.
 * @param country   NL or BE.
 * @param latitude  of the city's centre, degrees as text.
 * @param longitude of the city's centre, degrees as text.
 * @param breadth   how much of the range it carries, per cent; 0 for a warehouse, which carries all.
 */
record Shop(String code, String city, String country, String latitude, String longitude, int breadth) {

    boolean isWarehouse() {
        return breadth == 0;
    }
}
