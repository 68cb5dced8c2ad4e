package io.schap.engine.command;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The public ids of reservations: one AES-128 block of the number under the chain's id secret, as 26 characters of
 * Crockford's base 32 in lower case. The same number has the same id on every replay; no id can be guessed from another;
 * and the number is found from the id without a map.
 *
 * <p>For one thread: a cipher holds state.
 */
public final class ReservationIds {

    /** Characters of an id. */
    public static final int LENGTH = 26;

    /** What {@link #numberOf} returns for a text that is no id of this chain. */
    public static final long NOT_AN_ID = -1;

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final byte[] VALUES = valuesOfDigits();
    private static final long CHECK = 0x5363_6861_7052_6573L;

    private final Cipher encryptor;
    private final Cipher decryptor;
    private final byte[] plain = new byte[16];
    private final byte[] sealed = new byte[16];

    /**
     * Ids under a secret of 128 bits.
     *
     * @param secretHi the high half.
     * @param secretLo the low half.
     */
    public ReservationIds(final long secretHi, final long secretLo) {
        final byte[] key =
                ByteBuffer.allocate(16).putLong(secretHi).putLong(secretLo).array();
        try {
            encryptor = Cipher.getInstance("AES/ECB/NoPadding");
            decryptor = Cipher.getInstance("AES/ECB/NoPadding");
            encryptor.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            decryptor.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("AES is not available in this JVM", e);
        }
    }

    /**
     * The id of a number.
     *
     * @param number of a reservation, from 1.
     * @return its id, {@link #LENGTH} characters.
     */
    public String idOf(final long number) {
        ByteBuffer.wrap(plain).putLong(number).putLong(CHECK);
        transform(encryptor, plain, sealed);
        final ByteBuffer block = ByteBuffer.wrap(sealed);
        final long hi = block.getLong();
        final long lo = block.getLong();
        final char[] text = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            text[LENGTH - 1 - i] = DIGITS[fiveBits(hi, lo, i * 5)];
        }
        return new String(text);
    }

    /**
     * The number of an id.
     *
     * @param id any text.
     * @return the number, or {@link #NOT_AN_ID} where the text is no id that this secret made.
     */
    public long numberOf(final CharSequence id) {
        if (id.length() != LENGTH) {
            return NOT_AN_ID;
        }
        long hi = 0;
        long lo = 0;
        for (int i = 0; i < LENGTH; i++) {
            final char digit = id.charAt(i);
            final int value = digit < VALUES.length ? VALUES[digit] : -1;
            if (value < 0 || i == 0 && value > 7) {
                return NOT_AN_ID;
            }
            hi = hi << 5 | lo >>> 59;
            lo = lo << 5 | value;
        }
        ByteBuffer.wrap(sealed).putLong(hi).putLong(lo);
        transform(decryptor, sealed, plain);
        final ByteBuffer block = ByteBuffer.wrap(plain);
        final long number = block.getLong();
        return block.getLong() == CHECK && number > 0 ? number : NOT_AN_ID;
    }

    private static int fiveBits(final long hi, final long lo, final int shift) {
        final long bits;
        if (shift >= 64) {
            bits = hi >>> shift - 64;
        } else if (shift > 59) {
            bits = lo >>> shift | hi << 64 - shift;
        } else {
            bits = lo >>> shift;
        }
        return (int) bits & 31;
    }

    private static void transform(final Cipher cipher, final byte[] from, final byte[] to) {
        try {
            cipher.doFinal(from, 0, from.length, to, 0);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("one AES block could not be transformed", e);
        }
    }

    private static byte[] valuesOfDigits() {
        final byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }
}
