package io.schap.engine.model;

import static io.schap.engine.command.ResultCode.AMBIGUOUS_LINE;
import static io.schap.engine.command.ResultCode.COUNT_CONFLICT;
import static io.schap.engine.command.ResultCode.CREATED;
import static io.schap.engine.command.ResultCode.EXCEEDS_RESERVED;
import static io.schap.engine.command.ResultCode.HOLD_LIMIT;
import static io.schap.engine.command.ResultCode.IDEMPOTENCY_KEY_REUSED;
import static io.schap.engine.command.ResultCode.INSUFFICIENT_STOCK;
import static io.schap.engine.command.ResultCode.MALFORMED;
import static io.schap.engine.command.ResultCode.NOT_ACTIVE;
import static io.schap.engine.command.ResultCode.OK;
import static io.schap.engine.command.ResultCode.QUANTITY_OUT_OF_RANGE;
import static io.schap.engine.command.ResultCode.RESERVATION_CLOSED;
import static io.schap.engine.command.ResultCode.UNKNOWN_RESERVATION;
import static io.schap.engine.command.ResultCode.UNKNOWN_SKU;
import static io.schap.engine.command.ResultCode.UNKNOWN_STORE;
import static io.schap.engine.command.ResultCode.WRONG_DEADLINE_KIND;

import io.schap.engine.command.Limits;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.model.LedgerState.CellAt;
import io.schap.engine.state.Counters;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.Policies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * The ledger as http-api says it, with nothing done for speed: the rival that the real ledger is compared with, answer by
 * answer and effect by effect. One map a kind of row; rows are immutable and replaced; each change tells its effect.
 */
public final class NaiveLedger implements LedgerDoor {

    private static final int EVICTED_AT_MOST = 2;

    /** A cell's row. */
    private record Cell(int onHand, int reserved, long policy, int version) {
        private static final Cell UNTOUCHED = new Cell(0, 0, Policies.NONE, 0);

        private long counters() {
            return Counters.of(onHand, reserved);
        }
    }

    private final List<Effect> effects = new ArrayList<>();
    private final NaiveCatalogue catalogue = new NaiveCatalogue(effects);
    private final NaiveAnswers answers = new NaiveAnswers();
    private final SortedMap<CellAt, Cell> cells = new TreeMap<>();
    private final SortedMap<Long, NaiveReservation> live = new TreeMap<>();
    private final SortedMap<Long, NaiveReservation> closed = new TreeMap<>();
    private final Deque<Long> closingOrder = new ArrayDeque<>();
    private final SortedMap<Long, ReservationStatus> evicted = new TreeMap<>();
    private LedgerSettings settings;
    private long sequence;
    private long timeMs;
    private long lastReservation;

    @Override
    public Answer apply(
            final long newSequence,
            final long newTimeMs,
            final DirectBuffer command,
            final int offset,
            final int length) {
        effects.clear();
        sequence = newSequence;
        timeMs = Math.max(timeMs, newTimeMs);
        final Optional<PlainCommand> read = PlainCommandReader.read(command, offset, length);
        return read.isPresent() && isDue(read.get()) ? answerOnce(read.get()) : refused(MALFORMED);
    }

    @Override
    public List<Effect> effects() {
        return List.copyOf(effects);
    }

    @Override
    public void check() {
        final SortedMap<CellAt, Integer> reserved = new TreeMap<>();
        for (final NaiveReservation reservation : live.values()) {
            for (int i = 0; i < reservation.lines().size(); i++) {
                final Answer.Line line = reservation.lines().get(i);
                reserved.merge(new CellAt(line.store(), line.sku()), reservation.left(i), Integer::sum);
            }
        }
        cells.forEach((at, cell) -> require(cell.reserved() == reserved.getOrDefault(at, 0), "reserved", at));
        require(live.values().stream().noneMatch(NaiveReservation::isUsedUp), "live", live.keySet());
        require(closingOrder.size() == closed.size(), "closed", closed.keySet());
        require(live.size() + closed.size() + evicted.size() == lastReservation, "reservations", lastReservation);
    }

