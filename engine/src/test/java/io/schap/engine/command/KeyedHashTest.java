package io.schap.engine.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors are those that the authors of SipHash publish: key 00 to 0f, message 00, 01, 02 and so on. */
final class KeyedHashTest {

    private final KeyedHash hash = new KeyedHash(0x0f0e_0d0c_0b0a_0908L, 0x0706_0504_0302_0100L);

    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "1, da87c1d86b99af44347659119b22fc45",
        "15, 5493e99933b0a8117e08ec0f97cfc3d9",
    })
    void shouldGiveTheReferenceVectors(final int length, final String expected) {
        final byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) i;
        }
        hash.hash(message, 0, length);
        final byte[] result = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.lo())
                .putLong(hash.hi())
                .array();
        assertEquals(expected, HexFormat.of().formatHex(result));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "7", "8", "9", "128"})
    void shouldDependOnEveryByteAndOnTheSecret(final int length) {
        final byte[] message = new byte[length + 2];
        hash.hash(message, 1, length);
        final long hi = hash.hi();
        final long lo = hash.lo();
        final KeyedHash other = new KeyedHash(1, 2).hash(message, 1, length);
        assertNotEquals(hi, other.hi());
        for (int i = 1; i <= length; i++) {
            message[i] = 1;
            hash.hash(message, 1, length);
            assertNotEquals(hi, hash.hi());
            assertNotEquals(lo, hash.lo());
            message[i] = 0;
        }
    }
}
