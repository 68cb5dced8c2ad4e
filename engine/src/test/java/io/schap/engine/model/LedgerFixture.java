package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.LedgerSettings;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A ledger with two sales channels, three stores and four SKUs, a clock that stands still, and words to ask it. */
abstract class LedgerFixture {

    static final long START_MS = 1_767_225_600_000L;
    static final LedgerSettings SETTINGS = new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 100, 100_000, 3_600_000);

    final LedgerDoor ledger;
    long sequence;
    long nowMs = START_MS;

    LedgerFixture(final LedgerKind kind) {
        ledger = kind.open();
    }

    @BeforeEach
    void open() {
        ok(Commands.genesis(SETTINGS));
        ok(Commands.putChannel("web"));
        ok(Commands.putChannel("app"));
        for (final String code : List.of("0042", "0049", "DC")) {
            ok(Commands.putStore(code));
        }
        for (final String code : List.of("85123A", "71053", "84406B", "22752")) {
            ok(Commands.putSku(code));
        }
    }

    @AfterEach
    void check() {
        ledger.check();
    }

    Answer apply(final CommandBuilder<?> command) {
        final DirectBuffer encoded = command.encode();
        return apply(encoded, encoded.capacity());
    }

    Answer apply(final DirectBuffer command, final int length) {
        sequence++;
        return ledger.apply(sequence, nowMs, command, 0, length);
    }

    void ok(final CommandBuilder<?> command) {
        assertEquals(ResultCode.OK, apply(command).code());
    }

    void assertCode(final ResultCode code, final CommandBuilder<?> command) {
        assertEquals(code, apply(command).code());
    }

    /** The command is refused for what it is, and changes nothing. */
    void assertMalformed(final CommandBuilder<?> command) {
        final DirectBuffer encoded = command.encode();
        assertMalformed(encoded, encoded.capacity());
    }

    void assertMalformed(final DirectBuffer command, final int length) {
        final Answer answer = apply(command, length);
        assertEquals(
                new Answer.Refused(
                        new Answer.Head(ResultCode.MALFORMED, 0, sequence, nowMs),
                        0,
                        ReservationStatus.NONE,
                        -1,
                        -1,
                        0,
                        0),
                answer);
        assertNoEffects();
    }

    void assertNoEffects() {
        assertEquals(List.of(), ledger.effects());
    }

    void passSeconds(final long seconds) {
        nowMs += 1_000 * seconds;
    }

    /** Puts units into a cell. */
    void stock(final int store, final int sku, final int units) {
        assertEquals(
                ResultCode.OK,
                move(Commands.movements().count(store, sku, units)).code());
    }

    /** The one row of a list of one. */
    Answer.Row move(final MovementsBuilder movements) {
        final Answer.Movements answer = assertInstanceOf(Answer.Movements.class, apply(movements));
        assertEquals(ResultCode.OK, answer.code());
        assertEquals(1, answer.rows().size());
        return answer.rows().get(0);
    }

    List<ResultCode> codes(final MovementsBuilder movements) {
        return assertInstanceOf(Answer.Movements.class, apply(movements)).rows().stream()
                .map(Answer.Row::code)
                .toList();
    }

    /** Makes a reservation; returns its number. */
    long make(final Commands.Reserve reserve) {
        return made(reserve).number();
    }

    Answer.Reservation made(final Commands.Reserve reserve) {
        final Answer.Reservation answer = assertInstanceOf(Answer.Reservation.class, apply(reserve));
        assertEquals(ResultCode.CREATED, answer.code());
        assertEquals(ReservationStatus.HELD, answer.state());
        return answer;
    }

    /** A step that is carried out, or already was. */
    Answer.Reservation stepped(final CommandBuilder<?> step) {
        final Answer.Reservation answer = assertInstanceOf(Answer.Reservation.class, apply(step));
        assertEquals(ResultCode.OK, answer.code());
        return answer;
    }

    Answer.Refused refused(final ResultCode code, final CommandBuilder<?> command) {
        final Answer.Refused answer = assertInstanceOf(Answer.Refused.class, apply(command));
        assertEquals(code, answer.code());
        return answer;
    }

    void assertClosed(final ReservationStatus state, final CommandBuilder<?> step) {
        assertEquals(state, refused(ResultCode.RESERVATION_CLOSED, step).state());
    }

    LedgerState state() {
        return ledger.state(0);
    }

    void assertCell(final int store, final int sku, final int onHand, final int reserved) {
        final LedgerState.Cell cell = ledger.readCell(store, sku);
        assertEquals(List.of(onHand, reserved), List.of(cell.onHand(), cell.reserved()), "onHand, reserved");
    }

    int available(final int store, final int sku) {
        return ledger.readCell(store, sku).available();
    }

    ReservationStatus statusOf(final long reservation) {
        final LedgerState state = state();
        final LedgerState.Reservation kept = state.reservation(reservation);
        return kept == null ? state.evicted().get(reservation) : kept.state();
    }

    Answer.Line lineOf(final long reservation, final int line) {
        return state().reservation(reservation).lines().get(line);
    }
}