    private static void require(final boolean condition, final String what, final Object which) {
        if (!condition) {
            throw new AssertionError("naive ledger broken: " + what + "=" + which);
        }
    }

    /** Whether it is the time of such a command: of the logic version in force, and genesis first and once. */
    private boolean isDue(final PlainCommand command) {
        return command.envelope().logicVersion() == 1
                && (settings == null || !(command instanceof PlainCommand.Genesis))
                && (settings != null || command instanceof PlainCommand.Genesis);
    }

    /** Whether the ledger's state allows such a command at all: only limits and indexes that can be. */
    private boolean isPossible(final PlainCommand command) {
        if (command instanceof PlainCommand.Impossible) {
            return false;
        }
        if (command instanceof PlainCommand.Configure configure) {
            return catalogue.fits(configure.settings());
        }
        if (command instanceof PlainCommand.SetPolicy policy) {
            return isStore(policy.store()) && (policy.sku() == -1 || isSku(policy.sku()));
        }
        if (command instanceof PlainCommand.Movements movements) {
            return movements.rows().stream().allMatch(this::isPossible);
        }
        if (command instanceof PlainCommand.Reserve reserve) {
            return isChannel(reserve.envelope().channel())
                    && reserve.lines().stream().allMatch(line -> isStore(line.store()) && isSku(line.sku()));
        }
        if (command instanceof PlainCommand.Step step) {
            return step.lines().stream()
                    .allMatch(line -> (line.store() == -1 || isStore(line.store())) && isSku(line.sku()));
        }
        return true;
    }

    private boolean isPossible(final PlainCommand.Row row) {
        return (row.store() == -1 || isStore(row.store()))
                && (row.sku() == -1 || isSku(row.sku()))
                && (row.channel() == -1 || isChannel(row.channel()));
    }

    private boolean isStore(final int index) {
        return index >= 0 && index < catalogue.stores().size();
    }

    private boolean isSku(final int index) {
        return index >= 0 && index < catalogue.skus().size();
    }

    private boolean isChannel(final int index) {
        return index >= 0 && index < catalogue.channels().size();
    }

    // Idempotency.

    private Answer answerOnce(final PlainCommand command) {
        final PlainCommand.Hash key = command.envelope().key();
        if (!command.mayBeKeyed() || !key.isGiven()) {
            return judge(command);
        }
        final NaiveAnswers.Remembered found = answers.find(key);
        if (found != null && !NaiveAnswers.isTooOld(found, timeMs, settings)) {
            return answerAgain(found, command);
        }
        final Answer answer = judge(command);
        if (found != null && answer.code() != MALFORMED) {
            answers.forget(found, effects);
        }
        if (answer.code().isRemembered()) {
            answers.remember(
                    new NaiveAnswers.Remembered(key, command.envelope().fingerprint(), timeMs, answer),
                    settings,
                    effects);
        }
        return answer;
    }

    private Answer answerAgain(final NaiveAnswers.Remembered remembered, final PlainCommand command) {
        if (!remembered.fingerprint().equals(command.envelope().fingerprint())) {
            return refused(IDEMPOTENCY_KEY_REUSED);
        }
        final Answer.Head first = remembered.answer().head();
        return remembered
                .answer()
                .withHead(new Answer.Head(first.code(), first.flags() | 1, first.sequence(), first.timeMs()));
    }

    private Answer judge(final PlainCommand command) {
        return isPossible(command) ? execute(command) : refused(MALFORMED);
    }

