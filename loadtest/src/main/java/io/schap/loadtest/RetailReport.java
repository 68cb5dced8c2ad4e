package io.schap.loadtest;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run found. The run proves its point when {@link #isEqual()}.
 *
 * @param lines         lines played.
 * @param connections   requests under way at a time.
 * @param importTime    from the first byte of the first import to the last answer.
 * @param playTime      from the first line to the last, restarts included.
 * @param serverCpu     processor time of the server while lines were played, all its processes together.
 * @param kills         how often the server was killed on the way.
 * @param tally         what the server said.
 * @param model         what it ought to have said, all lines played.
 * @param cells         cells compared.
 * @param wrongOutcomes lines that the server judged differently, or refused with another number available.
 * @param wrongCells    cells whose units on hand differ.
 * @param stillReserved units that stayed reserved; none ought to.
 */
record RetailReport(
        int lines,
        int connections,
        Duration importTime,
        Duration playTime,
        Duration serverCpu,
        int kills,
        SaleTally tally,
        NaiveStock model,
        int cells,
        int wrongOutcomes,
        int wrongCells,
        long stillReserved) {

    /** Whether server and model agree on every line and every cell. */
    boolean isEqual() {
        return wrongOutcomes == 0
                && wrongCells == 0
                && stillReserved == 0
                && tally.granted() == model.granted()
                && tally.refused() == model.refused()
                && tally.returned() == model.returned();
    }

    /** Prints it, a line a fact. */
    void print(final PrintWriter out) {
        final double seconds = playTime.toNanos() / 1e9;
        final int requests = 2 * tally.granted() + tally.refused() + tally.returned();
        line(out, "imported in %.1f s", importTime.toNanos() / 1e9);
        line(out, "played %,d lines in %.1f s over %d connections", lines, seconds, connections);
        line(out, "throughput %,.0f lines/s, %,.0f requests/s", lines / seconds, requests / seconds);
        line(
                out,
                "server CPU %.1f s, %.0f us a request",
                serverCpu.toNanos() / 1e9,
                serverCpu.toNanos() / 1e3 / Math.max(1, requests));
        line(out, "granted %,d (model %,d)", tally.granted(), model.granted());
        line(out, "refused %,d (model %,d)", tally.refused(), model.refused());
        line(out, "returned %,d (model %,d)", tally.returned(), model.returned());
        line(
                out,
                "killed %d times; %,d requests cut, %,d put off, %,d answers replayed",
                kills,
                tally.cutConnections(),
                tally.putOff(),
                tally.replayed());
        line(out, "lines judged differently %,d", wrongOutcomes);
        line(out, "cells compared %,d, different %,d, units still reserved %,d", cells, wrongCells, stillReserved);
        line(out, isEqual() ? "EQUAL" : "DIFFERENT");
        out.flush();
    }

    private static void line(final PrintWriter out, final String format, final Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
