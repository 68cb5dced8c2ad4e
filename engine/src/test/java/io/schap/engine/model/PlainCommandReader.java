package io.schap.engine.model;

import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.state.LedgerSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Reads a command byte by byte as the schema lays it out, without the generated codec, and checks what needs no state. Bytes
 * that are not laid out as a command are none; values out of bounds make an {@link PlainCommand.Impossible} one.
 */
final class PlainCommandReader {

    private static final int SCHEMA_ID = MessageHeaderDecoder.SCHEMA_ID;
    private static final int ENVELOPE_BYTES = 40;
    private static final int SETTINGS_BYTES = 48;
    private static final int FIRST_OF_CLIENTS = 5;

    /** Says that the bytes are not laid out as a command. */
    private static final class NoCommand extends Exception {
        private static final long serialVersionUID = 1;

        private NoCommand(final String what) {
            super(what, null, false, false);
        }
    }

    private final ByteBuffer bytes;
    private PlainCommand.Envelope envelope;
    private boolean isPossible = true;

    private PlainCommandReader(final ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The command, or nothing when the bytes are not laid out as one. */
    static Optional<PlainCommand> read(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        try {
            final PlainCommandReader reader =
                    new PlainCommandReader(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN));
            lay(length <= Limits.MAX_COMMAND_BYTES, "length");
            final PlainCommand command = reader.command();
            lay(!reader.bytes.hasRemaining(), "bytes after the end");
            return Optional.of(command);
        } catch (final NoCommand noCommand) {
            return Optional.empty();
        }
    }

    private PlainCommand command() throws NoCommand {
        final int blockLength = u16();
        final int templateId = u16();
        lay(u16() == SCHEMA_ID, "schema");
        lay(u16() == 0, "version");
        final PlainCommand command = body(templateId, blockLength);
        return isPossible ? command : new PlainCommand.Impossible(envelope, templateId >= FIRST_OF_CLIENTS);
    }

    private PlainCommand body(final int templateId, final int blockLength) throws NoCommand {
        return switch (templateId) {
            case 1 -> genesis(blockLength);
            case 2 -> configure(blockLength);
            case 3 -> upgrade(blockLength);
            case 4 -> tick(blockLength);
            case 5 -> putChannel(blockLength);
            case 6 -> putStore(blockLength);
            case 7 -> putSku(blockLength);
            case 8 -> setPolicy(blockLength);
            case 9 -> movements(blockLength);
            case 10 -> reserve(blockLength);
            case 11 -> confirm(blockLength);
            case 12 -> extend(blockLength);
            case 13 -> fulfil(blockLength);
            case 14 -> release(blockLength);
            default -> throw new NoCommand("template");
        };
    }

    private PlainCommand.Envelope envelope(final int blockLength, final int bodyBytes) throws NoCommand {
        lay(blockLength == ENVELOPE_BYTES + bodyBytes, "block length");
        final int logicVersion = u16();
        final int channel = i16();
        i32();
        envelope = new PlainCommand.Envelope(logicVersion, channel, hash(), hash());
        return envelope;
    }

    private PlainCommand genesis(final int blockLength) throws NoCommand {
        envelope(blockLength, 32 + SETTINGS_BYTES);
        hash();
        hash();
        return new PlainCommand.Genesis(envelope, settings());
    }

    private PlainCommand configure(final int blockLength) throws NoCommand {
        return new PlainCommand.Configure(envelope(blockLength, SETTINGS_BYTES), settings());
    }

    private LedgerSettings settings() throws NoCommand {
        return new LedgerSettings(
                i32(1, 65_535),
                i32(1, Integer.MAX_VALUE),
                i32(1, 256),
                i32(1, 100_000_000),
                i32(1, 100_000_000),
                i32(Limits.MIN_HOLD_SECONDS, Limits.MAX_HOLD_SECONDS),
                i32(0, Limits.MAX_QUANTITY),
                i32(1, Integer.MAX_VALUE),
                i64(4_096, 16L << 30),
                i64(0, 30L * 24 * 3_600_000));
    }

    /** There is no logic version above the first yet, so that every upgrade is to what is not known. */
    private PlainCommand upgrade(final int blockLength) throws NoCommand {
        envelope(blockLength, 2);
        u16();
        need(false);
        return null;
    }

    private PlainCommand tick(final int blockLength) throws NoCommand {
        envelope(blockLength, 2);
        final int maxExpirations = u16();
        need(maxExpirations >= 1 && maxExpirations <= Limits.MAX_EXPIRATIONS_PER_TICK);
        return new PlainCommand.Tick(envelope, maxExpirations);
    }