    private Answer execute(final PlainCommand command) {
        if (command instanceof PlainCommand.Genesis genesis) {
            return start(genesis.settings());
        } else if (command instanceof PlainCommand.Configure configure) {
            return configure(configure.settings());
        } else if (command instanceof PlainCommand.Tick tick) {
            return tick(tick.maxExpirations());
        } else if (command instanceof PlainCommand.PutChannel put) {
            return catalogue.putChannel(put, settings, head(OK));
        } else if (command instanceof PlainCommand.PutStore put) {
            return catalogue.putStore(put, settings, head(OK));
        } else if (command instanceof PlainCommand.PutSku put) {
            return catalogue.putSku(put, settings, head(OK));
        } else if (command instanceof PlainCommand.SetPolicy policy) {
            return setPolicy(policy);
        } else if (command instanceof PlainCommand.Movements movements) {
            return new Answer.Movements(
                    head(OK), movements.rows().stream().map(this::move).toList());
        } else if (command instanceof PlainCommand.Reserve reserve) {
            return reserve(reserve);
        } else if (command instanceof PlainCommand.Confirm confirm) {
            return confirm(confirm);
        } else if (command instanceof PlainCommand.Extend extend) {
            return extend(extend);
        } else if (command instanceof PlainCommand.Step step) {
            return step(step);
        }
        throw new AssertionError("no such command: " + command);
    }

    // Answers.

    private Answer.Head head(final ResultCode code) {
        return new Answer.Head(code, 0, sequence, timeMs);
    }

    private Answer refused(final ResultCode code) {
        return refusedReservation(code, 0, ReservationStatus.NONE);
    }

    private Answer refusedReservation(final ResultCode code, final long number, final ReservationStatus state) {
        return new Answer.Refused(head(code), number, state, -1, -1, 0, 0);
    }

    private Answer refusedLine(
            final ResultCode code,
            final NaiveReservation reservation,
            final int store,
            final int sku,
            final long requested,
            final long possible) {
        return new Answer.Refused(
                head(code), reservation.number(), reservation.state(), store, sku, requested, possible);
    }

    // Settings, policies, time.

    private Answer start(final LedgerSettings first) {
        effects.add(new Effect.SettingsChanged(null, first));
        settings = first;
        return new Answer.Done(head(OK), -1, true, 0);
    }

    private Answer configure(final LedgerSettings others) {
        if (!others.equals(settings)) {
            effects.add(new Effect.SettingsChanged(settings, others));
        }
        settings = others;
        return new Answer.Done(head(OK), -1, false, 0);
    }

    private Answer setPolicy(final PlainCommand.SetPolicy command) {
        final int store = command.store();
        final int sku = command.sku();
        final long before =
                sku == -1 ? catalogue.policy(store) : cell(store, sku).policy();
        final long after = applied(command, before);
        if (sku == -1) {
            catalogue.setPolicy(store, after);
        } else if (after != before) {
            final Cell cell = cell(store, sku);
            final int version = cell.version() + 1;
            cells.put(new CellAt(store, sku), new Cell(cell.onHand(), cell.reserved(), after, version));
            effects.add(new Effect.CellPolicyChanged(store, sku, before, after, version));
        }
        final long inForce = inForce(store, sku == -1 ? Policies.NONE : after);
        return new Answer.Policy(
                head(OK),
                store,
                sku,
                new Answer.Value(Policies.isSafetyStockSet(after), Policies.safetyStock(inForce)),
                new Answer.Value(Policies.isLowStockThresholdSet(after), Policies.lowStockThreshold(inForce)));
    }

    private static long applied(final PlainCommand.SetPolicy command, final long before) {
        long after = before;
        if (command.safetyStockAction() == PolicyAction.SET) {
            after = Policies.withSafetyStock(after, command.safetyStock());
        } else if (command.safetyStockAction() == PolicyAction.CLEAR) {
            after = Policies.withoutSafetyStock(after);
        }
        if (command.lowStockThresholdAction() == PolicyAction.SET) {
            after = Policies.withLowStockThreshold(after, command.lowStockThreshold());
        } else if (command.lowStockThresholdAction() == PolicyAction.CLEAR) {
            after = Policies.withoutLowStockThreshold(after);
        }
        return after;
    }

