package io.schap.gateway.http;

import java.util.List;
import java.util.function.Supplier;

/**
 * Weak entity tags (RFC 9110, 8.8.3): two answers with one tag say the same, though {@code sequence} and {@code asOf} may
 * differ. A tag is 64 bits, into which everything is mixed that the answer shows.
 */
public final class EntityTags {

    /** What {@link #mix} begins with. */
    public static final long SEED = 0x9e37_79b9_7f4a_7c15L;

    private static final String IF_NONE_MATCH = "If-None-Match";
    private static final int NOT_MODIFIED = 304;
    private static final int DIGITS = 16;

    private EntityTags() {}

    /**
     * Mixes one more value in (the finalizer of MurmurHash3, which lets no value cancel another).
     *
     * @param tag   so far.
     * @param value to be mixed in.
     * @return the tag of both.
     */
    public static long mix(final long tag, final long value) {
        long mixed = (tag ^ value) * 0xff51_afd7_ed55_8ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ce_b9fe_1a85_ec53L;
        return mixed ^ mixed >>> 33;
    }

    /**
     * Mixes a text in.
     *
     * @param tag  so far.
     * @param text to be mixed in.
     * @return the tag of both.
     */
    public static long mix(final long tag, final String text) {
        long mixed = mix(tag, text.length());
        for (int i = 0; i < text.length(); i++) {
            mixed = mixed * 31 + text.charAt(i);
        }
        return mix(mixed, 0);
    }

    /**
     * The tag as a header carries it.
     *
     * @param tag any.
     * @return {@code W/"…"}, always of 20 characters.
     */
    public static String text(final long tag) {
        final String digits = Long.toHexString(tag);
        return "W/\"" + "0".repeat(DIGITS - digits.length()) + digits + '"';
    }

    /**
     * Answers with 304 who has this very answer already, and with the whole everybody else.
     *
     * @param request that may hold {@code If-None-Match}.
     * @param tag     of the answer.
     * @param caching what {@code Cache-Control} says, see {@link #caching}.
     * @param whole   makes it.
     * @return the reply, with its {@code ETag} and {@code Cache-Control}.
     */
    public static Reply reply(
            final Request request, final long tag, final String caching, final Supplier<Reply> whole) {
        final String text = text(tag);
        final List<String> held = request.headers().getAll(IF_NONE_MATCH);
        final Reply reply = !held.isEmpty() && isAmong(held, text) ? Reply.empty(NOT_MODIFIED) : whole.get();
        return reply.header("Cache-Control", caching).header("ETag", text);
    }

    /**
     * What {@code Cache-Control} says.
     *
     * @param seconds how long a cache may show an answer without asking again; 0 for never.
     * @return its value.
     */
    public static String caching(final int seconds) {
        return seconds == 0 ? "no-cache" : "max-age=" + seconds;
    }

    /** Whether one of the tags is this one, weak or not; a star stands for all, and what is no tag for none. */
    static boolean isAmong(final List<String> held, final String text) {
        final String opaque = text.substring(text.indexOf('"'));
        for (final String line : held) {
            if (line.strip().equals("*")) {
                return true;
            }
            int open = line.indexOf('"');
            while (open >= 0) {
                final int close = line.indexOf('"', open + 1);
                if (close > 0 && line.substring(open, close + 1).equals(opaque)) {
                    return true;
                }
                open = close < 0 ? -1 : line.indexOf('"', close + 1);
            }
        }
        return false;
    }
}
