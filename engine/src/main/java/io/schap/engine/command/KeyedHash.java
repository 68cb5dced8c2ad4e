package io.schap.engine.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, and its
 * reference implementation). It stands for personal texts in state, and makes key hashes and fingerprints: without the
 * secret nobody can find a text by trying, or make two requests collide.
 *
 * <p>An instance holds its last result; it is for one thread.
 */
public final class KeyedHash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long secretHi;
    private final long secretLo;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long hi;
    private long lo;

    /**
     * A hash under a secret of 128 bits.
     *
     * @param secretHi the high half.
     * @param secretLo the low half.
     */
    public KeyedHash(final long secretHi, final long secretLo) {
        this.secretHi = secretHi;
        this.secretLo = secretLo;
    }

    /**
     * Hashes a run of bytes; {@link #hi()} and {@link #lo()} then hold the result.
     *
     * @param bytes  where the bytes lie.
     * @param offset of the first.
     * @param length how many; 0 is fine.
     * @return this.
     */
    public KeyedHash hash(final byte[] bytes, final int offset, final int length) {
        v0 = secretLo ^ 0x736f6d6570736575L;
        v1 = secretHi ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = secretLo ^ 0x6c7967656e657261L;
        v3 = secretHi ^ 0x7465646279746573L;
        final int words = length >>> 3;
        for (int i = 0; i < words; i++) {
            absorb((long) LONG.get(bytes, offset + (i << 3)));
        }
        long last = (long) length << 56;
        for (int i = words << 3; i < length; i++) {
            last |= (bytes[offset + i] & 0xffL) << ((i & 7) << 3);
        }
        absorb(last);
        v2 ^= 0xee;
        rounds(4);
        lo = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(4);
        hi = v0 ^ v1 ^ v2 ^ v3;
        return this;
    }

    /**
     * The high half of the last result.
     *
     * @return 64 bits.
     */
    public long hi() {
        return hi;
    }

    /**
     * The low half of the last result.
     *
     * @return 64 bits.
     */
    public long lo() {
        return lo;
    }

    private void absorb(final long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }

    private void rounds(final int count) {
        for (int i = 0; i < count; i++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