    private long inForce(final int store, final long cellPolicy) {
        return Policies.inForce(cellPolicy, catalogue.policy(store), settings.defaultLowStockThreshold());
    }

    private Answer tick(final int maxExpirations) {
        final List<NaiveReservation> due = live.values().stream()
                .filter(reservation -> reservation.isOverdue(timeMs))
                .sorted(Comparator.comparingLong((NaiveReservation reservation) ->
                                reservation.times().deadlineMs())
                        .thenComparingLong(NaiveReservation::number))
                .limit(maxExpirations)
                .toList();
        due.forEach(this::expire);
        return new Answer.Done(head(OK), -1, false, due.size());
    }

    // Cells.

    private Cell cell(final int store, final int sku) {
        return cells.getOrDefault(new CellAt(store, sku), Cell.UNTOUCHED);
    }

    private void setCell(final int store, final int sku, final int onHand, final int reserved) {
        final Cell before = cell(store, sku);
        if (before.onHand() == onHand && before.reserved() == reserved) {
            return;
        }
        final Cell after = new Cell(onHand, reserved, before.policy(), before.version() + 1);
        cells.put(new CellAt(store, sku), after);
        effects.add(new Effect.CellChanged(store, sku, before.counters(), after.counters(), after.version()));
    }

    private void addToCell(final int store, final int sku, final int onHand, final int reserved) {
        final Cell cell = cell(store, sku);
        setCell(store, sku, cell.onHand() + onHand, cell.reserved() + reserved);
    }

    // Movements.

    private Answer.Row move(final PlainCommand.Row row) {
        if (row.store() == -1) {
            return new Answer.Row(UNKNOWN_STORE, row.store(), row.sku(), 0, 0, 0, 0);
        }
        if (row.sku() == -1) {
            return new Answer.Row(UNKNOWN_SKU, row.store(), row.sku(), 0, 0, 0, 0);
        }
        final ResultCode code = row.reservation() == 0 ? moveCell(row) : sellOfReservation(row);
        final Cell cell = cell(row.store(), row.sku());
        final long policy = inForce(row.store(), cell.policy());
        return new Answer.Row(
                code,
                row.store(),
                row.sku(),
                cell.onHand(),
                cell.reserved(),
                Policies.safetyStock(policy),
                Policies.lowStockThreshold(policy));
    }

    private ResultCode moveCell(final PlainCommand.Row row) {
        final Cell cell = cell(row.store(), row.sku());
        if (row.expected() && row.expectedOnHand() != cell.onHand()) {
            return COUNT_CONFLICT;
        }
        final int onHand = switch (row.type()) {
            case RECEIPT, RETURN, ADJUSTMENT -> cell.onHand() + row.quantity();
            case SALE -> cell.onHand() - row.quantity();
            case COUNT -> row.quantity();
        };
        if (Math.abs(onHand) > Limits.MAX_QUANTITY) {
            return QUANTITY_OUT_OF_RANGE;
        }
        setCell(row.store(), row.sku(), onHand, cell.reserved());
        return OK;
    }

    private ResultCode sellOfReservation(final PlainCommand.Row row) {
        final long number = row.reservation();
        if (!isIssued(number)) {
            return UNKNOWN_RESERVATION;
        }
        expireIfOverdue(number);
        final NaiveReservation reservation = kept(number);
        final Cell cell = cell(row.store(), row.sku());
        int handedOver = 0;
        int takesNothing = 0;
        int line = -1;
        if (reservation != null) {
            line = reservation.lineOf(row.store(), row.sku());
            if (line >= 0) {
                handedOver = Math.min(row.quantity(), reservation.left(line));
                takesNothing = Math.min(
                        row.quantity() - handedOver,
                        reservation.lines().get(line).fulfilled());
            }
        } else if (evicted.get(number) == ReservationStatus.FULFILLED) {
            takesNothing = row.quantity();
        }
        final int onHand = cell.onHand() - (row.quantity() - takesNothing);
        if (onHand < -Limits.MAX_QUANTITY) {
            return QUANTITY_OUT_OF_RANGE;
        }
        setCell(row.store(), row.sku(), onHand, cell.reserved() - handedOver);
        if (handedOver > 0) {
            final int[] units = new int[reservation.lines().size()];
            units[line] = handedOver;
            takeLines(reservation, units, true);
        }
        return OK;
    }

