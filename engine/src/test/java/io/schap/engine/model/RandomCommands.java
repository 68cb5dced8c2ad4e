package io.schap.engine.model;

import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.LedgerSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commands of a small, busy world, all from one seed: few cells that everybody wants, short holds, keys used again, small
 * bounds that are reached all the time, and among them what is out of bounds, cut off or noise.
 */
final class RandomCommands {

    /** A command, where it lies in its buffer, and the time at which it comes. */
    record Timed(long timeMs, UnsafeBuffer bytes) {}

    /**
     * How large a world is.
     *
     * @param stores       at the beginning.
     * @param skus         at the beginning.
     * @param live         spread of the bound of live reservations.
     * @param closed       spread of the bound of closed ones.
     * @param answers      spread of the bound of remembered answers.
     * @param answersBytes spread of the bound of their bytes.
     * @param answersMs    spread of the time that they are kept where it is short.
     * @param keys         keys that are used for several requests.
     * @param history      commands that may be sent again.
     * @param lines        spread of the lines of a reservation.
     * @param longestMs    spread of the longer waits between commands.
     */
    record World(
            int stores,
            int skus,
            int live,
            int closed,
            int answers,
            int answersBytes,
            int answersMs,
            int keys,
            int history,
            int lines,
            int longestMs) {

        /** Every bound is reached all the time. */
        static final World TINY = new World(3, 3, 24, 6, 10, 2_000, 2_000, 12, 48, 9, 3_600_000);

        /** Every table grows, wraps and is thinned out. */
        static final World WIDE =
                new World(300, 500, 20_000, 3_000, 150_000, 60_000_000, 9_000_000, 9_000, 8_000, 102, 200);

        private boolean isTiny() {
            return skus == TINY.skus;
        }
    }

    private static final long START_MS = 1_767_225_600_000L;
    private static final String[] TEXTS = {"", "cart-81", "é", "x".repeat(128), "☕☕"};
    private static final String[] CODES = {"0042", "0049", "DC", "A 1", "42", "", ".", " x", "x".repeat(64)};
    private static final int[] HOLDS = {0, 1, 1, 2, 5, 30, 900, 14_400};
    private static final int[] LONG_HOLDS = {0, 1, 30, 60, 300, 900, 900, 14_400};
    private static final int FILLED = 12;
    private static final int[] EXTREMES = {
        0,
        -1,
        Limits.MAX_QUANTITY,
        Limits.MAX_QUANTITY - 1,
        Limits.MAX_QUANTITY + 1,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        -Limits.MAX_QUANTITY,
        -Limits.MAX_QUANTITY - 1
    };

    private final Random random;
    private final World world;
    private final List<UnsafeBuffer> history = new ArrayList<>();
    private int stores;
    private int skus;
    private int channels;
    private final List<Long> live = new ArrayList<>();
    private long lastReservation;
    private long aDeadlineMs;
    private long nowMs = START_MS;
    private long nextKey = 1_000;

    RandomCommands(final long seed) {
        this(seed, World.TINY);
    }

    RandomCommands(final long seed, final World world) {
        random = new Random(seed);
        this.world = world;
    }

    /** Genesis, and what fills the world. */
    List<Timed> first() {
        final List<Timed> commands = new ArrayList<>();
        commands.add(now(Commands.genesis(settings()).encode()));
        for (final String channel : List.of("web", "app")) {
            commands.add(now(Commands.putChannel(channel).encode()));
        }
        for (int i = 0; i < world.stores(); i++) {
            commands.add(now(Commands.putStore(i < 3 ? CODES[i] : "S" + i).encode()));
        }
        for (int i = 0; i < world.skus(); i++) {
            commands.add(now(Commands.putSku(i < 3 ? CODES[i] : "P" + i).encode()));
        }
        for (int i = 0; i < 9; i++) {
            commands.add(now(Commands.movements()
                    .count(i / 3, i % 3, 1 + random.nextInt(20))
                    .encode()));
        }
        for (int sku = 0; sku < world.skus() && !world.isTiny(); sku++) {
            final MovementsBuilder filled = Commands.movements();
            for (int row = 0; row < Limits.MAX_ROWS_PER_COMMAND; row++) {
                final int store = row < FILLED ? row : random.nextInt(world.stores());
                filled.count(store, sku, 1 + random.nextInt(400));
            }
            commands.add(now(filled.encode()));
        }
        return commands;
    }

    private Timed now(final UnsafeBuffer command) {
        return new Timed(nowMs, command);
    }

