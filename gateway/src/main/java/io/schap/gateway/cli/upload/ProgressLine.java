package io.schap.gateway.cli.upload;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One line on a terminal that says how far a file is: a bar, the share, and the rate. Elsewhere it says nothing. */
public final class ProgressLine implements AutoCloseable {

    private static final int BAR_CHARS = 30;
    private static final long EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double MEGABYTE = 1_000_000;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final String title;
    private final long bytes;
    private final boolean shown;
    private final long startNs;
    private long nextNs;

    private ProgressLine(final PrintWriter terminal, final String title, final long bytes, final boolean shown) {
        this.terminal = terminal;
        this.title = title;
        this.bytes = Math.max(1, bytes);
        this.shown = shown;
        this.startNs = System.nanoTime();
        this.nextNs = startNs + EVERY_NS;
    }

    /**
     * A line that shows nothing yet.
     *
     * @param terminal where it is drawn.
     * @param title    what it is about.
     * @param bytes    all there are.
     * @param shown    whether there is a terminal to draw on.
     * @return the line; close it to wipe it out.
     */
    public static ProgressLine of(
            final PrintWriter terminal, final String title, final long bytes, final boolean shown) {
        return new ProgressLine(terminal, title, bytes, shown);
    }

    /**
     * Draws, ten times a second at most.
     *
     * @param done bytes so far.
     */
    public synchronized void show(final long done) {
        final long nowNs = System.nanoTime();
        if (!shown || nowNs < nextNs) {
            return;
        }
        nextNs = nowNs + EVERY_NS;
        final double share = Math.min(1.0, (double) done / bytes);
        final int full = (int) (share * BAR_CHARS);
        final double seconds = (nowNs - startNs) / 1e9;
        terminal.print(CLEAR
                + String.format(
                        Locale.ROOT,
                        "%-9s [%s%s] %3.0f%% %,.1f MB/s%s",
                        title,
                        "=".repeat(full),
                        " ".repeat(BAR_CHARS - full),
                        100 * share,
                        done / MEGABYTE / seconds,
                        done >= bytes ? ", waiting for the answer" : ""));
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (shown) {
            terminal.print(CLEAR);
            terminal.flush();
        }
    }
}