    // Reservations.

    private boolean isIssued(final long number) {
        return number >= 1 && number <= lastReservation;
    }

    /** The reservation, live or kept after closing, or null. */
    private NaiveReservation kept(final long number) {
        return live.getOrDefault(number, closed.get(number));
    }

    private ReservationStatus stateOf(final long number) {
        final NaiveReservation reservation = kept(number);
        return reservation == null ? evicted.get(number) : reservation.state();
    }

    private void expireIfOverdue(final long number) {
        final NaiveReservation reservation = live.get(number);
        if (reservation != null && reservation.isOverdue(timeMs)) {
            expire(reservation);
        }
    }

    private void expire(final NaiveReservation reservation) {
        freeCells(reservation);
        replace(reservation, reservation.withState(ReservationStatus.EXPIRED));
    }

    private void releaseAll(final NaiveReservation reservation) {
        freeCells(reservation);
        takeLines(reservation, allLeft(reservation), false);
    }

    private void freeCells(final NaiveReservation reservation) {
        for (int i = 0; i < reservation.lines().size(); i++) {
            final Answer.Line line = reservation.lines().get(i);
            addToCell(line.store(), line.sku(), 0, -reservation.left(i));
        }
    }

    private static int[] allLeft(final NaiveReservation reservation) {
        final int[] units = new int[reservation.lines().size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = reservation.left(i);
        }
        return units;
    }