    private PlainCommand putChannel(final int blockLength) throws NoCommand {
        envelope(blockLength, 0);
        final String name = ascii(text8(Limits.MAX_CHANNEL_BYTES));
        need(name.matches("[a-z0-9._-]{1,32}"));
        return new PlainCommand.PutChannel(envelope, name);
    }

    private PlainCommand putStore(final int blockLength) throws NoCommand {
        envelope(blockLength, 21);
        final int mask = u8(StoreFields.ALL);
        final boolean warehouse = bool();
        final boolean pickup = bool();
        final boolean active = bool();
        final boolean located = bool();
        final double latitude = bytes8().getDouble();
        final double longitude = bytes8().getDouble();
        need(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
        final String code = code();
        final String name = characters(text16(), Limits.MAX_NAME_CHARS);
        final String country = characters(text16(), Limits.MAX_COUNTRY_CHARS);
        return new PlainCommand.PutStore(
                envelope,
                mask,
                code,
                new PlainCommand.StoreFieldsGiven(
                        name, warehouse, pickup, active, located, latitude, longitude, country));
    }

    private PlainCommand putSku(final int blockLength) throws NoCommand {
        envelope(blockLength, 2);
        final int mask = u8(SkuFields.ALL);
        final boolean active = bool();
        final int count = group(8, 0, Limits.MAX_GTINS);
        final List<Long> gtins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final long gtin = i64(1, 99_999_999_999_999L);
            if (!gtins.contains(gtin)) {
                gtins.add(gtin);
            }
        }
        final String code = code();
        final String name = characters(text16(), Limits.MAX_NAME_CHARS);
        final String price = ascii(text8(Limits.MAX_PRICE_BYTES));
        return new PlainCommand.PutSku(envelope, mask, code, name, active, List.copyOf(gtins), price);
    }

    private PlainCommand setPolicy(final int blockLength) throws NoCommand {
        envelope(blockLength, 18);
        final int store = i32();
        final int sku = i32();
        final int safetyAction = u8(PolicyAction.CLEAR);
        final int thresholdAction = u8(PolicyAction.CLEAR);
        final int safety = i32();
        final int threshold = i32();
        need(safetyAction != PolicyAction.SET || safety >= 0 && safety <= Limits.MAX_QUANTITY);
        need(thresholdAction != PolicyAction.SET || threshold >= 0 && threshold <= Limits.MAX_QUANTITY);
        return new PlainCommand.SetPolicy(envelope, store, sku, safetyAction, thresholdAction, safety, threshold);
    }

