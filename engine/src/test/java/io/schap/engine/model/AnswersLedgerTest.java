package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.state.LedgerSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Idempotency: a retry gets the first answer again, and changes nothing. */
@EveryLedger
final class AnswersLedgerTest extends LedgerFixture {

    /** Bytes that an answer of {@code Done} counts: 64, and its 35 rounded up. */
    private static final int DONE_BYTES = 64 + 40;

    private static final int LEAST_BYTES = 4_096;

    AnswersLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    private static LedgerSettings keeping(final int answers, final long bytes, final long ms) {
        return new LedgerSettings(8, 8, 3, 6, 4, 600, 2, answers, bytes, ms);
    }

    private void assertReplayed(final Answer first, final CommandBuilder<?> retry) {
        final Answer again = apply(retry);
        final Answer.Head head = first.head();
        assertEquals(first.withHead(new Answer.Head(head.code(), 1, head.sequence(), head.timeMs())), again);
        assertNoEffects();
    }

    private boolean isRemembered(final long key) {
        return apply(Commands.putChannel("web").key(key)).replayed();
    }

    private Answer remember(final long key) {
        final Answer answer = apply(Commands.putChannel("web").key(key));
        assertFalse(answer.replayed());
        return answer;
    }

    private List<Long> forgottenByTheLastCommand() {
        final List<Long> keys = new ArrayList<>();
        for (final Effect effect : ledger.effects()) {
            if (effect instanceof Effect.AnswerForgotten forgotten) {
                keys.add(forgotten.keyLo());
            }
        }
        return keys;
    }

    @Test
    void shouldGiveARetryTheFirstAnswerAgain() {
        stock(0, 0, 5);
        final Commands.Reserve reserve =
                Commands.reserve().line(0, 0, 3).owner("cart-81", 1, 2).key(7).fingerprint(1);
        final Answer first = apply(reserve);
        assertFalse(first.replayed());
        assertTrue(ledger.effects().contains(new Effect.AnswerRemembered(~7, 7, sequence)));
        stepped(Commands.fulfil(1));
        passSeconds(60);

        assertReplayed(first, reserve);
        assertReplayed(first, reserve);
        assertCell(0, 0, 2, 0);
    }

    @Test
    void shouldRememberEveryKindOfAnswerThatStandsOnState() {
        stock(0, 0, 5);
        long key = 100;
        for (final CommandBuilder<?> command : List.of(
                Commands.putChannel("pos"),
                Commands.putStore("new"),
                Commands.putSku("new").gtins(1),
                Commands.setPolicy(0).safetyStock(1),
                Commands.setPolicy(0, 0).safetyStock(0),
                Commands.movements()
                        .receipt(1, 0, 1)
                        .receipt(-1, 0, 1)
                        .count(0, 0, 0)
                        .expecting(9),
                Commands.reserve().line(0, 0, 1),
                Commands.reserve().line(0, 0, 99),
                Commands.confirm(1),
                Commands.extend(1).pickup(90),
                Commands.fulfil(1).line(0, 0, 9),
                Commands.fulfil(1),
                Commands.release(1),
                Commands.confirm(1))) {
            command.key(key).fingerprint(key);
            key++;
            final Answer first = apply(command);
            assertTrue(first.code().isRemembered(), () -> "not remembered: " + first);
            passSeconds(1);
            assertReplayed(first, command);
        }
    }