    /** Counts units of lines as fulfilled or as released; with the last unit the reservation is closed. */
    private NaiveReservation takeLines(final NaiveReservation reservation, final int[] units, final boolean fulfilled) {
        final List<Answer.Line> lines = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            final Answer.Line line = reservation.lines().get(i);
            lines.add(new Answer.Line(
                    line.store(),
                    line.sku(),
                    line.requested(),
                    line.quantity(),
                    line.fulfilled() + (fulfilled ? units[i] : 0),
                    line.released() + (fulfilled ? 0 : units[i])));
        }
        final NaiveReservation after = reservation.withLines(lines);
        final ReservationStatus closing = fulfilled ? ReservationStatus.FULFILLED : ReservationStatus.RELEASED;
        return replace(reservation, after.isUsedUp() ? after.withState(closing) : after);
    }

    /** Puts a changed reservation in the place of what it was, and tells its effects. */
    private NaiveReservation replace(final NaiveReservation before, final NaiveReservation changed) {
        final NaiveReservation after = changed.changedAt(sequence);
        effects.add(new Effect.ReservationChanged(
                after.number(),
                before.state(),
                after.state(),
                before.times().deadlineMs(),
                after.times().deadlineMs()));
        for (int i = 0; i < after.lines().size(); i++) {
            final Answer.Line from = before.lines().get(i);
            final Answer.Line to = after.lines().get(i);
            if (!from.equals(to)) {
                tellLine(after.number(), i, from, to);
            }
        }
        if (after.isLive()) {
            live.put(after.number(), after);
        } else {
            live.remove(after.number());
            closed.put(after.number(), after);
            closingOrder.addLast(after.number());
            evictClosed();
        }
        return after;
    }

    private void tellLine(final long number, final int index, final Answer.Line before, final Answer.Line after) {
        effects.add(new Effect.LineChanged(
                number,
                index,
                pair(after.requested(), after.quantity()),
                before == null ? 0 : pair(before.fulfilled(), before.released()),
                pair(after.fulfilled(), after.released())));
    }

    private static long pair(final int high, final int low) {
        return (long) high << 32 | low;
    }

    private void evictClosed() {
        for (int i = 0; i < EVICTED_AT_MOST && closed.size() > settings.closedReservationsKept(); i++) {
            final NaiveReservation longest = closed.remove(closingOrder.removeFirst());
            evicted.put(longest.number(), longest.state());
            effects.add(new Effect.ReservationEvicted(longest.number(), longest.state()));
        }
    }

    // Reserve.

    private Answer reserve(final PlainCommand.Reserve command) {
        NaiveReservation superseded = null;
        if (command.supersedes() != 0) {
            if (!isIssued(command.supersedes())) {
                return refusedReservation(UNKNOWN_RESERVATION, command.supersedes(), ReservationStatus.NONE);
            }
            expireIfOverdue(command.supersedes());
            final ReservationStatus state = stateOf(command.supersedes());
            if (state != ReservationStatus.HELD) {
                return refusedReservation(RESERVATION_CLOSED, command.supersedes(), state);
            }
            superseded = live.get(command.supersedes());
        }
        for (final PlainCommand.Quantity line : command.lines()) {
            if (!catalogue.stores().get(line.store()).active()
                    || !catalogue.skus().get(line.sku()).active()) {
                return new Answer.Refused(
                        head(NOT_ACTIVE), 0, ReservationStatus.NONE, line.store(), line.sku(), line.units(), 0);
            }
        }
        final int others = live.size() - (superseded == null ? 0 : 1);
        final int most = settings.maxLiveReservations();
        if (others >= most) {
            return new Answer.Refused(head(HOLD_LIMIT), 0, ReservationStatus.NONE, -1, -1, others + 1, most);
        }
        return reserveStock(command, superseded);
    }

    private Answer reserveStock(final PlainCommand.Reserve command, final NaiveReservation superseded) {
        final List<Answer.Shortfall> shortfalls = new ArrayList<>();
        final List<Answer.Line> granted = new ArrayList<>();
        long units = 0;
        for (final PlainCommand.Quantity line : command.lines()) {
            final int available = available(line.store(), line.sku(), superseded);
            final int quantity = Math.min(line.units(), available);
            if (quantity < line.units()) {
                shortfalls.add(new Answer.Shortfall(line.store(), line.sku(), line.units(), available));
            }
            granted.add(new Answer.Line(line.store(), line.sku(), line.units(), quantity, 0, 0));
            units += quantity;
        }
        if (command.allowPartial() ? units == 0 : !shortfalls.isEmpty()) {
            return new Answer.ShortStock(head(INSUFFICIENT_STOCK), List.copyOf(shortfalls));
        }
        if (superseded != null) {
            releaseAll(superseded);
        }
        return make(command, granted).answer(head(CREATED));
    }

    private int available(final int store, final int sku, final NaiveReservation superseded) {
        final Cell cell = cell(store, sku);
        final int line = superseded == null ? -1 : superseded.lineOf(store, sku);
        final long reserved = (long) cell.reserved() - (line < 0 ? 0 : superseded.left(line));
        final long free = cell.onHand() - reserved - Policies.safetyStock(inForce(store, cell.policy()));
        return (int) Math.max(0, free);
    }

    private NaiveReservation make(final PlainCommand.Reserve command, final List<Answer.Line> lines) {
        final int holdSeconds = command.holdSeconds() == 0 ? settings.defaultHoldSeconds() : command.holdSeconds();
        lastReservation++;
        final NaiveReservation made = new NaiveReservation(
                lastReservation,
                ReservationStatus.HELD,
                command.envelope().channel(),
                new Answer.Times(timeMs, timeMs + holdSeconds * 1_000L, sequence),
                List.copyOf(lines),
                command.owner(),
                command.reference(),
                new byte[0]);
        live.put(made.number(), made);
        effects.add(new Effect.ReservationChanged(
                made.number(),
                ReservationStatus.NONE,
                ReservationStatus.HELD,
                0,
                made.times().deadlineMs()));
        for (int i = 0; i < lines.size(); i++) {
            final Answer.Line line = lines.get(i);
            tellLine(made.number(), i, null, line);
            addToCell(line.store(), line.sku(), 0, line.quantity());
        }
        return made;
    }

    // Steps.

    private Answer confirm(final PlainCommand.Confirm command) {
        final long number = command.reservation();
        if (!isIssued(number)) {
            return refusedReservation(UNKNOWN_RESERVATION, number, ReservationStatus.NONE);
        }
        expireIfOverdue(number);
        final NaiveReservation reservation = live.get(number);
        if (reservation == null) {
            return refusedReservation(RESERVATION_CLOSED, number, stateOf(number));
        }
        if (reservation.state() == ReservationStatus.CONFIRMED) {
            return reservation.answer(head(OK));
        }
        final long deadlineMs = command.pickupSeconds() == 0 ? 0 : timeMs + command.pickupSeconds() * 1_000L;
        return replace(
                        reservation,
                        reservation
                                .withState(ReservationStatus.CONFIRMED)
                                .withDeadline(deadlineMs)
                                .withPaymentReference(command.paymentReference()))
                .answer(head(OK));
    }

    private Answer extend(final PlainCommand.Extend command) {
        final long number = command.reservation();
        if (!isIssued(number)) {
            return refusedReservation(UNKNOWN_RESERVATION, number, ReservationStatus.NONE);
        }
        expireIfOverdue(number);
        final NaiveReservation reservation = live.get(number);
        if (reservation == null) {
            return refusedReservation(RESERVATION_CLOSED, number, stateOf(number));
        }
        if ((reservation.state() == ReservationStatus.CONFIRMED) != command.ofPickup()) {
            return refusedReservation(WRONG_DEADLINE_KIND, number, reservation.state());
        }
        final long deadlineMs = timeMs + command.seconds() * 1_000L;
        if (deadlineMs == reservation.times().deadlineMs()) {
            return reservation.answer(head(OK));
        }
        return replace(reservation, reservation.withDeadline(deadlineMs)).answer(head(OK));
    }

    private Answer step(final PlainCommand.Step command) {
        final long number = command.reservation();
        if (!isIssued(number)) {
            return refusedReservation(UNKNOWN_RESERVATION, number, ReservationStatus.NONE);
        }
        expireIfOverdue(number);
        final NaiveReservation reservation = live.get(number);
        if (reservation == null) {
            return stepOnClosed(command);
        }
        if (command.lines().isEmpty()) {
            return take(reservation, allLeft(reservation), command.fulfil());
        }
        final int[] units = new int[reservation.lines().size()];
        final long[] requested = new long[units.length];
        for (final PlainCommand.Quantity wanted : command.lines()) {
            final int store = wanted.store();
            final int sku = wanted.sku();
            if (store == -1 && reservation.linesOf(sku) > 1) {
                return refusedLine(AMBIGUOUS_LINE, reservation, store, sku, wanted.units(), 0);
            }
            final int line = store == -1 ? onlyLineOf(reservation, sku) : reservation.lineOf(store, sku);
            if (line < 0) {
                return refusedLine(EXCEEDS_RESERVED, reservation, store, sku, wanted.units(), 0);
            }
            requested[line] += wanted.units();
            final int left = reservation.left(line);
            if (requested[line] > left) {
                return refusedLine(EXCEEDS_RESERVED, reservation, store, sku, requested[line], left);
            }
            units[line] = (int) requested[line];
        }
        return take(reservation, units, command.fulfil());
    }

    private Answer stepOnClosed(final PlainCommand.Step command) {
        final long number = command.reservation();
        final ReservationStatus wanted = command.fulfil() ? ReservationStatus.FULFILLED : ReservationStatus.RELEASED;
        if (!command.lines().isEmpty() || stateOf(number) != wanted) {
            return refusedReservation(RESERVATION_CLOSED, number, stateOf(number));
        }
        return closed.containsKey(number)
                ? closed.get(number).answer(head(OK))
                : new Answer.Done(head(OK), -1, false, 0);
    }

    private static int onlyLineOf(final NaiveReservation reservation, final int sku) {
        for (int i = 0; i < reservation.lines().size(); i++) {
            if (reservation.lines().get(i).sku() == sku) {
                return i;
            }
        }
        return -1;
    }

    private Answer take(final NaiveReservation reservation, final int[] units, final boolean fulfil) {
        for (int i = 0; fulfil && i < units.length; i++) {
            final Answer.Line line = reservation.lines().get(i);
            if (cell(line.store(), line.sku()).onHand() - units[i] < -Limits.MAX_QUANTITY) {
                return refusedLine(QUANTITY_OUT_OF_RANGE, reservation, line.store(), line.sku(), units[i], 0);
            }
        }
        for (int i = 0; i < units.length; i++) {
            final Answer.Line line = reservation.lines().get(i);
            addToCell(line.store(), line.sku(), fulfil ? -units[i] : 0, -units[i]);
        }
        return takeLines(reservation, units, fulfil).answer(head(OK));
    }

    // Reading.

    @Override
    public LedgerState state(final long fromReservation) {
        final SortedMap<CellAt, LedgerState.Cell> readCells = new TreeMap<>();
        cells.keySet().forEach(at -> readCells.put(at, readCell(at.store(), at.sku())));
        final SortedMap<Long, LedgerState.Reservation> kept = new TreeMap<>();
        for (final Map<Long, NaiveReservation> some : List.of(live, closed)) {
            some.forEach((number, reservation) -> {
                if (number >= fromReservation) {
                    kept.put(number, read(reservation));
                }
            });
        }
        final long nextDeadlineMs = live.values().stream()
                .mapToLong(reservation -> reservation.times().deadlineMs())
                .filter(deadlineMs -> deadlineMs > 0)
                .min()
                .orElse(Long.MAX_VALUE);
        return new LedgerState(
                new LedgerState.Clock(sequence, timeMs, 1),
                settings,
                new LedgerState.Reservations(live.size(), nextDeadlineMs, lastReservation),
                List.copyOf(catalogue.channels()),
                List.copyOf(catalogue.stores()),
                List.copyOf(catalogue.skus()),
                catalogue.storeCodes(),
                catalogue.skuCodes(),
                catalogue.gtins(),
                catalogue.policies(),
                readCells,
                kept,
                new TreeMap<>(evicted.tailMap(fromReservation)));
    }

    @Override
    public LedgerState.Cell readCell(final int store, final int sku) {
        final Cell cell = cell(store, sku);
        final long policy = inForce(store, cell.policy());
        return new LedgerState.Cell(
                cell.onHand(),
                cell.reserved(),
                available(store, sku, null),
                Policies.safetyStock(policy),
                Policies.lowStockThreshold(policy),
                cell.policy(),
                cell.version());
    }

    @Override
    public int skuByGtin(final long gtin) {
        return catalogue.gtins().getOrDefault(gtin, -1);
    }

    private static LedgerState.Reservation read(final NaiveReservation reservation) {
        final Answer.Texts texts =
                Answer.Texts.of(reservation.owner(), reservation.reference(), reservation.paymentReference());
        return new LedgerState.Reservation(
                reservation.state(),
                reservation.channel(),
                reservation.times(),
                reservation.lines(),
                texts.owner(),
                texts.reference(),
                texts.paymentReference());
    }
}
