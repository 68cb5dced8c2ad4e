package io.schap.gateway.access;

import io.netty.handler.codec.http.HttpRequest;
import io.schap.gateway.http.Caller;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * One event loop's way to keys and limits; used on that loop only. {@link #admit} is for requests that are answered where
 * they lie and allocates nothing; {@link #visit} is for all others.
 */
public final class Gate {

    private static final int HASH_BYTES = 32;

    private final LiveKeys keys;
    private final AddressLimits perAddress;
    private final AuditLog audit;
    private final MessageDigest digest = KeySecret.newDigest();
    private final byte[] sent = new byte[KeySecret.LENGTH];
    private final byte[] hash = new byte[HASH_BYTES];
    private KeyTable admitting = KeyTable.OPEN;

    Gate(final LiveKeys keys, final AddressLimits perAddress, final AuditLog audit) {
        this.keys = keys;
        this.perAddress = perAddress;
        this.audit = audit;
    }

    /**
     * Whether nobody ever made a key: then anybody may do anything, from this machine, under a loopback {@code Host}.
     *
     * @return true if so.
     */
    public boolean isOpen() {
        return keys.table().isOpen();
    }

    /**
     * Admits a request that is answered where it lies. It checks the key, its origins, the route's needs and the limits, and
     * takes one request of them; the stores that a caller is bound to are for the handler.
     *
     * @param credentials of the request.
     * @param need        of the route.
     * @param peer        who is connected; null where that is not known, and then a publishable key goes the long way when
     *                    addresses are limited. Not for a request with {@code X-Forwarded-For} from a trusted proxy.
     * @return who asks; null for a request that has to go the long way, where it is refused with a reason, or admitted.
     */
    public Caller admit(final Credentials credentials, final RouteNeed need, final Peer peer) {
        final KeyTable table = keys.table();
        admitting = table;
        if (table.isOpen()) {
            return Caller.OPEN;
        }
        if (credentials.keyLength() != KeySecret.LENGTH) {
            return null;
        }
        System.arraycopy(credentials.bytes(), credentials.keyAt(), sent, 0, sent.length);
        final KeyTable.Entry entry = find(table);
        if (entry == null || !need.allows(entry.caller()) || !isFromItsOrigins(entry, credentials)) {
            return null;
        }
        final boolean publishable = entry.caller().isPublishable();
        if (credentials.isInQuery() && !publishable || publishable && peer == null && perAddress != null) {
            return null;
        }
        return waitNs(entry, peer == null ? 0 : peer.number()) > 0 ? null : entry.caller();
    }

    /**
     * The header lines that the answer to the request admitted last carries behind its own.
     *
     * @param credentials of that request.
     * @return lines with their ends, not to be changed; null for a request that has to go the long way.
     */
    public byte[] headerLines(final Credentials credentials) {
        return admitting.headerLines(credentials.bytes(), credentials.originAt(), credentials.originLength());
    }

    /**
     * Begins with a request that takes the long way.
     *
     * @param peer who is connected.
     * @param head of the request, well-formed or not.
     * @return what follows it to its answer.
     */
    public Visit visit(final Peer peer, final HttpRequest head) {
        return new Visit(this, peer, head);
    }

    private static boolean isFromItsOrigins(final KeyTable.Entry entry, final Credentials credentials) {
        return entry.origins() == null
                || credentials.originLength() == 0
                || entry.origins().indexOf(credentials.bytes(), credentials.originAt(), credentials.originLength())
                        >= 0;
    }

    /** The key of a text; null when it is none. */
    KeyTable.Entry find(final KeyTable table, final String key) {
        if (key.length() != KeySecret.LENGTH) {
            return null;
        }
        for (int i = 0; i < sent.length; i++) {
            final char c = key.charAt(i);
            sent[i] = (byte) (c > 0x7e ? 0 : c);
        }
        return find(table);
    }

    private KeyTable.Entry find(final KeyTable table) {
        digest.update(sent);
        try {
            digest.digest(hash, 0, HASH_BYTES);
        } catch (final DigestException e) {
            throw new IllegalStateException("a hash of SHA-256 has 32 bytes", e);
        }
        return table.find(hash);
    }

    /**
     * Takes one request of the limits.
     *
     * @param entry   the key.
     * @param address who asks.
     * @return 0 when it is within them, else how long until one is, in nanoseconds.
     */
    long waitNs(final KeyTable.Entry entry, final long address) {
        final boolean counted = perAddress != null && entry.caller().isPublishable();
        if (!counted && entry.limit() == null) {
            return 0;
        }
        final long nowNs = System.nanoTime();
        final long waitNs = counted ? perAddress.take(address, nowNs) : 0;
        return waitNs > 0 || entry.limit() == null ? waitNs : entry.limit().take(nowNs);
    }

    KeyTable table() {
        return keys.table();
    }

    AuditLog audit() {
        return audit;
    }
}
