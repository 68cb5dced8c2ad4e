package io.schap.engine;

import io.schap.engine.command.sbe.ConfigureEncoder;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.GenesisEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.SettingsEncoder;
import io.schap.engine.state.LedgerSettings;
import java.security.SecureRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a launch itself says to the ledger: the first command of a data directory, and other settings for an old one. */
final class FirstCommands {

    private static final int FIRST_LOGIC_VERSION = 1;

    private FirstCommands() {}

    static DirectBuffer genesis(final SecureRandom random, final LedgerSettings settings) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + GenesisEncoder.BLOCK_LENGTH]);
        final GenesisEncoder genesis = new GenesisEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        fill(genesis.envelope(), FIRST_LOGIC_VERSION);
        genesis.idSecretHi(random.nextLong())
                .idSecretLo(random.nextLong())
                .textSecretHi(random.nextLong())
                .textSecretLo(random.nextLong());
        fill(genesis.settings(), settings);
        return buffer;
    }

    static DirectBuffer configure(final int logicVersion, final LedgerSettings settings) {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + ConfigureEncoder.BLOCK_LENGTH]);
        final ConfigureEncoder configure =
                new ConfigureEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        fill(configure.envelope(), logicVersion);
        fill(configure.settings(), settings);
        return buffer;
    }

    /** No channel, no actor, no key: the rest stays zero. */
    private static void fill(final EnvelopeEncoder envelope, final int logicVersion) {
        envelope.logicVersion(logicVersion).channel((short) -1);
    }

    private static void fill(final SettingsEncoder encoder, final LedgerSettings settings) {
        encoder.maxStores(settings.maxStores())
                .maxSkus(settings.maxSkus())
                .maxChannels(settings.maxChannels())
                .maxLiveReservations(settings.maxLiveReservations())
                .closedReservationsKept(settings.closedReservationsKept())
                .defaultHoldSeconds(settings.defaultHoldSeconds())
                .defaultLowStockThreshold(settings.defaultLowStockThreshold())
                .answersKept(settings.answersKept())
                .answersKeptBytes(settings.answersKeptBytes())
                .answersKeptMs(settings.answersKeptMs());
    }
}
