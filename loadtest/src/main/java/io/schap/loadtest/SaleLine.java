package io.schap.loadtest;

/**
 * One line of an invoice, as the tills and the web shop recorded it.
 *
 * @param number   its place in the file, from 0.
 * @param invoice  the invoice that it stands on.
 * @param cell     what was sold, and where.
 * @param channel  the sales channel.
 * @param quantity units sold; negative for units that came back.
 * @param customer the customer's number, empty for a walk-in.
 */
record SaleLine(int number, String invoice, CellName cell, String channel, int quantity, String customer) {

    /** Whether units came back. */
    boolean isReturn() {
        return quantity < 0;
    }
}
