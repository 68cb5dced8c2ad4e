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

/** What becomes of a reservation: confirm, extend, fulfil, release. */
@EveryLedger
final class StepsLedgerTest extends LedgerFixture {

    private static final LedgerSettings KEEPING_ONE_CLOSED =
            new LedgerSettings(8, 8, 3, 6, 1, 600, 2, 100, 100_000, 3_600_000);

    StepsLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    /** Reservation 1: 4 of store 0 SKU 0, 2 of store 1 SKU 0, 3 of store 0 SKU 1; 10 in each cell. */
    private long makeThreeLines() {
        stock(0, 0, 10);
        stock(1, 0, 10);
        stock(0, 1, 10);
        return make(Commands.reserve().line(0, 0, 4).line(1, 0, 2).line(0, 1, 3));
    }

    @Test
    void shouldConfirmWithoutADeadline() {
        final long number = makeThreeLines();
        final long heldUntil = state().reservation(number).times().deadlineMs();

        final Answer.Reservation confirmed = stepped(Commands.confirm(number).payment("pay-1", 5, 6));

        assertEquals(ReservationStatus.CONFIRMED, confirmed.state());
        assertEquals(0, confirmed.deadlineMs());
        assertEquals(sequence, confirmed.changedSequence());
        assertEquals("pay-1", confirmed.texts().paymentReference());
        assertEquals("pay-1", state().reservation(number).paymentReference());
        assertEquals(
                List.of(new Effect.ReservationChanged(
                        number, ReservationStatus.HELD, ReservationStatus.CONFIRMED, heldUntil, 0)),
                ledger.effects());
        assertEquals(Long.MAX_VALUE, state().reservations().nextDeadlineMs());
        assertCell(0, 0, 10, 4);
    }

    @Test
    void shouldConfirmWithTheDeadlineOfThePickup() {
        final long number = makeThreeLines();
        assertEquals(
                nowMs + 60_000, stepped(Commands.confirm(number).pickup(60)).deadlineMs());
        assertEquals(nowMs + 60_000, state().reservations().nextDeadlineMs());
    }

    @Test
    void shouldChangeNothingWhenConfirmedAgain() {
        final long number = makeThreeLines();
        final Answer.Reservation first =
                stepped(Commands.confirm(number).pickup(600).payment("a", 1, 1));
        passSeconds(5);
        final Answer.Reservation again =
                stepped(Commands.confirm(number).pickup(900).payment("b", 2, 2));
        assertNoEffects();
        assertEquals(first.withHead(again.head()), again);
    }

    @Test
    void shouldConfirmNothingClosed() {
        final long released = makeThreeLines();
        stepped(Commands.release(released));
        assertClosed(ReservationStatus.RELEASED, Commands.confirm(released));
        assertNoEffects();
    }

    @Test
    void shouldExtendAHold() {
        final long number = makeThreeLines();
        passSeconds(30);
        final Answer.Reservation extended = stepped(Commands.extend(number).hold(Limits.MAX_HOLD_SECONDS));
        assertEquals(ReservationStatus.HELD, extended.state());
        assertEquals(nowMs + 14_400_000, extended.deadlineMs());
        assertEquals(nowMs + 14_400_000, state().reservations().nextDeadlineMs());
        assertEquals(nowMs + 1_000, stepped(Commands.extend(number).hold(1)).deadlineMs());
        assertEquals(1, ledger.effects().size());
    }

    @Test
    void shouldExtendAPickup() {
        final long number = makeThreeLines();
        stepped(Commands.confirm(number));
        assertEquals(
                nowMs + 7_776_000_000L,
                stepped(Commands.extend(number).pickup(Limits.MAX_PICKUP_SECONDS))
                        .deadlineMs());
        assertEquals(nowMs + 60_000, stepped(Commands.extend(number).pickup(60)).deadlineMs());
        assertEquals(ReservationStatus.CONFIRMED, statusOf(number));
    }

    @Test
    void shouldChangeNothingWhenExtendedToTheSameDeadline() {
        final long number = makeThreeLines();
        final long changed = state().reservation(number).times().changedSequence();
        assertEquals(changed, stepped(Commands.extend(number).hold(600)).changedSequence());
        assertNoEffects();
    }

