package io.schap.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key as its holder knows it: {@code schap_sk_} or {@code schap_pk_} and 256 random bits in 43 characters of base64url.
 * The head tells a person, and a scanner for leaked secrets, what it is; and the server, before it looks anything up, that
 * the text cannot be a key.
 */
final class KeySecret {

    /** How long a key is, in ASCII characters. */
    static final int LENGTH = 52;

    private static final String SECRET_HEAD = "schap_sk_";
    private static final String PUBLISHABLE_HEAD = "schap_pk_";
    private static final int RANDOM_BYTES = 32;

    private KeySecret() {}

    static String newKey(final SecureRandom random, final boolean publishable) {
        final byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return (publishable ? PUBLISHABLE_HEAD : SECRET_HEAD)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(final String key) {
        return newDigest().digest(key.getBytes(StandardCharsets.US_ASCII));
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
