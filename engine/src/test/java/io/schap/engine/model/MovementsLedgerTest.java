package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.schap.engine.command.Limits;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.Counters;
import io.schap.engine.state.LedgerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stock facts: recorded whatever the books say. */
@EveryLedger
final class MovementsLedgerTest extends LedgerFixture {

    private static final int MOST = Limits.MAX_QUANTITY;

    MovementsLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    @Test
    void shouldApplyEachTypeOfFact() {
        assertEquals(12, move(Commands.movements().receipt(0, 0, 12)).onHand());
        assertEquals(9, move(Commands.movements().sale(0, 0, 3)).onHand());
        assertEquals(10, move(Commands.movements().returned(0, 0, 1)).onHand());
        assertEquals(6, move(Commands.movements().adjustment(0, 0, -4)).onHand());
        assertEquals(40, move(Commands.movements().count(0, 0, 40)).onHand());
        assertCell(0, 0, 40, 0);
    }

    @Test
    void shouldAnswerWithTheCellAfterTheRow() {
        ok(Commands.setPolicy(1).safetyStock(3));
        stock(1, 2, 10);
        make(Commands.reserve().line(1, 2, 4));
        assertEquals(
                new Answer.Row(ResultCode.OK, 1, 2, 9, 4, 3, 2),
                move(Commands.movements().sale(1, 2, 1)));
    }

    @Test
    void shouldTellTheCellBeforeAndAfter() {
        move(Commands.movements().receipt(0, 1, 5));
        assertEquals(List.of(new Effect.CellChanged(0, 1, Counters.of(0, 0), Counters.of(5, 0), 1)), ledger.effects());
        move(Commands.movements().sale(0, 1, 7));
        assertEquals(List.of(new Effect.CellChanged(0, 1, Counters.of(5, 0), Counters.of(-2, 0), 2)), ledger.effects());
    }

    @Test
    void shouldSellWhatTheBooksDoNotHave() {
        assertEquals(-3, move(Commands.movements().sale(0, 0, 3)).onHand());
        assertEquals(0, available(0, 0));
        assertEquals(-5, move(Commands.movements().count(0, 0, -5)).onHand());
    }

    @Test
    void shouldApplyRowsInTheirOrder() {
        final Answer.Movements answer = assertInstanceOf(
                Answer.Movements.class,
                apply(Commands.movements()
                        .receipt(0, 0, 5)
                        .sale(0, 0, 2)
                        .count(0, 0, 9)
                        .receipt(1, 0, 1)));
        assertEquals(
                List.of(5, 3, 9, 1),
                answer.rows().stream().map(Answer.Row::onHand).toList());
        assertEquals(4, ledger.effects().size());
        assertEquals(3, state().cell(0, 0).version());
    }

    @Test
    void shouldLetNoRowsErrorStopAnother() {
        assertEquals(
                List.of(ResultCode.OK, ResultCode.UNKNOWN_STORE, ResultCode.UNKNOWN_SKU, ResultCode.OK),
                codes(Commands.movements()
                        .receipt(0, 0, 1)
                        .receipt(-1, 0, 1)
                        .receipt(0, -1, 1)
                        .receipt(0, 0, 1)));
        assertCell(0, 0, 2, 0);
    }

    @Test
    void shouldNameTheStoreFirstWhenBothAreUnknown() {
        assertEquals(
                new Answer.Row(ResultCode.UNKNOWN_STORE, -1, -1, 0, 0, 0, 0),
                move(Commands.movements().receipt(-1, -1, 1)));
        assertEquals(
                new Answer.Row(ResultCode.UNKNOWN_STORE, -1, 3, 0, 0, 0, 0),
                move(Commands.movements().receipt(-1, 3, 1)));
        assertEquals(
                new Answer.Row(ResultCode.UNKNOWN_SKU, 2, -1, 0, 0, 0, 0),
                move(Commands.movements().receipt(2, -1, 1)));
    }

    @Test
    void shouldCountOnlyWhatWasExpected() {
        stock(0, 0, 10);
        final Answer.Row conflict = move(Commands.movements().count(0, 0, 7).expecting(9));
        assertEquals(new Answer.Row(ResultCode.COUNT_CONFLICT, 0, 0, 10, 0, 0, 2), conflict);
        assertNoEffects();
        assertEquals(7, move(Commands.movements().count(0, 0, 7).expecting(10)).onHand());
        assertEquals(
                ResultCode.OK,
                move(Commands.movements().count(1, 0, 7).expecting(0)).code());
    }

