package io.schap.engine.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {

    private static final JournalId ID = JournalFixture.ID;

    private final BatchEncoder encoder = new BatchEncoder(ID, BatchLayout.MAX_BATCH_BYTES);
    private final BatchDecoder decoder = new BatchDecoder(ID);

    @Test
    void shouldGiveBackWhatWentIn() {
        final Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            final byte[][] commands = new byte[1 + random.nextInt(40)][];
            encoder.begin(7, 1_000 + round, 5_000 + round, ~round);
            for (int i = 0; i < commands.length; i++) {
                commands[i] = new byte[1 + random.nextInt(300)];
                random.nextBytes(commands[i]);
                assertTrue(encoder.append(new UnsafeBuffer(commands[i]), 0, commands[i].length));
            }
            final int length = encoder.finish();
            assertTrue(decoder.tryWrap(encoder.buffer(), 0, length, true), decoder.fault());
            assertEquals(7, decoder.epoch());
            assertEquals(1_000 + round, decoder.firstSequence());
            assertEquals(1_000 + round + commands.length - 1, decoder.lastSequence());
            assertEquals(5_000 + round, decoder.timeMs());
            assertEquals(~round, decoder.stateHashBefore());
            for (int i = 0; i < commands.length; i++) {
                assertTrue(decoder.next());
                assertEquals(1_000 + round + i, decoder.sequence());
                assertArrayEquals(commands[i], present());
            }
            assertFalse(decoder.next());
        }
    }

    private byte[] present() {
        final byte[] bytes = new byte[decoder.commandLength()];
        decoder.buffer().getBytes(decoder.commandOffset(), bytes);
        return bytes;
    }

    @Test
    void shouldKeepItsGoldenBytes() throws IOException {
        final byte[] golden = golden("batch-1.hex");
        encodeGolden();
        final byte[] actual = new byte[encoder.length()];
        encoder.buffer().getBytes(0, actual);
        assertEquals(HexFormat.of().formatHex(golden), HexFormat.of().formatHex(actual));

        assertTrue(decoder.tryWrap(new UnsafeBuffer(golden), 0, golden.length, true), decoder.fault());
        assertEquals(3, decoder.epoch());
        assertEquals(42, decoder.firstSequence());
        assertTrue(decoder.next());
        assertArrayEquals("reserve".getBytes(StandardCharsets.US_ASCII), present());
        assertTrue(decoder.next());
        assertArrayEquals("fulfil!!".getBytes(StandardCharsets.US_ASCII), present());
        assertFalse(decoder.next());
    }

    private void encodeGolden() {
        encoder.begin(3, 42, 1_700_000_000_123L, 0x1122_3344_5566_7788L);
        encoder.append(new UnsafeBuffer("reserve".getBytes(StandardCharsets.US_ASCII)), 0, 7);
        encoder.append(new UnsafeBuffer("fulfil!!".getBytes(StandardCharsets.US_ASCII)), 0, 8);
        encoder.finish();
    }

    @Test
    void shouldKeepTheEpochRecordsGoldenBytes() throws IOException {
        final EpochRecord record = new EpochRecord(
                2, ID, 1_700_000_000_000L, 41, 1_699_999_999_999L, -5, 96, 64 << 20, Durability.DISK, 1, 1 << 20);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EpochLayout.LENGTH]);
        EpochLayout.encode(record, buffer, 0);
        final byte[] golden = golden("epoch-1.hex");
        assertEquals(HexFormat.of().formatHex(golden), HexFormat.of().formatHex(buffer.byteArray()));
        assertNull(EpochLayout.faultOf(new UnsafeBuffer(golden), 0, golden.length));
        assertEquals(record, EpochLayout.decode(new UnsafeBuffer(golden), 0));
    }

    static byte[] golden(final String name) throws IOException {
        try (InputStream in = BatchCodecTest.class.getResourceAsStream(name)) {
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        }
    }

    @Test
    void shouldRefuseEveryFlippedBit() {
        encodeGolden();
        final byte[] bytes = new byte[encoder.length()];
        encoder.buffer().getBytes(0, bytes);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(decoder.tryWrap(new UnsafeBuffer(bytes), 0, bytes.length, true), "bit=" + bit);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void shouldRefuseEveryFlippedBitOfAnEpochRecord() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[EpochLayout.LENGTH]);
        EpochLayout.encode(new EpochRecord(1, ID, 2, 3, 4, 5, 0, 6, Durability.MEMORY, 7, 8), buffer, 0);
        for (int bit = 0; bit < EpochLayout.LENGTH * 8; bit++) {
            buffer.putByte(bit / 8, (byte) (buffer.getByte(bit / 8) ^ 1 << bit % 8));
            assertTrue(EpochLayout.faultOf(buffer, 0, EpochLayout.LENGTH) != null, "bit=" + bit);
            buffer.putByte(bit / 8, (byte) (buffer.getByte(bit / 8) ^ 1 << bit % 8));
        }
    }

    @Test
    void shouldRefuseABatchThatWasCutShort() {
        encodeGolden();
        for (int length = 0; length < encoder.length(); length++) {
            assertFalse(decoder.tryWrap(encoder.buffer(), 0, length, true));
            assertFalse(decoder.tryWrap(encoder.buffer(), 0, length, false));
        }
        assertFalse(decoder.tryWrap(encoder.buffer(), 0, encoder.length() + 4, true));
        assertTrue(decoder.tryWrap(encoder.buffer(), 0, encoder.length() + 4, false));
    }

    @Test
    void shouldRefuseABatchOfAnotherJournal() {
        encodeGolden();
        final BatchDecoder other = new BatchDecoder(new JournalId(ID.hi(), ID.lo() + 1));
        assertFalse(other.tryWrap(encoder.buffer(), 0, encoder.length(), true));
        assertTrue(other.fault().contains("checksum"), other.fault());
    }

    @Test
    void shouldNeverTakeGarbageForABatch() {
        final long seed = JournalFixture.seed("shouldNeverTakeGarbageForABatch");
        final Random random = new Random(seed);
        final byte[] bytes = new byte[4_096];
        for (int round = 0; round < 20_000; round++) {
            random.nextBytes(bytes);
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            buffer.putLong(BatchLayout.MAGIC_OFFSET, BatchLayout.MAGIC);
            buffer.putInt(BatchLayout.VERSION_OFFSET, BatchLayout.FORMAT_VERSION);
            buffer.putInt(BatchLayout.LENGTH_OFFSET, random.nextInt(5_000) - 100);
            assertFalse(decoder.tryWrap(buffer, 0, random.nextInt(bytes.length + 1), random.nextBoolean()));
        }
    }

    @Test
    void shouldSayWhenItIsFullAndStayAsItWas() {
        final BatchEncoder small = new BatchEncoder(ID, 128);
        final UnsafeBuffer command = new UnsafeBuffer(new byte[30]);
        small.begin(1, 1, 0, 0);
        assertTrue(small.append(command, 0, 30));
        final int length = small.length();
        assertTrue(small.append(command, 0, 28));
        assertFalse(small.append(command, 0, 30));
        assertEquals(2, small.count());
        assertEquals(length + 32, small.length());
        assertTrue(decoder.tryWrap(small.buffer(), 0, small.finish(), true), decoder.fault());
    }

    @Test
    void shouldRefuseToBeUsedOutOfTurn() {
        final UnsafeBuffer command = new UnsafeBuffer(new byte[8]);
        assertThrows(IllegalStateException.class, () -> encoder.append(command, 0, 8));
        assertThrows(IllegalStateException.class, encoder::finish);
        encoder.begin(1, 1, 0, 0);
        assertThrows(IllegalStateException.class, encoder::finish);
        assertThrows(IllegalArgumentException.class, () -> encoder.append(command, 0, 0));
        encoder.append(command, 0, 8);
        encoder.finish();
        assertThrows(IllegalStateException.class, encoder::finish);
        assertThrows(IllegalArgumentException.class, () -> new BatchEncoder(ID, BatchLayout.HEADER_BYTES));
        assertThrows(IllegalArgumentException.class, () -> new BatchEncoder(ID, BatchLayout.MAX_BATCH_BYTES + 1));
    }
}
