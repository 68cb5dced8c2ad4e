package io.schap.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.schap.engine.command.Limits;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Genesis, settings, sales channels, stores, SKUs and policies. */
@EveryLedger
final class MasterDataLedgerTest extends LedgerFixture {

    private static final byte[] NOT_UTF8 = {'a', (byte) 0xc3, '('};

    MasterDataLedgerTest(final LedgerKind kind) {
        super(kind);
    }

    private Answer.Done done(final CommandBuilder<?> command) {
        final Answer.Done answer = assertInstanceOf(Answer.Done.class, apply(command));
        assertEquals(ResultCode.OK, answer.code());
        assertEquals(0, answer.count());
        return answer;
    }

    private StoreRow store(final CommandBuilder<?> command) {
        final int index = done(command).index();
        return state().stores().get(index);
    }

    private SkuRow sku(final CommandBuilder<?> command) {
        final int index = done(command).index();
        return state().skus().get(index);
    }

    @Test
    void shouldTakeGenesisOnlyOnce() {
        assertMalformed(Commands.genesis(SETTINGS));
        assertEquals(SETTINGS, state().settings());
    }

    @Test
    void shouldTellTheSettingsChangedWhenConfiguredOtherwise() {
        final LedgerSettings others = new LedgerSettings(9, 9, 4, 7, 5, 700, 3, 50, 50_000, 1_000);

        assertEquals(-1, done(Commands.configure(others)).index());

        assertEquals(List.of(new Effect.SettingsChanged(SETTINGS, others)), ledger.effects());
        assertEquals(others, state().settings());
    }

    @Test
    void shouldChangeNothingWhenConfiguredTheSame() {
        ok(Commands.configure(SETTINGS));
        assertNoEffects();
    }

    @Test
    void shouldNotConfigureLessThanWhatExists() {
        assertMalformed(Commands.configure(new LedgerSettings(2, 8, 3, 6, 4, 600, 2, 100, 4_096, 1)));
        assertMalformed(Commands.configure(new LedgerSettings(8, 3, 3, 6, 4, 600, 2, 100, 4_096, 1)));
        assertMalformed(Commands.configure(new LedgerSettings(8, 8, 1, 6, 4, 600, 2, 100, 4_096, 1)));
        ok(Commands.configure(new LedgerSettings(3, 4, 2, 6, 4, 600, 2, 100, 4_096, 1)));
    }

    @Test
    void shouldRefuseSettingsOutOfBounds() {
        for (final LedgerSettings wrong : List.of(
                new LedgerSettings(65_536, 8, 3, 6, 4, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, -1, 3, 6, 4, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 257, 6, 4, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 0, 4, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 0, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 0, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, Limits.MAX_HOLD_SECONDS + 1, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, -1, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, Limits.MAX_QUANTITY + 1, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 0, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 100, 4_095, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 100, (16L << 30) + 1, 1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 100, 4_096, -1),
                new LedgerSettings(8, 8, 3, 6, 4, 600, 2, 100, 4_096, 30 * 86_400_000L + 1),
                new LedgerSettings(8, 8, 3, 100_000_001, 4, 600, 2, 100, 4_096, 1),
                new LedgerSettings(8, 8, 3, 6, 100_000_001, 600, 2, 100, 4_096, 1))) {
            assertMalformed(Commands.configure(wrong));
        }
    }

    @Test
    void shouldKnowNoOtherLogicVersionYet() {
        assertMalformed(Commands.upgrade(1));
        assertMalformed(Commands.upgrade(2));
        assertMalformed(Commands.putChannel("pos").logicVersion(2));
        assertMalformed(Commands.putChannel("pos").logicVersion(0));
    }

    @Test
    void shouldMakeASalesChannelOnce() {
        assertEquals(2, done(Commands.putChannel("pos")).index());
        assertEquals(List.of(new Effect.ChannelMade(2, "pos")), ledger.effects());

        final Answer.Done again = done(Commands.putChannel("pos"));
        assertEquals(2, again.index());
        assertEquals(false, again.created());
        assertNoEffects();
        assertEquals(List.of("web", "app", "pos"), state().channels());
    }

    @Test
    void shouldRefuseSalesChannelsBeyondTheLimit() {
        ok(Commands.putChannel("pos"));
        refused(ResultCode.LIMIT_REACHED, Commands.putChannel("one.more"));
        assertNoEffects();
        ok(Commands.putChannel("web"));
    }

    @Test
    void shouldRefuseASalesChannelOfOtherCharacters() {
        for (final String wrong : List.of("", "Web", "a b", "a/b", "é", "x".repeat(33))) {
            assertMalformed(Commands.putChannel(wrong));
        }
        ok(Commands.putChannel("-._".repeat(10) + "09"));
    }