    @Test
    void shouldKeepCountersWithinBounds() {
        stock(0, 0, MOST);
        stock(1, 0, -MOST);
        assertEquals(
                List.of(
                        ResultCode.QUANTITY_OUT_OF_RANGE,
                        ResultCode.QUANTITY_OUT_OF_RANGE,
                        ResultCode.QUANTITY_OUT_OF_RANGE,
                        ResultCode.QUANTITY_OUT_OF_RANGE,
                        ResultCode.QUANTITY_OUT_OF_RANGE),
                codes(Commands.movements()
                        .receipt(0, 0, 1)
                        .returned(0, 0, MOST)
                        .adjustment(0, 0, MOST)
                        .sale(1, 0, 1)
                        .adjustment(1, 0, -MOST)));
        assertNoEffects();
        assertCell(0, 0, MOST, 0);
        assertCell(1, 0, -MOST, 0);
        assertEquals(0, move(Commands.movements().sale(0, 0, MOST)).onHand());
        assertEquals(0, move(Commands.movements().receipt(1, 0, MOST)).onHand());
    }

    @Test
    void shouldLeaveTheVersionWhenNothingChanges() {
        stock(0, 0, 5);
        assertEquals(5, move(Commands.movements().count(0, 0, 5)).onHand());
        assertNoEffects();
        assertEquals(5, move(Commands.movements().adjustment(0, 0, 0)).onHand());
        assertNoEffects();
        assertEquals(1, state().cell(0, 0).version());
        stock(1, 1, 0);
        assertNull(state().cell(1, 1));
    }

    @Test
    void shouldRecordFactsOfWhatIsNotActive() {
        ok(Commands.putStore("0042").active(false));
        ok(Commands.putSku("85123A").active(false));
        assertEquals(5, move(Commands.movements().receipt(0, 0, 5)).onHand());
    }

    @Test
    void shouldTakeAsManyRowsAsACommandHolds() {
        final MovementsBuilder movements = Commands.movements();
        for (int i = 0; i < Limits.MAX_ROWS_PER_COMMAND; i++) {
            movements.receipt(0, i % 4, 1);
        }
        ok(movements);
        assertCell(0, 3, 6, 0);
        assertMalformed(movements.receipt(0, 0, 1));
        assertMalformed(Commands.movements());
    }

    @Test
    void shouldRefuseAWholeListForARowThatIsNotWellFormed() {
        for (final MovementsBuilder wrong : List.of(
                Commands.movements().receipt(0, 0, 0),
                Commands.movements().receipt(0, 0, -1),
                Commands.movements().receipt(0, 0, MOST + 1),
                Commands.movements().sale(0, 0, 0),
                Commands.movements().returned(0, 0, 0),
                Commands.movements().adjustment(0, 0, MOST + 1),
                Commands.movements().adjustment(0, 0, -MOST - 1),
                Commands.movements().count(0, 0, MOST + 1),
                Commands.movements().count(0, 0, Integer.MIN_VALUE),
                Commands.movements().row(5, 0, 0, 1),
                Commands.movements().receipt(0, 0, 1).expecting(0),
                Commands.movements().count(0, 0, 1).expecting(2, 0),
                Commands.movements().receipt(0, 0, 1).ofReservation(1),
                Commands.movements().count(0, 0, 1).ofReservation(-1),
                Commands.movements().receipt(3, 0, 1),
                Commands.movements().receipt(-2, 0, 1),
                Commands.movements().receipt(0, 4, 1),
                Commands.movements().receipt(0, -2, 1),
                Commands.movements().receipt(0, 0, 1).onChannel(2),
                Commands.movements().receipt(0, 0, 1).reason("x".repeat(129)))) {
            assertMalformed(wrong);
        }
        assertMalformed(Commands.movements().receipt(0, 0, 1).row(5, 0, 0, 1));
        assertNull(state().cell(0, 0));
    }

