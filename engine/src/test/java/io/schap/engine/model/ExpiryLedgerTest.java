package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.Counters;
import io.schap.engine.state.LedgerSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What time does: deadlines, ticks, and commands that find a reservation overdue. */
@EveryLedger
final class ExpiryLedgerTest extends LedgerFixture {

    ExpiryLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    private int tick(final int most) {
        final Answer.Done answer = assertInstanceOf(Answer.Done.class, apply(Commands.tick(most)));
        assertEquals(
                new Answer.Done(new Answer.Head(ResultCode.OK, 0, sequence, nowMs), -1, false, answer.count()), answer);
        return answer.count();
    }

    private List<Long> closedByTheLastCommand() {
        return ledger.effects().stream()
                .filter(effect -> effect instanceof Effect.ReservationChanged)
                .map(effect -> ((Effect.ReservationChanged) effect).number())
                .toList();
    }

    @Test
    void shouldExpireAtTheDeadline() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 3).hold(10));
        final long deadlineMs = nowMs + 10_000;
        nowMs = deadlineMs - 1;
        assertEquals(0, tick(10));
        assertNoEffects();
        assertEquals(2, available(0, 0));

        nowMs = deadlineMs;
        assertEquals(1, tick(10));

        assertEquals(
                Set.of(
                        new Effect.CellChanged(0, 0, Counters.of(5, 3), Counters.of(5, 0), 3),
                        new Effect.ReservationChanged(
                                number, ReservationStatus.HELD, ReservationStatus.EXPIRED, deadlineMs, deadlineMs)),
                Set.copyOf(ledger.effects()));
        assertEquals(5, available(0, 0));
        final LedgerState.Reservation expired = state().reservation(number);
        assertEquals(ReservationStatus.EXPIRED, expired.state());
        assertEquals(new Answer.Times(START_MS, deadlineMs, sequence), expired.times());
        assertEquals(new Answer.Line(0, 0, 3, 3, 0, 0), expired.lines().get(0));
        assertEquals(new LedgerState.Reservations(0, Long.MAX_VALUE, 1), state().reservations());
    }

    @Test
    void shouldExpireAPickupToo() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 3));
        stepped(Commands.confirm(number).pickup(60));
        stepped(Commands.fulfil(number).line(0, 0, 1));
        passSeconds(60);
        assertEquals(1, tick(10));
        assertEquals(ReservationStatus.EXPIRED, statusOf(number));
        assertEquals(new Answer.Line(0, 0, 3, 3, 1, 0), lineOf(number, 0));
        assertCell(0, 0, 4, 0);
    }

    @Test
    void shouldKeepAConfirmedReservationWithoutADeadlineForEver() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 3));
        stepped(Commands.confirm(number));
        passSeconds(1_000_000_000);
        assertEquals(0, tick(10));
        assertEquals(ReservationStatus.CONFIRMED, statusOf(number));
    }

    @Test
    void shouldExpireTheEarliestFirstAndNoMoreThanAsked() {
        stock(0, 0, 50);
        for (final int seconds : new int[] {30, 10, 20, 10, 40}) {
            make(Commands.reserve().line(0, 0, 1).hold(seconds));
        }
        passSeconds(30);
        assertEquals(1, tick(1));
        assertEquals(List.of(2L), closedByTheLastCommand());
        assertEquals(2, tick(2));
        assertEquals(Set.of(3L, 4L), Set.copyOf(closedByTheLastCommand()));
        assertEquals(nowMs, state().reservations().nextDeadlineMs());
        assertEquals(1, tick(1_024));
        assertEquals(0, tick(1_024));
        assertEquals(nowMs + 10_000, state().reservations().nextDeadlineMs());
    }

    @Test
    void shouldCloseInTheOrderOfDeadlineAndNumberWithinOneTick() {
        stock(0, 0, 50);
        for (final int seconds : new int[] {30, 10, 20, 10, 40, 20}) {
            make(Commands.reserve().line(0, 0, 1).hold(seconds));
        }
        passSeconds(40);
        assertEquals(6, tick(10));
        // Four are kept: the two that closed first are not.
        assertEquals(Set.of(2L, 4L), state().evicted().keySet());
    }

    @Test
    void shouldFollowADeadlineThatMoved() {
        stock(0, 0, 50);
        final long later = make(Commands.reserve().line(0, 0, 1).hold(10));
        final long sooner = make(Commands.reserve().line(0, 0, 1).hold(100));
        stepped(Commands.extend(later).hold(200));
        stepped(Commands.extend(sooner).hold(5));
        assertEquals(nowMs + 5_000, state().reservations().nextDeadlineMs());
        passSeconds(100);
        assertEquals(1, tick(10));
        assertEquals(List.of(sooner), closedByTheLastCommand());
    }

    @Test
    void shouldForgetTheDeadlineOfWhatWasClosed() {
        stock(0, 0, 50);
        stepped(Commands.release(make(Commands.reserve().line(0, 0, 1).hold(10))));
        passSeconds(10);
        assertEquals(0, tick(10));
    }

    @Test
    void shouldExpireAnOverdueReservationBeforeAStepIsJudged() {
        ok(Commands.configure(new LedgerSettings(8, 8, 3, 9, 9, 600, 2, 100, 100_000, 3_600_000)));
        stock(0, 0, 50);
        for (int i = 1; i <= 6; i++) {
            make(Commands.reserve().line(0, 0, 1).hold(10));
        }
        passSeconds(10);
        final List<CommandBuilder<?>> steps = List.of(
                Commands.confirm(1),
                Commands.extend(2).hold(60),
                Commands.extend(3).pickup(60),
                Commands.fulfil(4),
                Commands.release(5),
                Commands.release(6).line(-1, 1, 1));
        for (int i = 0; i < steps.size(); i++) {
            assertClosed(ReservationStatus.EXPIRED, steps.get(i));
            assertEquals(List.of(i + 1L), closedByTheLastCommand());
            assertClosed(ReservationStatus.EXPIRED, steps.get(i));
            assertNoEffects();
        }
        assertCell(0, 0, 50, 0);
    }

    @Test
    void shouldLeaveAnOverdueReservationToItsTickWhenACommandIsMalformed() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 1).hold(10));
        passSeconds(10);
        assertMalformed(Commands.fulfil(number).line(0, 9, 1));
        assertMalformed(Commands.reserve().line(0, 9, 1).supersedes(number));
        assertMalformed(Commands.confirm(number).pickup(1));
        assertEquals(ReservationStatus.HELD, statusOf(number));
    }

    @Test
    void shouldNotTouchOverdueReservationsThatACommandDoesNotName() {
        stock(0, 0, 5);
        make(Commands.reserve().line(0, 0, 5).hold(10));
        passSeconds(10);
        assertInstanceOf(Answer.ShortStock.class, apply(Commands.reserve().line(0, 0, 1)));
        assertNoEffects();
    }

    @Test
    void shouldNeverLetTimeGoBack() {
        stock(0, 0, 5);
        passSeconds(100);
        ok(Commands.tick());
        nowMs = START_MS;
        final Answer.Reservation made = made(Commands.reserve().line(0, 0, 1).hold(10));
        assertEquals(START_MS + 100_000, made.head().timeMs());
        assertEquals(START_MS + 100_000, made.createdAtMs());
        assertEquals(START_MS + 110_000, made.deadlineMs());
        assertEquals(START_MS + 100_000, state().clock().timeMs());
    }

    @Test
    void shouldCountTimeAndSequenceOfRefusedCommandsToo() {
        passSeconds(7);
        assertMalformed(Commands.tick(0));
        assertMalformed(Commands.tick(1_025));
        assertEquals(new LedgerState.Clock(sequence, nowMs, 1), state().clock());
        ok(Commands.tick(1_024));
    }
}