    @Test
    void shouldTellAHoldFromAPickup() {
        final long number = makeThreeLines();
        assertEquals(
                ReservationStatus.HELD,
                refused(ResultCode.WRONG_DEADLINE_KIND, Commands.extend(number).pickup(60))
                        .state());
        stepped(Commands.confirm(number));
        refused(ResultCode.WRONG_DEADLINE_KIND, Commands.extend(number).hold(60));
        assertNoEffects();
        stepped(Commands.fulfil(number));
        assertClosed(ReservationStatus.FULFILLED, Commands.extend(number).hold(60));
        assertClosed(ReservationStatus.FULFILLED, Commands.extend(number).pickup(60));
    }

    @Test
    void shouldHandOverAllThatIsLeft() {
        final long number = makeThreeLines();
        stepped(Commands.fulfil(number).line(0, 0, 1));

        final Answer.Reservation fulfilled = stepped(Commands.fulfil(number));

        assertEquals(ReservationStatus.FULFILLED, fulfilled.state());
        assertEquals(
                List.of(
                        new Answer.Line(0, 0, 4, 4, 4, 0),
                        new Answer.Line(1, 0, 2, 2, 2, 0),
                        new Answer.Line(0, 1, 3, 3, 3, 0)),
                fulfilled.lines());
        assertCell(0, 0, 6, 0);
        assertCell(1, 0, 8, 0);
        assertCell(0, 1, 7, 0);
        assertEquals(0, state().reservations().live());
        assertEquals(Long.MAX_VALUE, state().reservations().nextDeadlineMs());
    }

    @Test
    void shouldReleaseAllThatIsLeft() {
        final long number = makeThreeLines();
        stepped(Commands.confirm(number));
        final Answer.Reservation released = stepped(Commands.release(number).reason("no money", 1, 2));
        assertEquals(ReservationStatus.RELEASED, released.state());
        assertEquals(2, released.lines().get(1).released());
        assertCell(0, 0, 10, 0);
        assertEquals(10, available(0, 0));
    }

    @Test
    void shouldTellEveryRowThatAStepChanges() {
        final long number = makeThreeLines();
        final long deadlineMs = state().reservation(number).times().deadlineMs();
        stepped(Commands.fulfil(number).line(0, 0, 1));
        assertEquals(
                Set.of(
                        new Effect.CellChanged(0, 0, Counters.of(10, 4), Counters.of(9, 3), 3),
                        new Effect.LineChanged(number, 0, 4L << 32 | 4, 0, 1L << 32),
                        new Effect.ReservationChanged(
                                number, ReservationStatus.HELD, ReservationStatus.HELD, deadlineMs, deadlineMs)),
                Set.copyOf(ledger.effects()));

        stepped(Commands.release(number).line(0, 0, 2));
        assertEquals(
                Set.of(
                        new Effect.CellChanged(0, 0, Counters.of(9, 3), Counters.of(9, 1), 4),
                        new Effect.LineChanged(number, 0, 4L << 32 | 4, 1L << 32, 1L << 32 | 2),
                        new Effect.ReservationChanged(
                                number, ReservationStatus.HELD, ReservationStatus.HELD, deadlineMs, deadlineMs)),
                Set.copyOf(ledger.effects()));
    }

    @Test
    void shouldLeaveTheRestOfAPartialStepAsItIs() {
        final long number = makeThreeLines();
        stepped(Commands.confirm(number).pickup(600));
        final Answer.Reservation stepped =
                stepped(Commands.fulfil(number).line(0, 0, 3).line(0, 1, 3));
        assertEquals(ReservationStatus.CONFIRMED, stepped.state());
        assertEquals(nowMs + 600_000, stepped.deadlineMs());
        assertEquals(
                List.of(3, 0, 3),
                stepped.lines().stream().map(Answer.Line::fulfilled).toList());
        assertCell(0, 0, 7, 1);
        assertCell(1, 0, 10, 2);
    }

    @Test
    void shouldTakeTheStateOfTheStepThatClosesTheLastUnit() {
        final long fulfilledLast = makeThreeLines();
        stepped(Commands.release(fulfilledLast).line(0, 0, 4).line(1, 0, 2));
        assertEquals(
                ReservationStatus.FULFILLED,
                stepped(Commands.fulfil(fulfilledLast).line(0, 1, 3)).state());

        final long releasedLast = make(Commands.reserve().line(0, 0, 2));
        stepped(Commands.fulfil(releasedLast).line(0, 0, 1));
        final Answer.Reservation closed = stepped(Commands.release(releasedLast).line(0, 0, 1));
        assertEquals(ReservationStatus.RELEASED, closed.state());
        assertEquals(new Answer.Line(0, 0, 2, 2, 1, 1), closed.lines().get(0));
    }

