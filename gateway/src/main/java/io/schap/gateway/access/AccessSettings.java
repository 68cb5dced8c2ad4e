package io.schap.gateway.access;

import java.nio.file.Path;
import java.util.List;

/**
 * What access is set up with.
 *
 * @param keys             the key file, which need not be there; null for a server that never has keys.
 * @param maxQuantityShown the largest quantity that a publishable key is shown, in units.
 * @param trustedProxies   addresses and networks of the proxies whose word is taken for who asks.
 * @param perKey           how often each key may ask.
 * @param perAddress       how often each address may ask with publishable keys.
 * @param certificate      the certificates in PEM, ours first; null for a server without TLS.
 * @param privateKey       the private key in PEM; null for a server without TLS.
 */
public record AccessSettings(
        Path keys,
        int maxQuantityShown,
        List<String> trustedProxies,
        Limit perKey,
        Limit perAddress,
        Path certificate,
        Path privateKey) {

    /** The largest quantity that a publishable key is shown, unless set otherwise. */
    public static final int MAX_QUANTITY_SHOWN = 10;

    /** Any number of requests. */
    public static final Limit NO_LIMIT = new Limit(0, 1);

    /** What an address may ask with publishable keys, unless set otherwise. */
    public static final Limit PER_ADDRESS = new Limit(100, 1_000);

    /** Without keys, proxies and TLS. */
    public static final AccessSettings DEFAULTS =
            new AccessSettings(null, MAX_QUANTITY_SHOWN, List.of(), NO_LIMIT, PER_ADDRESS, null, null);

    /**
     * How often somebody may ask.
     *
     * @param perSecond requests a second; 0 for any number.
     * @param burst     requests at once, from 1.
     */
    public record Limit(int perSecond, int burst) {

        TokenBucket.Rate rate() {
            return perSecond == 0 ? null : new TokenBucket.Rate(perSecond, burst);
        }
    }

    /**
     * The same settings with a key file.
     *
     * @param file of the keys.
     * @return settings.
     */
    public AccessSettings withKeys(final Path file) {
        return new AccessSettings(file, maxQuantityShown, trustedProxies, perKey, perAddress, certificate, privateKey);
    }

    /**
     * Checks what belongs together.
     *
     * @throws IllegalArgumentException that names what is wrong.
     */
    void check() {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException(
                    certificate == null
                            ? "tls.key is set and tls.certificate is not; TLS takes both"
                            : "tls.certificate is set and tls.key is not; TLS takes both");
        }
    }
}