    /** That many commands from the first on; each is made when it is asked for, after the answers before it. */
    Iterator<Timed> all(final int count) {
        final Iterator<Timed> beginning = first().iterator();
        return Stream.generate(() -> beginning.hasNext() ? beginning.next() : next())
                .limit(count)
                .iterator();
    }

    /** Learns from an answer what there is to ask for. */
    void observe(final Answer answer, final List<Effect> effects) {
        if (answer instanceof Answer.Reservation made && made.code() == ResultCode.CREATED && !made.replayed()) {
            lastReservation = made.number();
        }
        for (final Effect effect : effects) {
            if (effect instanceof Effect.StoreChanged store) {
                stores = Math.max(stores, store.after().index() + 1);
            } else if (effect instanceof Effect.SkuChanged sku) {
                skus = Math.max(skus, sku.after().index() + 1);
            } else if (effect instanceof Effect.ChannelMade channel) {
                channels = channel.index() + 1;
            } else if (effect instanceof Effect.ReservationChanged changed) {
                live.remove(changed.number());
                if (changed.stateAfter().isLive()) {
                    live.add(changed.number());
                    aDeadlineMs = changed.deadlineAfter();
                }
            }
        }
    }

    /** The next command. */
    Timed next() {
        passTime();
        final int kind = random.nextInt(100);
        final UnsafeBuffer command;
        if (kind < 8 && !history.isEmpty()) {
            command = retry();
        } else if (kind < 14) {
            command = damaged(encoded());
        } else {
            command = encoded();
        }
        if (history.size() < world.history()) {
            history.add(command);
        } else {
            history.set(random.nextInt(world.history()), command);
        }
        return now(command);
    }

    /** The time that commands come at from now on; so that a batch can be given one time. */
    long nowMs() {
        return nowMs;
    }

    private void passTime() {
        switch (random.nextInt(64)) {
            case 0 -> nowMs += random.nextInt(world.longestMs());
            case 1 -> nowMs += random.nextInt(Math.min(60_000, world.longestMs()));
            case 2, 3, 4, 5, 6, 7 -> nowMs += random.nextInt(Math.min(2_000, world.longestMs()));
            case 8 -> nowMs -= random.nextInt(5_000);
            case 9 -> nowMs += random.nextInt(world.isTiny() ? 100 : 2_000) == 0 ? 90L * 86_400_000 : 1;
            case 10, 11, 12 -> nowMs = aDeadlineMs - nowMs < 60_000 ? Math.max(nowMs, aDeadlineMs) : nowMs;
            default -> nowMs += random.nextInt(4);
        }
    }

