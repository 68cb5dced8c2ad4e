package io.schap.gateway.http;

import io.schap.engine.command.Limits;

/** What a code, a channel and a key may be made of. */
public final class Codes {

    /** What a store's or SKU's code may hold, as the end of "it may hold …". */
    public static final String CODE_RULE =
            "a code: 1 to 64 printable ASCII characters, spaces only inside, not . or ..";

    /** What a sales channel's name may hold. */
    public static final String CHANNEL_RULE = "a channel: 1 to 32 of a-z 0-9 . _ -";

    private Codes() {}

    /**
     * Whether a text may be the code of a store or SKU.
     *
     * @param text any text.
     * @return true if so.
     */
    public static boolean isCode(final String text) {
        final int length = text.length();
        if (length == 0 || length > Limits.MAX_CODE_BYTES || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            final char c = text.charAt(i);
            if (c < ' ' || c > 0x7e) {
                return false;
            }
        }
        return text.charAt(0) != ' ' && text.charAt(length - 1) != ' ';
    }

    /**
     * Whether a text may be the name of a sales channel.
     *
     * @param text any text.
     * @return true if so.
     */
    public static boolean isChannel(final String text) {
        final int length = text.length();
        for (int i = 0; i < length; i++) {
            final char c = text.charAt(i);
            final boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return length >= 1 && length <= Limits.MAX_CHANNEL_BYTES;
    }

    /**
     * A code out of a path.
     *
     * @param exchange whose path.
     * @param index    of the placeholder.
     * @param name     of it, for the fault.
     * @return the code.
     * @throws Refusal when it cannot be one.
     */
    public static String ofPath(final Exchange exchange, final int index, final String name) {
        final String code = exchange.pathValue(index);
        if (!isCode(code)) {
            final Faults faults = new Faults();
            faults.value("{" + name + "}", code, CODE_RULE);
            faults.check();
        }
        return code;
    }
}