    @Test
    void shouldAnswerTheSameWhenARepeatedStepAlreadyHolds() {
        final long fulfilled = makeThreeLines();
        final Answer first = stepped(Commands.fulfil(fulfilled));
        final Answer again = stepped(Commands.fulfil(fulfilled));
        assertNoEffects();
        assertEquals(first.withHead(again.head()), again);

        final long released = make(Commands.reserve().line(0, 0, 1));
        stepped(Commands.release(released));
        assertEquals(
                ReservationStatus.RELEASED, stepped(Commands.release(released)).state());
        assertNoEffects();
    }

    @Test
    void shouldRefuseAnyOtherStepFromAClosedState() {
        final long fulfilled = makeThreeLines();
        stepped(Commands.fulfil(fulfilled));
        assertClosed(ReservationStatus.FULFILLED, Commands.release(fulfilled));
        assertClosed(ReservationStatus.FULFILLED, Commands.release(fulfilled).line(0, 0, 1));
        assertClosed(ReservationStatus.FULFILLED, Commands.fulfil(fulfilled).line(0, 0, 1));
        assertClosed(ReservationStatus.FULFILLED, Commands.fulfil(fulfilled).line(-1, 0, 99));
        final long released = make(Commands.reserve().line(0, 0, 1));
        stepped(Commands.release(released));
        assertClosed(ReservationStatus.RELEASED, Commands.fulfil(released));
        assertNoEffects();
    }

    @Test
    void shouldRefuseAStepBeyondWhatIsReserved() {
        final long number = makeThreeLines();
        stepped(Commands.release(number).line(0, 0, 1));
        final Answer.Refused answer = refused(
                ResultCode.EXCEEDS_RESERVED,
                Commands.fulfil(number).line(0, 1, 3).line(0, 0, 4));
        assertNoEffects();
        assertEquals(new Answer.Refused(answer.head(), number, ReservationStatus.HELD, 0, 0, 4, 3), answer);
        refused(ResultCode.EXCEEDS_RESERVED, Commands.release(number).line(0, 0, Limits.MAX_QUANTITY));
        assertNoEffects();
    }

    @Test
    void shouldAddUpWhatAStepNamesTwice() {
        final long number = makeThreeLines();
        final Answer.Refused answer = refused(
                ResultCode.EXCEEDS_RESERVED,
                Commands.fulfil(number).line(0, 0, 2).line(0, 0, 1).line(0, 0, 2));
        assertEquals(List.of(5L, 4L), List.of(answer.requested(), answer.possible()));
        stepped(Commands.fulfil(number).line(0, 0, 2).line(0, 0, 2));
        assertCell(0, 0, 6, 0);

        final Commands.Fulfil most = Commands.fulfil(number);
        for (int i = 0; i < Limits.MAX_LINES; i++) {
            most.line(1, 0, Limits.MAX_QUANTITY);
        }
        refused(ResultCode.EXCEEDS_RESERVED, most);
        assertMalformed(most.line(1, 0, 1));
    }

    @Test
    void shouldFindTheOnlyLineOfASku() {
        final long number = makeThreeLines();
        stepped(Commands.fulfil(number).line(-1, 1, 2));
        assertCell(0, 1, 8, 1);
        final Answer.Refused answer =
                refused(ResultCode.EXCEEDS_RESERVED, Commands.fulfil(number).line(-1, 1, 2));
        assertEquals(List.of(-1, 1), List.of(answer.store(), answer.sku()));
        assertEquals(List.of(2L, 1L), List.of(answer.requested(), answer.possible()));
    }

    @Test
    void shouldAskForTheStoreWhenSeveralLinesHaveTheSku() {
        final long number = makeThreeLines();
        final Answer.Refused answer = refused(
                ResultCode.AMBIGUOUS_LINE, Commands.fulfil(number).line(0, 1, 1).line(-1, 0, 1));
        assertEquals(List.of(-1, 0), List.of(answer.store(), answer.sku()));
        assertNoEffects();
    }