    private UnsafeBuffer encoded() {
        final CommandBuilder<?> command = command();
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> command.key(nextKey++).fingerprint(nextKey);
            case 4 -> command.key(1 + random.nextInt(world.keys())).fingerprint(random.nextInt(2));
            case 5 ->
                command.key(random.nextInt(2), random.nextInt(world.keys() / 4)).fingerprint(random.nextInt(2), 0);
            default -> command.actor(random.nextInt(3));
        }
        if (random.nextInt(400) == 0) {
            command.logicVersion(random.nextInt(4));
        }
        return command.encode();
    }

    private CommandBuilder<?> command() {
        final int kind = random.nextInt(100);
        if (kind < 34) {
            return reserve();
        } else if (kind < 56) {
            return movements();
        } else if (kind < 64) {
            return Commands.confirm(reservation())
                    .pickup(wrong() ? pick(59, 7_776_001, -1) : pick(0, 0, 60, 90, 600, 7_776_000))
                    .payment(text(), random.nextLong(), random.nextInt(2));
        } else if (kind < 70) {
            return random.nextInt(3) > 0
                    ? Commands.extend(reservation()).hold(wrong() ? pick(14_401, 0) : pick(1, 5, 30, 900, 14_400))
                    : Commands.extend(reservation()).by(pick(60, 90, 600, 7_776_000), wrong() ? 2 : 1);
        } else if (kind < 80) {
            return fulfil();
        } else if (kind < 88) {
            return release();
        } else if (kind < 92) {
            return Commands.tick(wrong() ? pick(0, 1_025) : pick(1, 2, 3, 1_024));
        } else {
            return masterData();
        }
    }

    private Commands.Reserve reserve() {
        final Commands.Reserve reserve = Commands.reserve()
                .channel(channel())
                .hold(wrong() ? pick(14_401, -1) : pick(world.isTiny() ? HOLDS : LONG_HOLDS))
                .owner(text(), random.nextInt(4), random.nextLong())
                .reference(text(), random.nextInt(4), random.nextLong());
        final int lines = random.nextInt(8) == 0 ? random.nextInt(world.lines()) : 1 + random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            reserve.line(
                    lines > World.TINY.lines() ? i % FILLED : store(),
                    lines > World.TINY.lines() ? i : sku(),
                    quantity());
        }
        if (random.nextInt(3) == 0) {
            reserve.allowPartial(wrong() ? 2 : 1);
        }
        if (random.nextInt(5) == 0) {
            reserve.supersedes(reservation());
        }
        return reserve;
    }

    private MovementsBuilder movements() {
        final MovementsBuilder movements = Commands.movements();
        final int rows = random.nextInt(10) == 0 ? random.nextInt(26) : 1 + random.nextInt(3);
        for (int i = 0; i < rows; i++) {
            final int type = random.nextInt(200) == 0 ? 5 : random.nextInt(5);
            final int store = random.nextInt(30) == 0 ? -1 : store();
            final int sku = random.nextInt(30) == 0 ? -1 : sku();
            movements.row(type, store, sku, moved(type)).onChannel(random.nextInt(3) - 1);
            if (type == MovementType.COUNT.ordinal() && random.nextInt(3) == 0) {
                movements.expecting(random.nextInt(60) == 0 ? 2 : 1, random.nextInt(12));
            }
            if (type == MovementType.SALE.ordinal() ? random.nextInt(2) == 0 : random.nextInt(300) == 0) {
                movements.ofReservation(reservation());
            }
            if (random.nextInt(6) == 0) {
                movements.occurredAt(random.nextLong()).owner(text(), 1, 2).reference("r", 3, 4);
                movements.reason("why").paymentReference("pay");
            }
        }
        return movements;
    }

    private int moved(final int type) {
        if (random.nextInt(40) == 0) {
            return EXTREMES[random.nextInt(EXTREMES.length)];
        }
        if (type == MovementType.COUNT.ordinal()) {
            return oneIn(12) ? random.nextInt(3) - Limits.MAX_QUANTITY : random.nextInt(24) - 2;
        }
        return type == MovementType.ADJUSTMENT.ordinal() ? random.nextInt(9) - 4 : 1 + random.nextInt(5);
    }

    private CommandBuilder<?> fulfil() {
        final Commands.Fulfil fulfil = Commands.fulfil(reservation());
        for (int i = oneIn(2) ? 0 : random.nextInt(4); i > 0; i--) {
            fulfil.line(storeOrNone(), sku(), 1 + random.nextInt(3));
        }
        return fulfil;
    }

    private CommandBuilder<?> release() {
        final Commands.Release release = Commands.release(reservation()).reason(text(), random.nextInt(3), 7);
        for (int i = random.nextInt(4); i > 0; i--) {
            release.line(storeOrNone(), sku(), random.nextInt(20) == 0 ? quantity() : 1 + random.nextInt(3));
        }
        return release;
    }

    private CommandBuilder<?> masterData() {
        return switch (random.nextInt(12)) {
            case 0 -> Commands.configure(settings());
            case 1 ->
                Commands.putChannel(
                        List.of("web", "app", "pos", "a.b", "-", "WEB", "").get(random.nextInt(7)));
            case 2, 3, 4 -> store(Commands.putStore(code()));
            case 5, 6, 7 -> sku(Commands.putSku(code()));
            case 8 -> random.nextInt(6) == 0 ? Commands.upgrade(random.nextInt(4)) : policy();
            default -> policy();
        };
    }

    private CommandBuilder<?> policy() {
        final Commands.SetPolicy policy = Commands.setPolicy(store(), random.nextInt(3) == 0 ? -1 : sku());
        policy.safetyStock(
                wrong() ? 3 : pick(0, 1, 1, 2, 2, 2), random.nextInt(8) == 0 ? quantity() : random.nextInt(3));
        return policy.lowStockThreshold(pick(0, 0, 1, 2), random.nextInt(30) == 0 ? quantity() : random.nextInt(9));
    }

    private CommandBuilder<?> store(final Commands.PutStore put) {
        if (random.nextInt(3) == 0) {
            put.name(random.nextInt(40) == 0 ? "x".repeat(513) : text());
        }
        if (random.nextInt(3) == 0) {
            put.kind(wrong() ? 2 : random.nextInt(2))
                    .pickup(random.nextBoolean())
                    .country(text());
        }
        if (random.nextInt(3) == 0) {
            put.located(random.nextInt(2), random.nextInt(184) - 92, random.nextInt(364) - 182);
        }
        return random.nextInt(3) == 0 ? put.active(random.nextInt(20) > 0) : put;
    }

    private CommandBuilder<?> sku(final Commands.PutSku put) {
        if (random.nextInt(2) == 0) {
            for (int i = random.nextInt(random.nextInt(30) == 0 ? 18 : 3); i >= 0; i--) {
                put.gtins(random.nextInt(40) == 0 ? random.nextLong() : 1 + random.nextInt(20));
            }
        }
        if (random.nextInt(3) == 0) {
            put.price(random.nextInt(100) == 0 ? "9".repeat(33) : "" + random.nextInt(5))
                    .name(text());
        }
        return random.nextInt(3) == 0 ? put.active(random.nextInt(20) > 0) : put;
    }

    private LedgerSettings settings() {
        return new LedgerSettings(
                world.stores() + random.nextInt(5),
                world.skus() + random.nextInt(5),
                2 + random.nextInt(3),
                4 + random.nextInt(world.live()),
                1 + random.nextInt(world.closed()),
                1 + random.nextInt(20),
                random.nextInt(5),
                1 + random.nextInt(world.answers()),
                Limits.MAX_ANSWER_BYTES + random.nextInt(world.answersBytes()),
                random.nextInt(4) == 0 ? random.nextInt(oneIn(2) ? 6 : world.answersMs()) : 3_600_000);
    }

    /** A command sent again: as it was, or as another request, or from another start. */
    private UnsafeBuffer retry() {
        final UnsafeBuffer sent = history.get(random.nextInt(history.size()));
        if (random.nextInt(6) > 0 || sent.capacity() < 48) {
            return sent;
        }
        final UnsafeBuffer other = copy(sent, sent.capacity());
        other.putByte(32 + random.nextInt(16), (byte) random.nextInt());
        return other;
    }

    private UnsafeBuffer damaged(final UnsafeBuffer command) {
        final int length = command.capacity();
        switch (random.nextInt(6)) {
            case 0 -> {
                return copy(command, random.nextInt(length));
            }
            case 1 -> {
                return copy(command, length + 1 + random.nextInt(3));
            }
            case 2 -> {
                final byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                return new UnsafeBuffer(noise);
            }
            case 3 -> {
                final UnsafeBuffer other = copy(command, length);
                final int at = 8 + random.nextInt(Math.max(1, length - 12));
                if (at + 4 <= length) {
                    other.putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                }
                return other;
            }
            default -> {
                final UnsafeBuffer other = copy(command, length);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    other.putByte(random.nextInt(length), (byte) random.nextInt());
                }
                return other;
            }
        }
    }

    private static UnsafeBuffer copy(final UnsafeBuffer of, final int length) {
        final byte[] bytes = new byte[length];
        of.getBytes(0, bytes, 0, Math.min(length, of.capacity()));
        return new UnsafeBuffer(bytes);
    }

    /** Now and then. */
    private boolean wrong() {
        return oneIn(40);
    }

    private boolean oneIn(final int times) {
        return random.nextInt(times) == 0;
    }

    private int pick(final int... of) {
        return of[random.nextInt(of.length)];
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private String code() {
        return CODES[random.nextInt(CODES.length)];
    }

    private int store() {
        return index(stores);
    }

    private int sku() {
        return index(skus);
    }

    private int channel() {
        return index(channels);
    }

    /** An index of that many, now and then of none; in a wide world most of them are of few. */
    private int index(final int count) {
        if (random.nextInt(150) == 0) {
            return random.nextInt(3) * 1_000 - 1 + count;
        }
        final int among = world.isTiny() || random.nextInt(12) == 0 ? count : Math.min(FILLED, count);
        return random.nextInt(Math.max(1, among));
    }

    private int storeOrNone() {
        return random.nextInt(3) == 0 ? -1 : store();
    }

    private int quantity() {
        return random.nextInt(50) == 0 ? EXTREMES[random.nextInt(EXTREMES.length)] : 1 + random.nextInt(4);
    }

    private long reservation() {
        if (!live.isEmpty() && random.nextInt(3) > 0) {
            return live.get(random.nextInt(live.size()));
        }
        return switch (random.nextInt(40)) {
            case 0 -> random.nextInt(3) - 1;
            case 1 -> lastReservation + 1;
            case 2 -> random.nextLong();
            case 3, 4, 5 -> 1 + random.nextInt((int) Math.max(1, lastReservation));
            default -> Math.max(1, lastReservation - random.nextInt(14));
        };
    }
}
