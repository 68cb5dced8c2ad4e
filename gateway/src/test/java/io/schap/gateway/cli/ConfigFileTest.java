package io.schap.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.state.LedgerSettings;
import io.schap.gateway.GatewayContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {

    @TempDir
    private Path directory;

    @Test
    void shouldSetWhatItNamesAndLeaveTheRest() throws IOException {
        final ConfigFile config = read("""
                # a comment
                engine.ring.slots = 1024

                  ledger.max.stores=40
                ledger.answers.kept.hours = 48
                gateway.max.connections = 7
                """);
        final EngineContext engine = new EngineContext();
        config.applyTo(engine);
        final GatewayContext gateway = new GatewayContext();
        config.applyTo(gateway);
        assertEquals(1_024, engine.get(EngineSetting.RING_SLOTS));
        assertEquals(EngineSetting.SPIN_MICROS.defaultValue(), engine.get(EngineSetting.SPIN_MICROS));
        assertEquals(40, engine.ledgerSettings().maxStores());
        assertEquals(48 * 3_600_000L, engine.ledgerSettings().answersKeptMs());
        assertEquals(LedgerSettings.DEFAULTS.maxSkus(), engine.ledgerSettings().maxSkus());
        assertEquals(7, gateway.maxConnections());
        assertEquals(new GatewayContext().eventLoops(), gateway.eventLoops());
    }

    @Test
    void shouldLeaveTheLedgersSettingsInForceWhenItNamesNone() throws IOException {
        final EngineContext engine = new EngineContext();
        read("engine.spin.micros = 0\n").applyTo(engine);
        ConfigFile.empty().applyTo(engine);
        assertNull(engine.ledgerSettings());
    }

    @Test
    void shouldTakeTheBoundsOfEverySetting() throws IOException {
        for (final ServerSetting setting : ServerSetting.values()) {
            read(setting.label() + " = " + setting.min());
            read(setting.label() + " = " + setting.max());
            assertWrong(setting.label() + " = " + (setting.min() - 1), "line 1: " + setting.label() + " is");
            assertWrong(setting.label() + " = " + (setting.max() + 1), "line 1: " + setting.label() + " is");
        }
    }

    @Test
    void shouldSetTheLedgersDefaultsWithinTheirBounds() throws IOException {
        final EngineContext engine = new EngineContext();
        read("ledger.max.channels = 256").applyTo(engine);
        assertEquals(LedgerSettings.DEFAULTS, engine.ledgerSettings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ledger.max.store = 5       | line 1: there is no setting \"ledger.max.store\"",
                "ledger.max.stores 5        | line 1: \"ledger.max.stores 5\" is not name = number",
                "ledger.max.stores = 5.0    | line 1: ledger.max.stores is \"5.0\", not a whole number from 1 to 65535",
                "ledger.max.stores =        | line 1: ledger.max.stores is \"\", not a whole number",
                "engine.ring.slots = 1      | line 1: engine.ring.slots is 1, not a whole number from 16",
                "LEDGER.MAX.STORES = 5      | line 1: there is no setting",
            })
    void shouldNameTheLineThatIsWrong(final String line, final String message) {
        assertWrong(line, message);
    }

    @Test
    void shouldRefuseASettingThatIsGivenTwice() {
        assertWrong("ledger.max.stores = 5\nledger.max.stores = 5", "line 2: ledger.max.stores is set a second time");
    }

    @Test
    void shouldBeListedWithItsBoundsInTheOperationsPage() throws IOException {
        final Path page = Path.of("").toAbsolutePath().getParent().resolve("docs/OPERATIONS.md");
        final List<String> rows = Files.readAllLines(page).stream()
                .filter(row -> row.matches("\\| `(engine|ledger|gateway)\\..*"))
                .toList();
        for (final EngineSetting setting : EngineSetting.values()) {
            assertListed(rows, setting.label(), setting.min(), setting.max());
        }
        for (final ServerSetting setting : ServerSetting.values()) {
            assertListed(rows, setting.label(), setting.min(), setting.max());
        }
        assertEquals(EngineSetting.values().length + ServerSetting.values().length, rows.size());
    }

    private static void assertListed(final List<String> rows, final String label, final long min, final long max) {
        final String bounds = String.format(Locale.ROOT, "%,d to %,d", min, max);
        assertTrue(
                rows.stream().anyMatch(row -> row.startsWith("| `" + label + "` |") && row.contains("| " + bounds)),
                () -> label + " " + bounds);
    }

    @Test
    void shouldSayThatTheFileCannotBeRead() {
        final CommandFault fault =
                assertThrows(CommandFault.class, () -> ConfigFile.read(directory.resolve("missing.conf")));
        assertEquals(CommandFault.WRONG_USAGE, fault.exitStatus());
        assertTrue(fault.getMessage().contains("missing.conf"), fault.getMessage());
    }

    private ConfigFile read(final String text) throws IOException {
        return ConfigFile.read(Files.writeString(directory.resolve("schap.conf"), text));
    }

    private void assertWrong(final String text, final String message) {
        final CommandFault fault = assertThrows(CommandFault.class, () -> read(text));
        assertEquals(CommandFault.WRONG_USAGE, fault.exitStatus());
        assertTrue(fault.getMessage().contains("schap.conf " + message.strip()), fault::getMessage);
    }
}
