package io.schap.gateway.command;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.gateway.http.JsonValue;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Request;
import java.nio.charset.StandardCharsets;

/**
 * What makes a request the same one again: the hash of its key, and a fingerprint of what it asks. For one thread.
 *
 * <pre>
 *   key hash     = H(actor i32 | part i32 | key)                       big endian, under the chain's text secret
 *   fingerprint  = H(method | 0 | path | 0 | query | 0 | canonical body)
 * </pre>
 */
public final class RequestKeys {

    private static final String HEADER = "Idempotency-Key";
    private static final int MAX_KEY_CHARS = 128;
    private static final short LOGIC_VERSION = 1;

    private final KeyedHash hash;
    private final CanonicalBytes bytes = new CanonicalBytes();

    /**
     * Keys of one chain.
     *
     * @param hash under the chain's text secret.
     */
    public RequestKeys(final KeyedHash hash) {
        this.hash = hash;
    }

    /**
     * The key that a request brings.
     *
     * @param request to look at.
     * @param needed  whether it must have one.
     * @return the key as sent, null for none.
     * @throws io.schap.gateway.http.Refusal when it is needed and missing, or malformed.
     */
    public static String keyOf(final Request request, final boolean needed) {
        final String key = request.header(HEADER);
        if (key == null) {
            if (needed) {
                throw Problem.refusal(
                        ProblemCode.IDEMPOTENCY_KEY_MISSING,
                        "header Idempotency-Key is missing; it may hold 1 to 128 printable ASCII characters");
            }
            return null;
        }
        boolean printable = !key.isEmpty() && key.length() <= MAX_KEY_CHARS;
        for (int i = 0; i < key.length() && printable; i++) {
            printable = key.charAt(i) >= ' ' && key.charAt(i) <= 0x7e;
        }
        if (!printable) {
            throw Problem.invalid(
                    HEADER + ":",
                    "header Idempotency-Key holds " + key.length()
                            + " characters; it may hold 1 to 128 printable ASCII characters");
        }
        return key;
    }

    /**
     * The key and fingerprint of a request.
     *
     * @param request as sent.
     * @param body    as parsed; null for none.
     * @param key     as sent; null for none.
     * @return what goes into the envelopes of its commands.
     */
    RequestKey of(final Request request, final JsonValue.Members body, final String key) {
        if (key == null) {
            return new RequestKey(request.caller().actor(), null, 0, 0);
        }
        bytes.clear().text(request.method()).text(request.path()).text(request.query());
        if (body != null) {
            bytes.value(body);
        }
        hash.hash(bytes.array(), 0, bytes.length());
        return new RequestKey(request.caller().actor(), key, hash.hi(), hash.lo());
    }

    /**
     * Fills an envelope.
     *
     * @param envelope of a command.
     * @param key      of its request.
     * @param part     of the request that the command is, from 0.
     * @param channel  index of the sales channel, -1 for none.
     */
    void fill(final EnvelopeEncoder envelope, final RequestKey key, final int part, final int channel) {
        envelope.logicVersion(LOGIC_VERSION).channel((short) channel).actor(key.actor());
        if (key.key() == null) {
            envelope.keyHi(0).keyLo(0).fingerprintHi(0).fingerprintLo(0);
        } else {
            hashKey(key.actor(), key.key(), part);
            envelope.keyHi(hash.hi())
                    .keyLo(hash.lo())
                    .fingerprintHi(key.fingerprintHi())
                    .fingerprintLo(key.fingerprintLo());
        }
    }

    /**
     * Hashes a key; the result is in the hash that was given.
     *
     * @param actor who sends it.
     * @param key   as sent.
     * @param part  of the request, from 0.
     */
    public void hashKey(final int actor, final String key, final int part) {
        bytes.clear().number(actor).number(part).raw(key.getBytes(StandardCharsets.US_ASCII));
        hash.hash(bytes.array(), 0, bytes.length());
    }
}
