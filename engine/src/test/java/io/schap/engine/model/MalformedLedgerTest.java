package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.state.LedgerSettings;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that are no command: refused, without an exception and without a trace. */
@EveryLedger
final class MalformedLedgerTest extends LedgerFixture {

    private final LedgerKind kind;

    MalformedLedgerTest(final LedgerKind kind) {
        super(kind);
        this.kind = kind;
    }

    private static List<CommandBuilder<?>> oneOfEach() {
        return List.of(
                Commands.genesis(),
                Commands.configure(SETTINGS),
                Commands.upgrade(2),
                Commands.tick(),
                Commands.putChannel("web"),
                Commands.putStore("0042").name("Utrecht").country("NL"),
                Commands.putSku("85123A").name("White heart").gtins(7).price("2.55"),
                Commands.setPolicy(0, 0).safetyStock(1),
                Commands.movements().receipt(0, 0, 1).reason("a").sale(0, 0, 1).owner("b", 1, 1),
                Commands.reserve().line(0, 0, 1).line(1, 0, 1).owner("cart", 1, 1),
                Commands.confirm(1).payment("pay", 1, 1),
                Commands.extend(1).hold(60),
                Commands.fulfil(1).line(0, 0, 1),
                Commands.release(1).line(0, 0, 1).reason("no", 1, 1));
    }

    @Test
    void shouldRefuseEverythingBeforeGenesis() {
        final LedgerDoor empty = kind.open();
        long number = 0;
        for (final CommandBuilder<?> command : oneOfEach().subList(1, 14)) {
            final UnsafeBuffer encoded = command.encode();
            number++;
            final Answer answer = empty.apply(number, nowMs, encoded, 0, encoded.capacity());
            assertEquals(new Answer.Head(ResultCode.MALFORMED, 0, number, nowMs), answer.head());
            assertEquals(List.of(), empty.effects());
        }
        assertEquals(new LedgerState.Clock(number, nowMs, 1), empty.state(0).clock());
        final UnsafeBuffer genesis = Commands.genesis(SETTINGS).encode();
        assertEquals(
                ResultCode.OK,
                empty.apply(number + 1, nowMs, genesis, 0, genesis.capacity()).code());
        assertEquals(List.of(new Effect.SettingsChanged(null, SETTINGS)), empty.effects());
        empty.check();
    }

    @Test
    void shouldRefuseGenesisWithSettingsOutOfBounds() {
        final LedgerDoor empty = kind.open();
        final UnsafeBuffer wrong = Commands.genesis(new LedgerSettings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .encode();
        assertEquals(
                ResultCode.MALFORMED,
                empty.apply(1, nowMs, wrong, 0, wrong.capacity()).code());
        assertEquals(null, empty.state(0).settings());
    }

    @Test
    void shouldRefuseACommandCutOffAnywhere() {
        stock(0, 0, 5);
        make(Commands.reserve().line(0, 0, 2));
        final LedgerState before = state();
        for (final CommandBuilder<?> command : oneOfEach()) {
            final UnsafeBuffer encoded = command.encode();
            for (int length = 0; length < encoded.capacity(); length++) {
                assertMalformed(encoded, length);
                assertMalformed(new UnsafeBuffer(encoded, 0, length), length);
            }
        }
        assertSameBut(before);
    }

    @Test
    void shouldRefuseBytesAfterTheEnd() {
        for (final CommandBuilder<?> command : oneOfEach()) {
            final UnsafeBuffer encoded = command.encode();
            final UnsafeBuffer longer = new UnsafeBuffer(new byte[encoded.capacity() + 1]);
            longer.putBytes(0, encoded, 0, encoded.capacity());
            assertMalformed(longer, longer.capacity());
        }
    }

    @Test
    void shouldRefuseACommandLongerThanASlot() {
        final UnsafeBuffer longest = new UnsafeBuffer(new byte[Limits.MAX_COMMAND_BYTES + 1]);
        final UnsafeBuffer encoded = Commands.tick().encode();
        longest.putBytes(0, encoded, 0, encoded.capacity());
        assertMalformed(longest, longest.capacity());
        assertMalformed(longest, longest.capacity() - 1);
    }

    @Test
    void shouldRefuseAnotherSchemaVersionOrTemplate() {
        for (final int[] header :
                new int[][] {{0, 7, 0}, {15, 7, 0}, {101, 7, 0}, {4, 6, 0}, {4, 7, 1}, {65_535, 7, 0}}) {
            final UnsafeBuffer encoded = Commands.tick().encode();
            new MessageHeaderEncoder()
                    .wrap(encoded, 0)
                    .templateId(header[0])
                    .schemaId(header[1])
                    .version(header[2]);
            assertMalformed(encoded, encoded.capacity());
        }
    }

    @Test
    void shouldRefuseAnotherBlockLength() {
        for (final CommandBuilder<?> command : oneOfEach()) {
            final UnsafeBuffer encoded = command.encode();
            final short length = encoded.getShort(0);
            for (final int other : new int[] {0, length - 1, length + 1, 65_535}) {
                encoded.putShort(0, (short) other);
                assertMalformed(encoded, encoded.capacity());
            }
        }
    }

    @Test
    void shouldReadACommandAtAnyOffset() {
        stock(0, 0, 5);
        final UnsafeBuffer encoded =
                Commands.reserve().line(0, 0, 2).owner("é", 1, 1).encode();
        for (int offset = 1; offset < 9; offset += 3) {
            final UnsafeBuffer elsewhere = new UnsafeBuffer(new byte[200]);
            elsewhere.putBytes(offset, encoded, 0, encoded.capacity());
            sequence++;
            final Answer answer = ledger.apply(sequence, nowMs, elsewhere, offset, encoded.capacity());
            assertEquals(offset < 7 ? ResultCode.CREATED : ResultCode.INSUFFICIENT_STOCK, answer.code());
        }
    }

    @Test
    void shouldSurviveRandomBytes() {
        final Random random = new Random(20_110);
        final LedgerState before = state();
        for (int i = 0; i < 2_000; i++) {
            final byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            final DirectBuffer noise = new UnsafeBuffer(bytes);
            if (bytes.length >= 8 && i % 2 == 0) {
                new MessageHeaderEncoder()
                        .wrap(new UnsafeBuffer(bytes), 0)
                        .templateId(1 + random.nextInt(14))
                        .schemaId(7)
                        .version(0);
            }
            assertMalformed(noise, bytes.length);
        }
        assertSameBut(before);
    }

    /** The state is as it was, but for sequence and time. */
    private void assertSameBut(final LedgerState before) {
        final LedgerState after = state();
        assertEquals(before.cells(), after.cells());
        assertEquals(before.kept(), after.kept());
        assertEquals(before.settings(), after.settings());
        assertEquals(before.stores(), after.stores());
        assertEquals(before.skus(), after.skus());
        assertEquals(before.channels(), after.channels());
        assertEquals(before.policies(), after.policies());
        assertEquals(before.reservations(), after.reservations());
    }
}