    private PlainCommand movements(final int blockLength) throws NoCommand {
        envelope(blockLength, 0);
        final int count = group(68, 1, Limits.MAX_ROWS_PER_COMMAND);
        final List<PlainCommand.Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row());
        }
        return new PlainCommand.Movements(envelope, List.copyOf(rows));
    }

    private PlainCommand.Row row() throws NoCommand {
        final MovementType type = MovementType.of(bytes(1).get() & 0xff);
        need(type != null);
        final boolean expected = bool();
        final int channel = i16();
        final int store = i32();
        final int sku = i32();
        final boolean maybeNegative = type == MovementType.ADJUSTMENT || type == MovementType.COUNT;
        final int quantity = i32(maybeNegative ? -Limits.MAX_QUANTITY : 1, Limits.MAX_QUANTITY);
        final int expectedOnHand = i32();
        final long reservation = i64();
        i64();
        hash();
        hash();
        for (int i = 0; i < 4; i++) {
            text8(Limits.MAX_TEXT_BYTES);
        }
        need(!expected || type == MovementType.COUNT);
        need(reservation == 0 || type == MovementType.SALE);
        return new PlainCommand.Row(type, expected, channel, store, sku, quantity, expectedOnHand, reservation);
    }

    private PlainCommand reserve(final int blockLength) throws NoCommand {
        envelope(blockLength, 45);
        final int holdSeconds = i32(0, Limits.MAX_HOLD_SECONDS);
        final boolean allowPartial = bool();
        final long supersedes = i64();
        hash();
        hash();
        final List<PlainCommand.Quantity> lines = lines(1);
        final Set<PlainCommand.CellKey> cells = new HashSet<>();
        for (final PlainCommand.Quantity line : lines) {
            need(cells.add(new PlainCommand.CellKey(line.store(), line.sku())));
        }
        final byte[] owner = text8(Limits.MAX_TEXT_BYTES);
        final byte[] reference = text8(Limits.MAX_TEXT_BYTES);
        return new PlainCommand.Reserve(envelope, holdSeconds, allowPartial, supersedes, lines, owner, reference);
    }

    private PlainCommand confirm(final int blockLength) throws NoCommand {
        envelope(blockLength, 28);
        final long reservation = i64();
        final int pickupSeconds = i32(0, Limits.MAX_PICKUP_SECONDS);
        need(pickupSeconds == 0 || pickupSeconds >= Limits.MIN_PICKUP_SECONDS);
        hash();
        return new PlainCommand.Confirm(envelope, reservation, pickupSeconds, text8(Limits.MAX_TEXT_BYTES));
    }

    private PlainCommand extend(final int blockLength) throws NoCommand {
        envelope(blockLength, 13);
        final long reservation = i64();
        final int seconds = i32();
        final boolean ofPickup = bool();
        need(seconds >= (ofPickup ? Limits.MIN_PICKUP_SECONDS : Limits.MIN_HOLD_SECONDS));
        need(seconds <= (ofPickup ? Limits.MAX_PICKUP_SECONDS : Limits.MAX_HOLD_SECONDS));
        return new PlainCommand.Extend(envelope, reservation, seconds, ofPickup);
    }

    private PlainCommand fulfil(final int blockLength) throws NoCommand {
        envelope(blockLength, 8);
        final long reservation = i64();
        return new PlainCommand.Step(envelope, true, reservation, lines(0));
    }

    private PlainCommand release(final int blockLength) throws NoCommand {
        envelope(blockLength, 24);
        final long reservation = i64();
        hash();
        final List<PlainCommand.Quantity> lines = lines(0);
        text8(Limits.MAX_TEXT_BYTES);
        return new PlainCommand.Step(envelope, false, reservation, lines);
    }

    private List<PlainCommand.Quantity> lines(final int atLeast) throws NoCommand {
        final int count = group(12, atLeast, Limits.MAX_LINES);
        final List<PlainCommand.Quantity> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new PlainCommand.Quantity(i32(), i32(), i32(1, Limits.MAX_QUANTITY)));
        }
        return List.copyOf(lines);
    }

    private int group(final int entryBytes, final int atLeast, final int atMost) throws NoCommand {
        lay(u16() == entryBytes, "entry length");
        final int count = u16();
        lay(count <= atMost, "entries");
        need(count >= atLeast);
        return count;
    }

    private String code() throws NoCommand {
        final String code = ascii(text8(Limits.MAX_CODE_BYTES));
        need(!code.isEmpty() && code.equals(code.strip()));
        need(!".".equals(code) && !"..".equals(code));
        return code;
    }

    private String ascii(final byte[] text) {
        for (final byte character : text) {
            need(character >= 0x20 && character <= 0x7e);
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private String characters(final byte[] text, final int atMost) {
        try {
            final CharBuffer characters = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            need(characters.length() <= atMost);
            return characters.toString();
        } catch (final CharacterCodingException notUtf8) {
            need(false);
            return "";
        }
    }

    private byte[] text8(final int atMost) throws NoCommand {
        final int length = bytes(1).get() & 0xff;
        lay(length <= Limits.MAX_TEXT_BYTES, "text length");
        need(length <= atMost);
        return take(length);
    }

    private byte[] text16() throws NoCommand {
        return take(u16());
    }

    private byte[] take(final int length) throws NoCommand {
        final byte[] taken = new byte[length];
        bytes(length).get(taken);
        return taken;
    }

    private PlainCommand.Hash hash() throws NoCommand {
        return new PlainCommand.Hash(i64(), i64());
    }

    private boolean bool() throws NoCommand {
        return u8(1) == 1;
    }

    private int u8(final int atMost) throws NoCommand {
        final int value = bytes(1).get() & 0xff;
        need(value <= atMost);
        return value;
    }

    private int i16() throws NoCommand {
        return bytes(2).getShort();
    }

    private int u16() throws NoCommand {
        return bytes(2).getShort() & 0xffff;
    }

    private int i32() throws NoCommand {
        return bytes(4).getInt();
    }

    private int i32(final int atLeast, final int atMost) throws NoCommand {
        final int value = i32();
        need(value >= atLeast && value <= atMost);
        return value;
    }

    private long i64() throws NoCommand {
        return bytes8().getLong();
    }

    private long i64(final long atLeast, final long atMost) throws NoCommand {
        final long value = i64();
        need(value >= atLeast && value <= atMost);
        return value;
    }

    private ByteBuffer bytes8() throws NoCommand {
        return bytes(8);
    }

    private ByteBuffer bytes(final int count) throws NoCommand {
        lay(bytes.remaining() >= count, "cut off");
        return bytes;
    }

    /** What must hold of the layout: nothing behind it can be read otherwise. */
    private static void lay(final boolean condition, final String what) throws NoCommand {
        if (!condition) {
            throw new NoCommand(what);
        }
    }

    /** What must hold of a value. */
    private void need(final boolean condition) {
        isPossible &= condition;
    }
}
