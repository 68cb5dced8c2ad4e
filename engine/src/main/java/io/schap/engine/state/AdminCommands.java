package io.schap.engine.state;

import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.ConfigureDecoder;
import io.schap.engine.command.sbe.GenesisDecoder;
import io.schap.engine.command.sbe.SettingsDecoder;
import io.schap.engine.command.sbe.UpgradeDecoder;

/** Genesis, configure and upgrade: what apply itself depends on. */
final class AdminCommands {

    private final LedgerState state;

    AdminCommands(final LedgerState state) {
        this.state = state;
    }

    int genesis(final GenesisDecoder command) {
        final LedgerSettings settings = settingsOf(command.settings());
        if (state.settings != null || settings.fault() != null) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        state.secrets = new LedgerState.Secrets(
                command.idSecretHi(), command.idSecretLo(), command.textSecretHi(), command.textSecretLo());
        state.settings = settings;
        state.effects.settingsChanged(null, settings);
        return state.answer.done(-1, true, 0);
    }

    int configure(final ConfigureDecoder command) {
        final LedgerSettings before = state.settings;
        final LedgerSettings after = settingsOf(command.settings());
        if (after.fault() != null
                || after.maxStores() < state.master.storeCount()
                || after.maxSkus() < state.master.skuCount()
                || after.maxChannels() < state.master.channelCount()) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        if (!after.equals(before)) {
            state.settings = after;
            state.effects.settingsChanged(before, after);
        }
        return state.answer.done(-1, false, 0);
    }

    int upgrade(final UpgradeDecoder command) {
        final int before = state.logicVersion;
        final int after = command.toLogicVersion();
        if (after != before + 1 || after > StockLedger.LATEST_LOGIC_VERSION) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        state.logicVersion = after;
        state.effects.logicVersionChanged(before, after);
        return state.answer.done(-1, false, 0);
    }

    private static LedgerSettings settingsOf(final SettingsDecoder settings) {
        return new LedgerSettings(
                settings.maxStores(),
                settings.maxSkus(),
                settings.maxChannels(),
                settings.maxLiveReservations(),
                settings.closedReservationsKept(),
                settings.defaultHoldSeconds(),
                settings.defaultLowStockThreshold(),
                settings.answersKept(),
                settings.answersKeptBytes(),
                settings.answersKeptMs());
    }
}
