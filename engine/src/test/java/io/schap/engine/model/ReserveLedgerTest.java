package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.Counters;
import io.schap.engine.state.LedgerSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests: refused when stock is short. */
@EveryLedger
final class ReserveLedgerTest extends LedgerFixture {

    ReserveLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    private void assertShort(final Commands.Reserve reserve, final Answer.Shortfall... shortfalls) {
        final Answer.ShortStock answer = assertInstanceOf(Answer.ShortStock.class, apply(reserve));
        assertEquals(ResultCode.INSUFFICIENT_STOCK, answer.code());
        assertEquals(List.of(shortfalls), answer.shortfalls());
        assertNoEffects();
    }

    @Test
    void shouldHoldUnitsUntilTheDeadline() {
        stock(0, 0, 5);

        final Answer.Reservation answer = made(Commands.reserve()
                .channel(1)
                .line(0, 0, 3)
                .hold(900)
                .owner("cart-81", 1, 2)
                .reference("order-9", 3, 4));

        assertEquals(
                new Answer.Reservation(
                        new Answer.Head(ResultCode.CREATED, 0, sequence, nowMs),
                        1,
                        ReservationStatus.HELD,
                        1,
                        new Answer.Times(nowMs, nowMs + 900_000, sequence),
                        List.of(new Answer.Line(0, 0, 3, 3, 0, 0)),
                        Answer.Texts.of("cart-81", "order-9", "")),
                answer);
        assertCell(0, 0, 5, 3);
        assertEquals(2, available(0, 0));
        final LedgerState.Reservations all = state().reservations();
        assertEquals(new LedgerState.Reservations(1, nowMs + 900_000, 1), all);
    }

    @Test
    void shouldTellEveryRowThatAReservationChanges() {
        stock(0, 0, 5);
        final Answer.Reservation made = made(Commands.reserve().line(0, 0, 3));
        assertEquals(
                Set.of(
                        new Effect.CellChanged(0, 0, Counters.of(5, 0), Counters.of(5, 3), 2),
                        new Effect.ReservationChanged(
                                1, ReservationStatus.NONE, ReservationStatus.HELD, 0, made.deadlineMs()),
                        new Effect.LineChanged(1, 0, 3L << 32 | 3, 0, 0)),
                Set.copyOf(ledger.effects()));
    }

    @Test
    void shouldReadBackWhatItAnswered() {
        stock(0, 0, 5);
        stock(2, 3, 5);
        final Answer.Reservation made = made(
                Commands.reserve().line(2, 3, 2).line(0, 0, 1).owner("é", 1, 1).reference("☕", 2, 2));
        assertEquals(
                new LedgerState.Reservation(made.state(), made.channel(), made.times(), made.lines(), "é", "☕", ""),
                state().reservation(made.number()));
    }

    @Test
    void shouldHoldForTheConfiguredTimeWhenNoneIsGiven() {
        stock(0, 0, 5);
        assertEquals(nowMs + 600_000, made(Commands.reserve().line(0, 0, 1)).deadlineMs());
    }

    @Test
    void shouldNumberReservationsFromOne() {
        stock(0, 0, 5);
        assertEquals(1, make(Commands.reserve().line(0, 0, 1)));
        assertShort(Commands.reserve().line(0, 0, 9), new Answer.Shortfall(0, 0, 9, 4));
        assertEquals(2, make(Commands.reserve().line(0, 0, 1)));
    }

    @Test
    void shouldReserveTheLastUnitOnce() {
        stock(0, 0, 1);
        make(Commands.reserve().line(0, 0, 1));
        assertShort(Commands.reserve().line(0, 0, 1), new Answer.Shortfall(0, 0, 1, 0));
    }

    @Test
    void shouldNeverPromiseTheSafetyStock() {
        stock(0, 0, 5);
        ok(Commands.setPolicy(0).safetyStock(3));
        assertShort(Commands.reserve().line(0, 0, 3), new Answer.Shortfall(0, 0, 3, 2));
        make(Commands.reserve().line(0, 0, 2));
        assertEquals(0, available(0, 0));
    }

    @Test
    void shouldPromiseNothingOfStockBelowZero() {
        stock(0, 0, -7);
        assertShort(Commands.reserve().line(0, 0, 1), new Answer.Shortfall(0, 0, 1, 0));
        assertShort(Commands.reserve().line(1, 1, 1), new Answer.Shortfall(1, 1, 1, 0));
    }

    @Test
    void shouldPromiseNothingWhileMoreIsReservedThanThere() {
        stock(0, 0, 5);
        make(Commands.reserve().line(0, 0, 5));
        stock(0, 0, 3);
        assertShort(Commands.reserve().line(0, 0, 1), new Answer.Shortfall(0, 0, 1, 0));
        assertEquals(3, ledger.readCell(0, 0).onHand());
    }