    @Test
    void shouldMakeAStoreNamedByItsCode() {
        final Answer.Done made = done(Commands.putStore("A 1"));

        assertEquals(new Answer.Done(made.head(), 3, true, 0), made);
        final StoreRow row = new StoreRow(3, "A 1", "A 1", false, true, true, false, 0, 0, "");
        assertEquals(List.of(new Effect.StoreChanged(null, row)), ledger.effects());
        assertEquals(row, state().stores().get(3));
        assertEquals(3, state().storeCodes().get("A 1"));
    }

    @Test
    void shouldSetTheFieldsOfAStoreAndNoOthers() {
        final StoreRow before = store(Commands.putStore("0042")
                .name("Utrecht Centraal")
                .warehouse()
                .pickup(false)
                .at(52.09, 5.11)
                .country("NL"));
        assertEquals(new StoreRow(0, "0042", "Utrecht Centraal", true, false, true, true, 52.09, 5.11, "NL"), before);

        final StoreRow after = store(Commands.putStore("0042").active(false));

        assertEquals(new StoreRow(0, "0042", "Utrecht Centraal", true, false, false, true, 52.09, 5.11, "NL"), after);
        assertEquals(List.of(new Effect.StoreChanged(before, after)), ledger.effects());
    }

    @Test
    void shouldClearTheFieldsOfAStore() {
        ok(Commands.putStore("0042").name("Utrecht").at(52.09, 5.11).country("NL"));
        assertEquals(
                new StoreRow(0, "0042", "0042", false, true, true, false, 0, 0, ""),
                store(Commands.putStore("0042").name("").nowhere().country("")));
    }

    @Test
    void shouldChangeNothingWhenAStoreIsPutAgain() {
        final Commands.PutStore put = Commands.putStore("0042").mask(StoreFields.ALL);
        ok(put);
        ok(put);
        assertNoEffects();
        ok(Commands.putStore("0042"));
        assertNoEffects();
    }

    @Test
    void shouldRefuseStoresBeyondTheLimit() {
        for (int i = 3; i < SETTINGS.maxStores(); i++) {
            assertEquals(i, done(Commands.putStore("S" + i)).index());
        }
        refused(ResultCode.LIMIT_REACHED, Commands.putStore("one more"));
        assertNoEffects();
        ok(Commands.putStore("S3").active(false));
    }

    @Test
    void shouldRefuseCodesThatNoClientCouldName() {
        for (final String wrong : List.of("", ".", "..", " a", "a ", "a\tb", "a\u007fb", "é", "x".repeat(65))) {
            assertMalformed(Commands.putStore(wrong));
            assertMalformed(Commands.putSku(wrong));
        }
        ok(Commands.putStore("x".repeat(64)));
        ok(Commands.putSku("... ~!\"/%"));
    }

    @Test
    void shouldMatchCodesExactly() {
        assertEquals(true, done(Commands.putStore("42")).created());
        assertEquals(true, done(Commands.putSku("85123a")).created());
    }

