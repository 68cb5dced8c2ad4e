package io.schap.gateway.access;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Addresses as texts and as numbers, and networks of them. Names are never looked up. */
final class Addresses {

    private static final long IPV4_PREFIX = 0xffffL << 32;

    private Addresses() {}

    /**
     * The address of a text.
     *
     * @param text an address of IPv4, or of IPv6 with or without brackets.
     * @return null when it is none.
     */
    static InetAddress parse(final String text) {
        final boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return NetUtil.createInetAddressFromIpAddressString(bracketed ? text.substring(1, text.length() - 1) : text);
    }

    /**
     * What stands for an address where many are counted: all of IPv4, the first 64 bits of IPv6, which is what one
     * customer has.
     */
    static long number(final InetAddress address) {
        final ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? IPV4_PREFIX | bytes.getInt() & 0xffffffffL : bytes.getLong();
    }

    /** A network: the addresses that share its first bits. */
    record Network(InetAddress address, int bits) {

        /** The network of a text, {@code ADDRESS} or {@code ADDRESS/BITS}; null when it is none. */
        static Network parse(final String text) {
            final int slash = text.indexOf('/');
            final InetAddress address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                return null;
            }
            final int most = address.getAddress().length * Byte.SIZE;
            if (slash < 0) {
                return new Network(address, most);
            }
            final String bits = text.substring(slash + 1);
            if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
                return null;
            }
            return new Network(address, Integer.parseInt(bits));
        }

        boolean contains(final InetAddress other) {
            final byte[] ours = address.getAddress();
            final byte[] theirs = other.getAddress();
            if (ours.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                final int shift = 7 - bit % Byte.SIZE;
                if ((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) >> shift << 31 != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * The parts of a list with commas.
     *
     * @param values header values, or one setting.
     * @return without space around them, empty ones left out.
     */
    static List<String> parts(final List<String> values) {
        final List<String> parts = new ArrayList<>();
        for (final String value : values) {
            for (final String part : value.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
        }
        return parts;
    }
}