    @Test
    void shouldHandOverWhatASaleOfAReservationNames() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));

        assertEquals(
                new Answer.Row(ResultCode.OK, 0, 0, 7, 1, 0, 2),
                move(Commands.movements().sale(0, 0, 3).ofReservation(number)));
        assertEquals(ReservationStatus.HELD, statusOf(number));
        assertEquals(3, lineOf(number, 0).fulfilled());
        assertEquals(sequence, state().reservation(number).times().changedSequence());

        move(Commands.movements().sale(0, 0, 1).ofReservation(number));
        assertEquals(ReservationStatus.FULFILLED, statusOf(number));
        assertCell(0, 0, 6, 0);
    }

    @Test
    void shouldSellOrdinarilyWhatGoesBeyondTheReservation() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        assertEquals(
                new Answer.Row(ResultCode.OK, 0, 0, 3, 0, 0, 2),
                move(Commands.movements().sale(0, 0, 7).ofReservation(number)));
        assertEquals(4, lineOf(number, 0).fulfilled());
        assertEquals(ReservationStatus.FULFILLED, statusOf(number));
    }

    @Test
    void shouldTakeNothingForUnitsThatTheOrderSystemReportedBefore() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        stepped(Commands.fulfil(number));
        assertEquals(
                new Answer.Row(ResultCode.OK, 0, 0, 6, 0, 0, 2),
                move(Commands.movements().sale(0, 0, 4).ofReservation(number)));
        assertNoEffects();
        assertEquals(
                5,
                move(Commands.movements().sale(0, 0, 5).ofReservation(number)).onHand());
    }

    @Test
    void shouldLetTheOrderSystemReportAfterTheTill() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        move(Commands.movements().sale(0, 0, 4).ofReservation(number));
        stepped(Commands.fulfil(number));
        assertCell(0, 0, 6, 0);
    }

    @Test
    void shouldTakeStillReservedUnitsBeforeThoseFulfilled() {
        stock(0, 0, 20);
        final long number = make(Commands.reserve().line(0, 0, 10));
        stepped(Commands.fulfil(number).line(0, 0, 3));
        stepped(Commands.release(number).line(0, 0, 2));
        assertCell(0, 0, 17, 5);

        // Of 9 units 5 are handed over, 3 were fulfilled before, and 1 is an ordinary sale.
        move(Commands.movements().sale(0, 0, 9).ofReservation(number));

        assertCell(0, 0, 11, 0);
        assertEquals(new Answer.Line(0, 0, 10, 10, 8, 2), lineOf(number, 0));
    }

    @Test
    void shouldSellOrdinarilyWhatTheReservationReleased() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        stepped(Commands.release(number));
        move(Commands.movements().sale(0, 0, 4).ofReservation(number));
        assertCell(0, 0, 6, 0);
        assertEquals(4, lineOf(number, 0).released());
    }

    @Test
    void shouldSellOrdinarilyWhatTheReservationHasNoLineOf() {
        stock(0, 0, 10);
        stock(1, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        move(Commands.movements().sale(1, 0, 4).ofReservation(number));
        assertCell(1, 0, 6, 0);
        assertCell(0, 0, 10, 4);
    }

    @Test
    void shouldExpireAnOverdueReservationThatASaleNames() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4).hold(60));
        stepped(Commands.fulfil(number).line(0, 0, 1));
        passSeconds(60);

        // 1 of 3 was fulfilled before; the others are an ordinary sale.
        move(Commands.movements().sale(0, 0, 3).ofReservation(number));

        assertEquals(ReservationStatus.EXPIRED, statusOf(number));
        assertCell(0, 0, 7, 0);
    }

    @Test
    void shouldRefuseASaleOfAReservationThatNeverWas() {
        stock(0, 0, 10);
        for (final long number : new long[] {-1, 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(
                    new Answer.Row(ResultCode.UNKNOWN_RESERVATION, 0, 0, 10, 0, 0, 2),
                    move(Commands.movements().sale(0, 0, 1).ofReservation(number)));
            assertNoEffects();
        }
    }

    @Test
    void shouldTakeNothingForAFulfilledReservationThatIsNoLongerKept() {
        ok(Commands.configure(new LedgerSettings(8, 8, 3, 6, 1, 600, 2, 100, 10_000, 1_000)));
        stock(0, 0, 10);
        final long fulfilled = make(Commands.reserve().line(0, 0, 4));
        final long released = make(Commands.reserve().line(0, 0, 4));
        stepped(Commands.fulfil(fulfilled));
        stepped(Commands.release(released));
        stepped(Commands.release(make(Commands.reserve().line(0, 0, 1))));

        assertEquals(
                6,
                move(Commands.movements().sale(0, 0, 9).ofReservation(fulfilled))
                        .onHand());
        assertEquals(
                4,
                move(Commands.movements().sale(0, 0, 2).ofReservation(released)).onHand());
    }

    @Test
    void shouldKeepASaleOfAReservationWithinBounds() {
        stock(0, 0, 10);
        final long number = make(Commands.reserve().line(0, 0, 4));
        stock(0, 0, -MOST);
        assertEquals(
                ResultCode.QUANTITY_OUT_OF_RANGE,
                move(Commands.movements().sale(0, 0, 2).ofReservation(number)).code());
        assertNoEffects();
        assertCell(0, 0, -MOST, 4);
    }
}