    @Test
    void shouldTakeAllLinesOrNone() {
        stock(0, 0, 5);
        stock(1, 0, 1);
        assertShort(
                Commands.reserve().line(0, 0, 2).line(1, 0, 2).line(0, 1, 7),
                new Answer.Shortfall(1, 0, 2, 1),
                new Answer.Shortfall(0, 1, 7, 0));
        assertCell(0, 0, 5, 0);
        make(Commands.reserve().line(0, 0, 5).line(1, 0, 1));
        assertCell(0, 0, 5, 5);
        assertCell(1, 0, 1, 1);
    }

    @Test
    void shouldGrantWhatThereIsWhenPartialIsAllowed() {
        stock(0, 0, 5);
        stock(1, 0, 1);
        final Answer.Reservation made = made(
                Commands.reserve().line(1, 0, 2).line(0, 1, 7).line(0, 0, 2).allowPartial());
        assertEquals(
                List.of(
                        new Answer.Line(1, 0, 2, 1, 0, 0),
                        new Answer.Line(0, 1, 7, 0, 0, 0),
                        new Answer.Line(0, 0, 2, 2, 0, 0)),
                made.lines());
        assertCell(1, 0, 1, 1);
        assertCell(0, 0, 5, 2);
    }

    @Test
    void shouldRefuseAPartialReservationOfNothing() {
        stock(0, 0, 1);
        make(Commands.reserve().line(0, 0, 1));
        assertShort(
                Commands.reserve().line(0, 0, 2).line(1, 0, 3).allowPartial(),
                new Answer.Shortfall(0, 0, 2, 0),
                new Answer.Shortfall(1, 0, 3, 0));
    }

    @Test
    void shouldRefuseRequestsOfWhatIsNotActive() {
        stock(0, 0, 5);
        stock(1, 1, 5);
        ok(Commands.putStore("0049").active(false));
        ok(Commands.putSku("84406B").active(false));

        final Answer.Refused ofStore =
                refused(ResultCode.NOT_ACTIVE, Commands.reserve().line(0, 0, 1).line(1, 1, 1));
        assertEquals(List.of(1, 1), List.of(ofStore.store(), ofStore.sku()));
        final Answer.Refused ofSku =
                refused(ResultCode.NOT_ACTIVE, Commands.reserve().line(0, 2, 1).line(1, 1, 1));
        assertEquals(List.of(0, 2), List.of(ofSku.store(), ofSku.sku()));
        assertNoEffects();

        ok(Commands.putStore("0049").active(true));
        make(Commands.reserve().line(0, 0, 1).line(1, 1, 1));
    }

    @Test
    void shouldBoundLiveReservations() {
        stock(0, 0, 50);
        for (int i = 0; i < SETTINGS.maxLiveReservations(); i++) {
            make(Commands.reserve().line(0, 0, 1));
        }
        refused(ResultCode.HOLD_LIMIT, Commands.reserve().line(0, 0, 1));
        assertNoEffects();
        refused(ResultCode.HOLD_LIMIT, Commands.reserve().line(0, 0, 99));

        stepped(Commands.release(2));
        make(Commands.reserve().line(0, 0, 1));
        make(Commands.reserve().line(0, 0, 1).supersedes(1));
        assertEquals(SETTINGS.maxLiveReservations(), state().reservations().live());
    }

    @Test
    void shouldReleaseTheSupersededReservationInTheSameStep() {
        stock(0, 0, 5);
        final long old = make(Commands.reserve().line(0, 0, 5));
        final long fresh = make(Commands.reserve().line(0, 0, 4).supersedes(old));

        assertEquals(ReservationStatus.RELEASED, statusOf(old));
        assertEquals(new Answer.Line(0, 0, 5, 5, 0, 5), lineOf(old, 0));
        assertEquals(ReservationStatus.HELD, statusOf(fresh));
        assertCell(0, 0, 5, 4);
        assertEquals(sequence, state().reservation(old).times().changedSequence());
    }

    @Test
    void shouldKeepTheSupersededReservationWhenTheNewOneIsRefused() {
        stock(0, 0, 5);
        stock(1, 0, 5);
        final long old = make(Commands.reserve().line(0, 0, 3));
        assertShort(Commands.reserve().line(0, 0, 6).supersedes(old), new Answer.Shortfall(0, 0, 6, 5));
        assertShort(Commands.reserve().line(1, 0, 6).supersedes(old), new Answer.Shortfall(1, 0, 6, 5));
        assertEquals(ReservationStatus.HELD, statusOf(old));
        assertCell(0, 0, 5, 3);
    }

    @Test
    void shouldCountOnlyTheUnitsThatTheSupersededReservationStillHolds() {
        stock(0, 0, 5);
        final long old = make(Commands.reserve().line(0, 0, 4));
        stepped(Commands.release(old).line(0, 0, 1));
        stepped(Commands.fulfil(old).line(0, 0, 1));
        make(Commands.reserve().line(0, 0, 2));
        assertShort(Commands.reserve().line(0, 0, 3).supersedes(old), new Answer.Shortfall(0, 0, 3, 2));
        make(Commands.reserve().line(0, 0, 2).supersedes(old));
        assertCell(0, 0, 4, 4);
        assertEquals(new Answer.Line(0, 0, 4, 4, 1, 3), lineOf(old, 0));
    }