    @Test
    void shouldRefuseAStepOnALineThatIsNotThere() {
        final long number = makeThreeLines();
        final Answer.Refused answer =
                refused(ResultCode.EXCEEDS_RESERVED, Commands.release(number).line(2, 0, 1));
        assertEquals(List.of(1L, 0L), List.of(answer.requested(), answer.possible()));
        refused(ResultCode.EXCEEDS_RESERVED, Commands.release(number).line(-1, 3, 1));
        assertNoEffects();
    }

    @Test
    void shouldJudgeLinesInTheirOrder() {
        final long number = makeThreeLines();
        refused(
                ResultCode.EXCEEDS_RESERVED,
                Commands.fulfil(number).line(2, 0, 1).line(-1, 0, 1));
        refused(
                ResultCode.AMBIGUOUS_LINE,
                Commands.fulfil(number).line(-1, 0, 1).line(2, 0, 1));
    }

    @Test
    void shouldRecordAHandOverThatTheBooksDoNotHave() {
        final long number = makeThreeLines();
        stock(0, 0, 1);
        stepped(Commands.fulfil(number));
        assertCell(0, 0, -3, 0);
    }

    @Test
    void shouldKeepAHandOverWithinBounds() {
        final long number = makeThreeLines();
        stock(0, 1, 2 - Limits.MAX_QUANTITY);
        assertEquals(
                List.of(0, 1),
                List.of(
                        refused(ResultCode.QUANTITY_OUT_OF_RANGE, Commands.fulfil(number))
                                .store(),
                        refused(ResultCode.QUANTITY_OUT_OF_RANGE, Commands.fulfil(number))
                                .sku()));
        assertNoEffects();
        assertCell(0, 0, 10, 4);
        stepped(Commands.fulfil(number).line(0, 1, 2));
        stepped(Commands.release(number));
    }

    @Test
    void shouldStepOnWhatIsNotActive() {
        final long number = makeThreeLines();
        ok(Commands.putStore("0042").active(false));
        ok(Commands.putSku("85123A").active(false));
        stepped(Commands.confirm(number));
        stepped(Commands.extend(number).pickup(60));
        stepped(Commands.fulfil(number).line(0, 0, 1));
        stepped(Commands.release(number));
    }

    @Test
    void shouldLeaveLinesGrantedNothingAlone() {
        stock(0, 0, 1);
        final long number = make(Commands.reserve().line(0, 0, 1).line(1, 0, 2).allowPartial());
        assertEquals(
                1L,
                refused(ResultCode.EXCEEDS_RESERVED, Commands.fulfil(number).line(1, 0, 1))
                        .requested());
        final Answer.Reservation fulfilled = stepped(Commands.fulfil(number));
        assertEquals(ReservationStatus.FULFILLED, fulfilled.state());
        assertEquals(new Answer.Line(1, 0, 2, 0, 0, 0), fulfilled.lines().get(1));
    }

    @Test
    void shouldKnowNoReservationThatWasNeverIssued() {
        makeThreeLines();
        for (final long number : new long[] {0, -1, 2, Long.MAX_VALUE, Long.MIN_VALUE}) {
            for (final CommandBuilder<?> step : List.of(
                    Commands.confirm(number),
                    Commands.extend(number).hold(60),
                    Commands.fulfil(number),
                    Commands.release(number).line(0, 0, 1))) {
                final Answer.Refused answer = refused(ResultCode.UNKNOWN_RESERVATION, step);
                assertEquals(number, answer.reservation());
                assertEquals(ReservationStatus.NONE, answer.state());
                assertNoEffects();
            }
        }
    }

