package io.schap.loadtest;

import java.util.Arrays;

/**
 * What the server said of each line, and what it took to hear it. Written by the player's event loop; read after the
 * player is done.
 */
final class SaleTally {

    private static final int UNANSWERED = Integer.MIN_VALUE;

    private final int[] shortages;
    private int granted;
    private int refused;
    private int returned;
    private int replayed;
    private int cutConnections;
    private int putOff;

    SaleTally(final int lines) {
        shortages = new int[lines];
        Arrays.fill(shortages, UNANSWERED);
    }

    /** The line's units were reserved and handed over. */
    void grant(final SaleLine line) {
        granted++;
        shortages[line.number()] = NaiveStock.NOT_SHORT;
    }

    /** The line was refused with so many units available. */
    void refuse(final SaleLine line, final int available) {
        refused++;
        shortages[line.number()] = available;
    }

    /** The line's units came back. */
    void takeBack(final SaleLine line) {
        returned++;
        shortages[line.number()] = NaiveStock.NOT_SHORT;
    }

    /** An answer was a remembered one: the request had been carried out before. */
    void countReplayed() {
        replayed++;
    }

    /** A connection was cut, or not to be had, with a request to be sent again. */
    void countCut() {
        cutConnections++;
    }

    /** The server asked to send a request again later (429, 503 or 507). */
    void countPutOff() {
        putOff++;
    }

    /** Lines whose outcome is not the expected one, see {@link NaiveStock#playAll}. */
    int differencesFrom(final int[] expected) {
        int differences = 0;
        for (int i = 0; i < expected.length; i++) {
            if (shortages[i] != expected[i]) {
                differences++;
            }
        }
        return differences;
    }

    int granted() {
        return granted;
    }

    int refused() {
        return refused;
    }

    int returned() {
        return returned;
    }

    int replayed() {
        return replayed;
    }

    int cutConnections() {
        return cutConnections;
    }

    int putOff() {
        return putOff;
    }
}
