package io.schap.gateway.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The proxies whose word is taken for who asks. Anybody else's {@code X-Forwarded-For} is what anybody can write. */
final class TrustedProxies {

    private static final int MAX_HOPS = 32;

    private final List<Addresses.Network> networks;

    private TrustedProxies(final List<Addresses.Network> networks) {
        this.networks = networks;
    }

    /**
     * The proxies of a setting.
     *
     * @param setting addresses and networks.
     * @return the proxies.
     * @throws IllegalArgumentException that names the first that is neither.
     */
    static TrustedProxies of(final List<String> setting) {
        final List<Addresses.Network> networks = new ArrayList<>();
        for (final String text : setting) {
            final Addresses.Network network = Addresses.Network.parse(text);
            if (network == null) {
                throw new IllegalArgumentException("trustedProxies holds \"" + text
                        + "\"; it may hold addresses and networks, as 10.0.0.7, 10.0.0.0/8 or fd00::/8");
            }
            networks.add(network);
        }
        return new TrustedProxies(List.copyOf(networks));
    }

    boolean contains(final InetAddress address) {
        for (final Addresses.Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Who asks, where a trusted proxy forwards: the last address that is not itself a trusted proxy. What stands before it
     * was written by that address, and says nothing.
     *
     * @param connected the address that the connection is from.
     * @param forwarded the values of X-Forwarded-For.
     * @return an address; the last one that was understood.
     */
    InetAddress client(final InetAddress connected, final List<String> forwarded) {
        InetAddress client = connected;
        final List<String> hops = Addresses.parts(forwarded);
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MAX_HOPS) && contains(client); i--) {
            final InetAddress hop = Addresses.parse(withoutPort(hops.get(i)));
            if (hop == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    private static String withoutPort(final String hop) {
        final int bracket = hop.indexOf(']');
        if (bracket >= 0) {
            return hop.substring(0, bracket + 1);
        }
        final int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