    @Test
    void shouldRememberHowAReservationClosedThatIsNoLongerKept() {
        ok(Commands.configure(KEEPING_ONE_CLOSED));
        final long fulfilled = makeThreeLines();
        stepped(Commands.fulfil(fulfilled));
        final long released = make(Commands.reserve().line(0, 0, 1));
        stepped(Commands.release(released));
        assertEquals(ReservationStatus.FULFILLED, state().evicted().get(fulfilled));
        stepped(Commands.release(make(Commands.reserve().line(0, 0, 1))));
        assertEquals(ReservationStatus.RELEASED, state().evicted().get(released));

        for (final CommandBuilder<?> step : List.of(Commands.fulfil(fulfilled), Commands.release(released))) {
            final Answer.Done done = assertInstanceOf(Answer.Done.class, apply(step));
            assertEquals(new Answer.Done(new Answer.Head(ResultCode.OK, 0, sequence, nowMs), -1, false, 0), done);
            assertNoEffects();
        }
        assertClosed(ReservationStatus.FULFILLED, Commands.release(fulfilled));
        assertClosed(ReservationStatus.FULFILLED, Commands.fulfil(fulfilled).line(0, 0, 1));
        assertClosed(ReservationStatus.FULFILLED, Commands.confirm(fulfilled));
        assertClosed(ReservationStatus.RELEASED, Commands.extend(released).hold(60));
        assertClosed(
                ReservationStatus.RELEASED, Commands.reserve().line(0, 0, 1).supersedes(released));
    }

    @Test
    void shouldKeepTheLastClosedReservationsWhole() {
        stock(0, 0, 100);
        for (int i = 1; i <= 7; i++) {
            stepped(Commands.fulfil(make(Commands.reserve().line(0, 0, 1))));
        }
        final LedgerState state = state();
        assertEquals(Set.of(4L, 5L, 6L, 7L), state.kept().keySet());
        assertEquals(Set.of(1L, 2L, 3L), state.evicted().keySet());
    }

    @Test
    void shouldKeepThemInTheOrderInWhichTheyClosed() {
        stock(0, 0, 100);
        for (int i = 1; i <= 6; i++) {
            make(Commands.reserve().line(0, 0, 1));
        }
        for (final long number : new long[] {6, 2, 4, 1, 5}) {
            stepped(Commands.release(number));
        }
        assertEquals(Set.of(6L), state().evicted().keySet());
        stepped(Commands.fulfil(3));
        assertEquals(Set.of(2L, 6L), state().evicted().keySet());
        assertEquals(
                List.of(new Effect.ReservationEvicted(2, ReservationStatus.RELEASED)),
                ledger.effects().stream()
                        .filter(effect -> effect instanceof Effect.ReservationEvicted)
                        .toList());
    }

    @Test
    void shouldLetGoOfAtMostTwoAtAClosing() {
        stock(0, 0, 100);
        for (int i = 1; i <= 4; i++) {
            stepped(Commands.fulfil(make(Commands.reserve().line(0, 0, 1))));
        }
        ok(Commands.configure(KEEPING_ONE_CLOSED));
        assertEquals(0, state().evicted().size());
        stepped(Commands.fulfil(make(Commands.reserve().line(0, 0, 1))));
        assertEquals(Set.of(1L, 2L), state().evicted().keySet());
        stepped(Commands.fulfil(make(Commands.reserve().line(0, 0, 1))));
        assertEquals(Set.of(1L, 2L, 3L, 4L), state().evicted().keySet());
        stepped(Commands.fulfil(make(Commands.reserve().line(0, 0, 1))));
        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L, 6L), state().evicted().keySet());
    }

    @Test
    void shouldRefuseStepsThatAreNotWellFormed() {
        final long number = makeThreeLines();
        for (final CommandBuilder<?> wrong : List.of(
                Commands.confirm(number).pickup(59),
                Commands.confirm(number).pickup(-1),
                Commands.confirm(number).pickup(Limits.MAX_PICKUP_SECONDS + 1),
                Commands.confirm(number).payment("x".repeat(129), 1, 1),
                Commands.extend(number).hold(0),
                Commands.extend(number).hold(Limits.MAX_HOLD_SECONDS + 1),
                Commands.extend(number).pickup(59),
                Commands.extend(number).pickup(Limits.MAX_PICKUP_SECONDS + 1),
                Commands.extend(number).by(60, 2),
                Commands.fulfil(number).line(0, 0, 0),
                Commands.fulfil(number).line(0, 0, Limits.MAX_QUANTITY + 1),
                Commands.fulfil(number).line(3, 0, 1),
                Commands.fulfil(number).line(-2, 0, 1),
                Commands.fulfil(number).line(0, 4, 1),
                Commands.release(number).line(0, -1, 1),
                Commands.release(number).line(0, 0, -1),
                Commands.release(number).reason("x".repeat(129), 1, 1))) {
            assertMalformed(wrong);
        }
        assertEquals(ReservationStatus.HELD, statusOf(number));
    }
}