    @Test
    void shouldBoundTheTextsOfAStore() {
        ok(Commands.putStore("0042").name("é".repeat(512)).country("x".repeat(64)));
        ok(Commands.putStore("0042").name("😀".repeat(256)));
        assertMalformed(Commands.putStore("0042").name("x".repeat(513)));
        assertMalformed(Commands.putStore("0042").name("😀".repeat(256) + "x"));
        assertMalformed(Commands.putStore("0042").country("x".repeat(65)));
        assertMalformed(Commands.putStore("0042").name(NOT_UTF8));
        assertMalformed(Commands.putStore("0042").country(NOT_UTF8));
        assertMalformed(Commands.putStore("0042").name(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}));
        assertMalformed(Commands.putStore("0042").name(new byte[] {(byte) 0xc0, (byte) 0x80}));
    }

    @Test
    void shouldBoundTheFieldsOfAStore() {
        assertMalformed(Commands.putStore("0042").mask(64));
        assertMalformed(Commands.putStore("0042").kind(2));
        assertMalformed(Commands.putStore("0042").pickup(2));
        assertMalformed(Commands.putStore("0042").active(2));
        assertMalformed(Commands.putStore("0042").located(2, 0, 0));
        assertMalformed(Commands.putStore("0042").at(90.1, 0));
        assertMalformed(Commands.putStore("0042").at(-90.1, 0));
        assertMalformed(Commands.putStore("0042").at(0, 180.1));
        assertMalformed(Commands.putStore("0042").at(0, -180.1));
        assertMalformed(Commands.putStore("0042").at(Double.NaN, 0));
        assertMalformed(Commands.putStore("0042").at(0, Double.NEGATIVE_INFINITY));
        assertMalformed(Commands.putStore("0042").located(0, Double.NaN, 0));
        ok(Commands.putStore("0042").at(-90, 180));
    }

    @Test
    void shouldMakeASkuNamedByItsCode() {
        final Answer.Done made = done(Commands.putSku("10002"));

        assertEquals(new Answer.Done(made.head(), 4, true, 0), made);
        final SkuRow row = new SkuRow(4, "10002", "10002", true, List.of(), "");
        assertEquals(List.of(new Effect.SkuChanged(null, row)), ledger.effects());
        assertEquals(row, state().skus().get(4));
    }

    @Test
    void shouldSetTheFieldsOfASkuAndNoOthers() {
        final SkuRow before =
                sku(Commands.putSku("85123A").name("White heart").price("2.55").gtins(8_710_400_000_006L, 96_385_074L));
        assertEquals(
                new SkuRow(0, "85123A", "White heart", true, List.of(8_710_400_000_006L, 96_385_074L), "2.55"), before);

        final SkuRow after = sku(Commands.putSku("85123A").active(false));
        assertEquals(new SkuRow(0, "85123A", "White heart", false, before.gtins(), "2.55"), after);
        assertEquals(List.of(new Effect.SkuChanged(before, after)), ledger.effects());

        final SkuRow cleared = sku(Commands.putSku("85123A").name("").price("").gtins());
        assertEquals(new SkuRow(0, "85123A", "85123A", false, List.of(), ""), cleared);
    }

    @Test
    void shouldChangeNothingWhenASkuIsPutAgain() {
        final Commands.PutSku put = Commands.putSku("85123A").gtins(12, 13).mask(SkuFields.ALL);
        ok(put);
        ok(put);
        assertNoEffects();
    }

    @Test
    void shouldFindASkuByItsGtins() {
        ok(Commands.putSku("71053").gtins(1, 99_999_999_999_999L));
        assertEquals(1, ledger.skuByGtin(1));
        assertEquals(1, ledger.skuByGtin(99_999_999_999_999L));
        assertEquals(-1, ledger.skuByGtin(2));
        assertEquals(-1, ledger.skuByGtin(0));
    }

    @Test
    void shouldLeaveAGtinToTheSkuThatHasIt() {
        ok(Commands.putSku("71053").gtins(7));

        assertEquals(
                1,
                refused(ResultCode.GTIN_TAKEN, Commands.putSku("85123A").gtins(8, 7))
                        .sku());
        assertNoEffects();
        assertEquals(
                1,
                refused(ResultCode.GTIN_TAKEN, Commands.putSku("new").gtins(7)).sku());
        assertNull(state().skuCodes().get("new"));
        assertEquals(-1, ledger.skuByGtin(8));
    }

    @Test
    void shouldFreeTheGtinsThatASkuNoLongerHas() {
        ok(Commands.putSku("71053").gtins(7, 8));
        ok(Commands.putSku("71053").gtins(8, 9));
        assertEquals(-1, ledger.skuByGtin(7));

        ok(Commands.putSku("85123A").gtins(7));

        assertEquals(0, ledger.skuByGtin(7));
        assertEquals(1, ledger.skuByGtin(8));
        assertEquals(1, ledger.skuByGtin(9));
    }

    @Test
    void shouldCountAGtinOnce() {
        assertEquals(
                List.of(5L, 4L), sku(Commands.putSku("71053").gtins(5, 4, 5)).gtins());
    }

    @Test
    void shouldBoundTheFieldsOfASku() {
        assertMalformed(Commands.putSku("71053").gtins(0));
        assertMalformed(Commands.putSku("71053").gtins(-1));
        assertMalformed(Commands.putSku("71053").gtins(100_000_000_000_000L));
        assertMalformed(Commands.putSku("71053").gtins(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17));
        assertMalformed(Commands.putSku("71053").mask(16));
        assertMalformed(Commands.putSku("71053").active(2));
        assertMalformed(Commands.putSku("71053").name("x".repeat(513)));
        assertMalformed(Commands.putSku("71053").name(NOT_UTF8));
        assertMalformed(Commands.putSku("71053").price("9".repeat(33)));
        ok(Commands.putSku("71053").gtins(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16));
        ok(Commands.putSku("71053").price("9".repeat(32)));
    }

    @Test
    void shouldRefuseSkusBeyondTheLimit() {
        for (int i = 4; i < SETTINGS.maxSkus(); i++) {
            assertEquals(i, done(Commands.putSku("P" + i)).index());
        }
        refused(ResultCode.LIMIT_REACHED, Commands.putSku("one more"));
        assertNoEffects();
        ok(Commands.putSku("P4").active(false));
    }

    @Test
    void shouldFallBackFromCellToStoreToDefaultFieldByField() {
        stock(0, 0, 10);
        assertEquals(10, available(0, 0));

        ok(Commands.setPolicy(0).safetyStock(4));
        assertEquals(6, available(0, 0));
        assertEquals(2, ledger.readCell(0, 0).lowStockThreshold());

        ok(Commands.setPolicy(0, 0).lowStockThreshold(9));
        assertEquals(6, available(0, 0));
        assertEquals(9, ledger.readCell(0, 0).lowStockThreshold());
        assertEquals(2, ledger.readCell(0, 1).lowStockThreshold());

        ok(Commands.setPolicy(0, 0).safetyStock(0));
        assertEquals(10, available(0, 0));
        ok(Commands.setPolicy(0, 0).clearSafetyStock());
        assertEquals(6, available(0, 0));
        ok(Commands.setPolicy(0).clearSafetyStock());
        assertEquals(10, available(0, 0));
    }

    @Test
    void shouldAnswerAPolicyWithWhatIsSetAndWhatIsInForce() {
        final Answer ofStore = apply(Commands.setPolicy(1).safetyStock(5));
        assertEquals(
                new Answer.Policy(ofStore.head(), 1, -1, new Answer.Value(true, 5), new Answer.Value(false, 2)),
                ofStore);
        final Answer ofCell = apply(Commands.setPolicy(1, 2).lowStockThreshold(Limits.MAX_QUANTITY));
        assertEquals(
                new Answer.Policy(
                        ofCell.head(), 1, 2, new Answer.Value(false, 5), new Answer.Value(true, Limits.MAX_QUANTITY)),
                ofCell);
    }

    @Test
    void shouldTellAPolicyChangeAsOneRow() {
        ok(Commands.setPolicy(1).safetyStock(5));
        assertEquals(1, ledger.effects().size());
        assertInstanceOf(Effect.StorePolicyChanged.class, ledger.effects().get(0));

        ok(Commands.setPolicy(1, 2).safetyStock(5));
        final Effect.CellPolicyChanged effect = assertInstanceOf(
                Effect.CellPolicyChanged.class, ledger.effects().get(0));
        assertEquals(1, effect.versionAfter());
        assertEquals(1, state().cell(1, 2).version());
    }

    @Test
    void shouldChangeNothingWhenAPolicyIsSetAgain() {
        ok(Commands.setPolicy(1).safetyStock(5));
        ok(Commands.setPolicy(1).safetyStock(5));
        assertNoEffects();
        ok(Commands.setPolicy(1, 2).safetyStock(5).lowStockThreshold(6));
        ok(Commands.setPolicy(1, 2).safetyStock(5));
        assertNoEffects();
        ok(Commands.setPolicy(1));
        assertNoEffects();
        ok(Commands.setPolicy(2, 2).clearSafetyStock().clearLowStockThreshold());
        assertNoEffects();
        assertNull(state().cell(2, 2));
    }

    @Test
    void shouldRefuseAPolicyOfNothingKnownOrOutOfBounds() {
        assertMalformed(Commands.setPolicy(-1));
        assertMalformed(Commands.setPolicy(3));
        assertMalformed(Commands.setPolicy(0, 4));
        assertMalformed(Commands.setPolicy(0, -2));
        assertMalformed(Commands.setPolicy(0).safetyStock(-1));
        assertMalformed(Commands.setPolicy(0).safetyStock(Limits.MAX_QUANTITY + 1));
        assertMalformed(Commands.setPolicy(0).lowStockThreshold(-1));
        assertMalformed(Commands.setPolicy(0).lowStockThreshold(Limits.MAX_QUANTITY + 1));
        assertMalformed(Commands.setPolicy(0).safetyStock(3, 0));
        assertMalformed(Commands.setPolicy(0).lowStockThreshold(3, 0));
        ok(Commands.setPolicy(0).safetyStock(PolicyAction.KEEP, -1));
    }

    @Test
    void shouldPutTheConfiguredThresholdInForceWhereNoneIsSet() {
        stock(0, 0, 10);
        ok(Commands.setPolicy(0, 1).lowStockThreshold(7));
        ok(Commands.configure(new LedgerSettings(8, 8, 3, 6, 4, 600, 5, 100, 100_000, 1_000)));
        assertEquals(5, ledger.readCell(0, 0).lowStockThreshold());
        assertEquals(7, ledger.readCell(0, 1).lowStockThreshold());
    }

    @Test
    void shouldReplaceTheNameByBytesOfUtf8() {
        assertEquals(
                "Café ☕",
                store(Commands.putStore("0042").name("Café ☕".getBytes(StandardCharsets.UTF_8)))
                        .name());
    }
}