    @Test
    void shouldRememberRefusalsOfActivityAndLimit() {
        ok(Commands.configure(new LedgerSettings(8, 8, 3, 1, 4, 600, 2, 100, 100_000, 3_600_000)));
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 1));
        final Answer limit = apply(Commands.reserve().line(0, 0, 1).key(1));
        assertEquals(ResultCode.HOLD_LIMIT, limit.code());
        stepped(Commands.release(number));
        assertReplayed(limit, Commands.reserve().line(0, 0, 1).key(1));

        ok(Commands.putStore("0042").active(false));
        final Answer activity = apply(Commands.reserve().line(0, 0, 1).key(2));
        assertEquals(ResultCode.NOT_ACTIVE, activity.code());
        ok(Commands.putStore("0042").active(true));
        assertReplayed(activity, Commands.reserve().line(0, 0, 1).key(2));
    }

    @Test
    void shouldNotRememberRefusalsThatAreNoAnswer() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 1).line(1, 0, 1).allowPartial());
        ok(Commands.putSku("71053").gtins(7));
        long key = 200;
        for (final CommandBuilder<?> command : List.of(
                Commands.confirm(99),
                Commands.fulfil(number).line(-1, 0, 1),
                Commands.extend(number).pickup(60),
                Commands.putSku("85123A").gtins(7),
                Commands.reserve().line(0, 9, 1))) {
            command.key(key);
            key++;
            final ResultCode code = apply(command).code();
            assertFalse(code.isRemembered());
            assertNoEffects();
            assertEquals(
                    new Answer.Head(code, 0, sequence + 1, nowMs),
                    apply(command).head());
        }
    }

    @Test
    void shouldJudgeAgainWhatWasNotRemembered() {
        stock(0, 0, 5);
        final CommandBuilder<?> confirm = Commands.confirm(1).key(5);
        refused(ResultCode.UNKNOWN_RESERVATION, confirm);
        make(Commands.reserve().line(0, 0, 1));
        assertEquals(ReservationStatus.CONFIRMED, stepped(confirm).state());
    }

    @Test
    void shouldRefuseAKeyThatBelongsToAnotherRequest() {
        stock(0, 0, 5);
        final Answer first = apply(Commands.reserve().line(0, 0, 1).key(7).fingerprint(1));
        refused(
                ResultCode.IDEMPOTENCY_KEY_REUSED,
                Commands.reserve().line(0, 0, 1).key(7).fingerprint(2));
        assertNoEffects();
        refused(ResultCode.IDEMPOTENCY_KEY_REUSED, Commands.putStore("x").key(7).fingerprint(1, -2));
        refused(ResultCode.IDEMPOTENCY_KEY_REUSED, Commands.putStore("x").key(7).fingerprint(-1, 1));
        assertReplayed(first, Commands.reserve().line(0, 0, 1).key(7).fingerprint(1));
    }

    @Test
    void shouldLeaveAnOverdueReservationAloneWhenARetryNamesIt() {
        stock(0, 0, 5);
        final long number = make(Commands.reserve().line(0, 0, 2).hold(10));
        final CommandBuilder<?> fulfil =
                Commands.fulfil(number).line(0, 0, 1).key(7).fingerprint(1);
        final Answer first = apply(fulfil);
        passSeconds(10);
        assertReplayed(first, fulfil);
        refused(
                ResultCode.IDEMPOTENCY_KEY_REUSED,
                Commands.fulfil(number).key(7).fingerprint(2));
        assertEquals(ReservationStatus.HELD, statusOf(number));
    }

    @Test
    void shouldTellKeysApartByBothHalves() {
        final Answer first = apply(Commands.putStore("a").key(1, 2));
        assertFalse(apply(Commands.putStore("b").key(2, 1)).replayed());
        assertFalse(apply(Commands.putStore("c").key(0, 2)).replayed());
        assertFalse(apply(Commands.putStore("d").key(1, 0)).replayed());
        assertReplayed(first, Commands.putStore("a").key(1, 2));
    }

    @Test
    void shouldRememberNothingWithoutAKey() {
        stock(0, 0, 5);
        make(Commands.reserve().line(0, 0, 1));
        make(Commands.reserve().line(0, 0, 1));
        assertCell(0, 0, 5, 2);
        ok(Commands.putChannel("web"));
        assertNoEffects();
    }

    @Test
    void shouldLookAtNoKeyOfCommandsThatTheEngineMakes() {
        remember(7);
        assertFalse(apply(Commands.tick().key(7)).replayed());
        assertFalse(apply(Commands.configure(SETTINGS).key(7)).replayed());
        assertFalse(apply(Commands.tick().key(8)).replayed());
        assertFalse(apply(Commands.tick().key(8)).replayed());
        assertTrue(isRemembered(7));
    }

    @Test
    void shouldForgetTheOldestBeyondTheirNumber() {
        ok(Commands.configure(keeping(3, 100_000, 1_000_000)));
        for (long key = 1; key <= 3; key++) {
            remember(key);
            assertEquals(List.of(), forgottenByTheLastCommand());
        }
        remember(4);
        assertEquals(List.of(1L), forgottenByTheLastCommand());
        assertTrue(isRemembered(2));
        assertFalse(isRemembered(1));
        assertEquals(List.of(2L), forgottenByTheLastCommand());
    }

    @Test
    void shouldForgetTheOldestBeyondTheirBytes() {
        final int most = LEAST_BYTES / DONE_BYTES;
        ok(Commands.configure(keeping(100, LEAST_BYTES, 1_000_000)));
        for (long key = 1; key <= most; key++) {
            remember(key);
            assertEquals(List.of(), forgottenByTheLastCommand());
        }
        remember(most + 1);
        assertEquals(List.of(1L), forgottenByTheLastCommand());
        ok(Commands.configure(keeping(100, (most + 1) * DONE_BYTES, 1_000_000)));
        remember(most + 2);
        assertEquals(List.of(), forgottenByTheLastCommand());
        ok(Commands.configure(keeping(100, (most + 1) * DONE_BYTES - 1, 1_000_000)));
        remember(most + 3);
        assertEquals(List.of(2L, 3L), forgottenByTheLastCommand());
    }

    @Test
    void shouldKeepTheLastAnswerWhateverTheBounds() {
        ok(Commands.configure(keeping(1, LEAST_BYTES, 0)));
        remember(1);
        assertTrue(isRemembered(1));
        remember(2);
        assertEquals(List.of(1L), forgottenByTheLastCommand());
        assertTrue(isRemembered(2));
    }

    @Test
    void shouldForgetAtMostTwoAtOnce() {
        ok(Commands.configure(keeping(10, 100_000, 1_000_000)));
        for (long key = 1; key <= 6; key++) {
            remember(key);
        }
        ok(Commands.configure(keeping(2, 100_000, 1_000_000)));
        assertEquals(List.of(), forgottenByTheLastCommand());
        assertTrue(isRemembered(1));
        remember(7);
        assertEquals(List.of(1L, 2L), forgottenByTheLastCommand());
        remember(8);
        assertEquals(List.of(3L, 4L), forgottenByTheLastCommand());
        remember(9);
        assertEquals(List.of(5L, 6L), forgottenByTheLastCommand());
        remember(10);
        assertEquals(List.of(7L, 8L), forgottenByTheLastCommand());
        remember(11);
        assertEquals(List.of(9L), forgottenByTheLastCommand());
    }

    @Test
    void shouldRememberForTheTimeGivenAndNoLonger() {
        final Answer first = remember(1);
        nowMs += SETTINGS.answersKeptMs();
        assertReplayed(first, Commands.putChannel("web").key(1));
        nowMs += 1;

        final Answer again = apply(Commands.putChannel("web").key(1));

        assertFalse(again.replayed());
        assertEquals(
                List.of(
                        new Effect.AnswerForgotten(~1, 1, first.sequence()),
                        new Effect.AnswerRemembered(~1, 1, sequence)),
                ledger.effects());
        assertReplayed(again, Commands.putChannel("web").key(1));
    }

    @Test
    void shouldTreatAKeyThatIsTooOldAsNewForAnyRequest() {
        remember(1);
        nowMs += SETTINGS.answersKeptMs() + 1;
        final Answer other = apply(Commands.putStore("x").key(1).fingerprint(9));
        assertEquals(ResultCode.OK, other.code());
        assertFalse(other.replayed());
    }

    @Test
    void shouldForgetAnAnswerThatIsTooOldAlsoWhenTheNewOneIsNotRemembered() {
        remember(1);
        nowMs += SETTINGS.answersKeptMs() + 1;
        refused(ResultCode.UNKNOWN_RESERVATION, Commands.confirm(99).key(1));
        assertEquals(List.of(1L), forgottenByTheLastCommand());
        refused(ResultCode.UNKNOWN_RESERVATION, Commands.confirm(99).key(1));
        assertNoEffects();
    }

    @Test
    void shouldForgetTheOldestWhenItIsTooOld() {
        remember(1);
        remember(2);
        remember(3);
        nowMs += SETTINGS.answersKeptMs() + 1;
        remember(4);
        assertEquals(List.of(1L, 2L), forgottenByTheLastCommand());
        remember(5);
        assertEquals(List.of(3L), forgottenByTheLastCommand());
    }

    @Test
    void shouldCountThePlaceOfAForgottenAnswerUntilTheQueuePassesIt() {
        remember(1);
        remember(2);
        remember(3);
        nowMs += SETTINGS.answersKeptMs() + 1;
        // The place of 1 is dead and is passed first, without an effect; 2 is the other of at most two.
        remember(1);
        assertEquals(List.of(1L, 2L), forgottenByTheLastCommand());
        remember(4);
        assertEquals(List.of(3L), forgottenByTheLastCommand());
        assertTrue(isRemembered(1));
    }

    @Test
    void shouldForgetNothingForALookUpOfAnotherKey() {
        remember(1);
        nowMs += SETTINGS.answersKeptMs() + 1;
        refused(ResultCode.UNKNOWN_RESERVATION, Commands.confirm(99).key(2));
        assertNoEffects();
    }

    @Test
    void shouldChangeNothingForAMalformedCommandWithAKey() {
        remember(1);
        nowMs += SETTINGS.answersKeptMs() + 1;
        assertMalformed(Commands.putChannel("WRONG").key(1));
        assertMalformed(Commands.reserve().line(0, 9, 1).key(1));
    }
}