    @Test
    void shouldSupersedeOnlyWhatIsHeld() {
        stock(0, 0, 9);
        final long confirmed = make(Commands.reserve().line(0, 0, 1));
        stepped(Commands.confirm(confirmed));
        final long released = make(Commands.reserve().line(0, 0, 1));
        stepped(Commands.release(released));
        final long overdue = make(Commands.reserve().line(0, 0, 1).hold(10));
        passSeconds(10);

        assertClosed(
                ReservationStatus.CONFIRMED, Commands.reserve().line(0, 0, 1).supersedes(confirmed));
        assertClosed(
                ReservationStatus.RELEASED, Commands.reserve().line(0, 0, 1).supersedes(released));
        assertClosed(ReservationStatus.EXPIRED, Commands.reserve().line(0, 0, 1).supersedes(overdue));
        assertEquals(ReservationStatus.EXPIRED, statusOf(overdue));
        for (final long number : new long[] {-1, 4, Long.MAX_VALUE}) {
            final Answer.Refused answer = refused(
                    ResultCode.UNKNOWN_RESERVATION,
                    Commands.reserve().line(0, 0, 1).supersedes(number));
            assertEquals(number, answer.reservation());
        }
    }

    @Test
    void shouldNameTheReservationBeforeActivityLimitAndStock() {
        stock(0, 0, 9);
        ok(Commands.putStore("0049").active(false));
        refused(
                ResultCode.UNKNOWN_RESERVATION,
                Commands.reserve().line(1, 0, 99).supersedes(7));
        refused(ResultCode.NOT_ACTIVE, Commands.reserve().line(0, 0, 99).line(1, 0, 1));
    }

    @Test
    void shouldTakeTheMostLinesAndTheLongestTexts() {
        ok(Commands.configure(new LedgerSettings(8, 200, 3, 6, 4, 600, 2, 100, 10_000, 1_000)));
        final Commands.Reserve reserve =
                Commands.reserve().owner("o".repeat(128), 1, 1).reference("r".repeat(128), 1, 1);
        for (int i = 0; i < Limits.MAX_LINES; i++) {
            ok(Commands.putSku("P" + i));
            stock(0, 4 + i, 7);
            reserve.line(0, 4 + i, 1 + i % 7);
        }
        final Answer.Reservation made = made(reserve);
        assertEquals(Limits.MAX_LINES, made.lines().size());
        stepped(Commands.confirm(made.number()).payment("p".repeat(128), 1, 1));
        assertEquals(made.lines(), state().reservation(made.number()).lines());
        assertMalformed(reserve.line(1, 0, 1));
    }

    @Test
    void shouldPromiseUpToTheBoundOfACell() {
        stock(0, 0, Limits.MAX_QUANTITY);
        make(Commands.reserve().line(0, 0, Limits.MAX_QUANTITY));
        assertShort(Commands.reserve().line(0, 0, 1), new Answer.Shortfall(0, 0, 1, 0));
        stock(0, 0, -Limits.MAX_QUANTITY);
        ok(Commands.setPolicy(0).safetyStock(Limits.MAX_QUANTITY));
        assertEquals(0, available(0, 0));
        assertShort(
                Commands.reserve().line(0, 0, Limits.MAX_QUANTITY), new Answer.Shortfall(0, 0, Limits.MAX_QUANTITY, 0));
    }

    @Test
    void shouldRefuseAReservationThatIsNotWellFormed() {
        stock(0, 0, 5);
        for (final Commands.Reserve wrong : List.of(
                Commands.reserve(),
                Commands.reserve().line(0, 0, 0),
                Commands.reserve().line(0, 0, -1),
                Commands.reserve().line(0, 0, Limits.MAX_QUANTITY + 1),
                Commands.reserve().line(0, 0, 1).line(1, 0, 1).line(0, 0, 1),
                Commands.reserve().line(3, 0, 1),
                Commands.reserve().line(-1, 0, 1),
                Commands.reserve().line(0, 4, 1),
                Commands.reserve().line(0, -1, 1),
                Commands.reserve().line(0, 0, 1).channel(-1),
                Commands.reserve().line(0, 0, 1).channel(2),
                Commands.reserve().line(0, 0, 1).hold(-1),
                Commands.reserve().line(0, 0, 1).hold(Limits.MAX_HOLD_SECONDS + 1),
                Commands.reserve().line(0, 0, 1).allowPartial(2),
                Commands.reserve().line(0, 0, 1).owner("x".repeat(129), 1, 1),
                Commands.reserve().line(0, 0, 1).reference("x".repeat(129), 1, 1))) {
            assertMalformed(wrong);
        }
        make(Commands.reserve().line(0, 0, 1).hold(1));
        make(Commands.reserve().line(0, 0, 1).hold(Limits.MAX_HOLD_SECONDS));
    }
}
