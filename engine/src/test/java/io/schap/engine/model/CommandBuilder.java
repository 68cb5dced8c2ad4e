package io.schap.engine.model;

import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What all builders of commands share: the envelope, and encoding into a buffer.
 *
 * @param <B> the builder itself.
 */
public abstract class CommandBuilder<B extends CommandBuilder<B>> {

    private int logicVersion = 1;
    private int channel = -1;
    private int actor;
    private long keyHi;
    private long keyLo;
    private long fingerprintHi;
    private long fingerprintLo;

    CommandBuilder() {}

    abstract B self();

    /** Encodes header and body at the offset; returns the length in bytes. */
    abstract int encodeAt(MutableDirectBuffer buffer, int offset, MessageHeaderEncoder header);

    /** The sales channel that asks, by index; -1, none, when not called. */
    public final B channel(final int index) {
        channel = index;
        return self();
    }

    /** The API key that asks; 0 when not called. */
    public final B actor(final int id) {
        actor = id;
        return self();
    }

    /** The hash of the idempotency key, from one number that is not 0; not keyed when not called. */
    public final B key(final long key) {
        return key(~key, key);
    }

    /** The hash of the idempotency key; both halves 0 is not keyed. */
    public final B key(final long hi, final long lo) {
        keyHi = hi;
        keyLo = lo;
        return self();
    }

    /** The fingerprint of the request; 0 when not called. */
    public final B fingerprint(final long fingerprint) {
        return fingerprint(~fingerprint, fingerprint);
    }

    /** The fingerprint of the request. */
    public final B fingerprint(final long hi, final long lo) {
        fingerprintHi = hi;
        fingerprintLo = lo;
        return self();
    }

    /** The logic version that the command was written for; 1 when not called. */
    public final B logicVersion(final int version) {
        logicVersion = version;
        return self();
    }

    /** The command, in a buffer of its own that it fills. */
    public final UnsafeBuffer encode() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
        final int length = encode(buffer, 0);
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    /** Encodes the command at an offset; returns its length in bytes. */
    public final int encode(final MutableDirectBuffer buffer, final int offset) {
        return encodeAt(buffer, offset, new MessageHeaderEncoder());
    }

    final void envelope(final EnvelopeEncoder envelope) {
        envelope.logicVersion(logicVersion)
                .channel((short) channel)
                .actor(actor)
                .keyHi(keyHi)
                .keyLo(keyLo)
                .fingerprintHi(fingerprintHi)
                .fingerprintLo(fingerprintLo);
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
