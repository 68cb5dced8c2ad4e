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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void shouldSetWhatItNamesAndLeaveTheRest() throws IOException {
        final Configuration config = read("""
                # a comment
                engine.ring.slots = 1024

                  ledger.max.stores=40
                ledger.answers.kept.hours = 48
                gateway.max.connections = 7
                maxQuantityShown = 3
                trustedProxies = 10.0.0.7, fd00::/8
                rateLimit.key.perSecond = 50
                cacheSeconds = 5
                """);
        final EngineContext engine = new EngineContext();
        config.applyTo(engine);
        final GatewayContext gateway = new GatewayContext();
        config.applyTo(gateway, directory);
        assertEquals(1_024, engine.get(EngineSetting.RING_SLOTS));
        assertEquals(EngineSetting.SPIN_MICROS.defaultValue(), engine.get(EngineSetting.SPIN_MICROS));
        assertEquals(40, engine.ledgerSettings().maxStores());
        assertEquals(48 * 3_600_000L, engine.ledgerSettings().answersKeptMs());
        assertEquals(LedgerSettings.DEFAULTS.maxSkus(), engine.ledgerSettings().maxSkus());
        assertEquals(7, gateway.maxConnections());
        assertEquals(new GatewayContext().eventLoops(), gateway.eventLoops());
        assertEquals(5, gateway.cacheSeconds());
        assertEquals(3, gateway.access().maxQuantityShown());
        assertEquals(List.of("10.0.0.7", "fd00::/8"), gateway.access().trustedProxies());
        assertEquals(50, gateway.access().perKey().perSecond());
        assertEquals(100, gateway.access().perAddress().perSecond());
    }

    @Test
    void shouldLeaveTheLedgersSettingsInForceWhenItNamesNone() throws IOException {
        final EngineContext engine = new EngineContext();
        read("engine.spin.micros = 0\n").applyTo(engine);
        Configuration.defaults().applyTo(engine);
        assertNull(engine.ledgerSettings());
    }

    @Test
    void shouldTakeEnvironmentOverFileAndCommandLineOverBoth() throws IOException {
        final Path file = file("gateway.port = 1\ngateway.max.connections = 1\nledger.max.stores = 1\n");
        final Configuration config = Configuration.read(
                file,
                Map.of("SCHAP_GATEWAY_PORT", "2", "SCHAP_GATEWAY_MAX_CONNECTIONS", "2", "HOME", "/"),
                Map.of("gateway.port", new Configuration.Value("3", "--port")));
        assertEquals("3 --port", shown(config, "gateway.port"));
        assertEquals("2 SCHAP_GATEWAY_MAX_CONNECTIONS", shown(config, "gateway.max.connections"));
        assertEquals("1 " + file + " line 3", shown(config, "ledger.max.stores"));
        assertEquals("10 default", shown(config, "maxQuantityShown"));
    }

    private static String shown(final Configuration config, final String label) {
        final Configuration.Value value = config.value(ServerSetting.all().stream()
                .filter(entry -> entry.label().equals(label))
                .findFirst()
                .orElseThrow());
        return value.text() + ' ' + value.source();
    }

    @Test
    void shouldTakeTheFileThatTheEnvironmentNames() throws IOException {
        final Path file = file("gateway.port = 1\n");
        final Configuration config = Configuration.read(null, Map.of("SCHAP_CONFIG", file.toString()), Map.of());
        assertEquals("1", config.text(ServerSetting.PORT));
    }

    @Test
    void shouldTakeTheBoundsOfEveryNumberAndNothingBeyond() throws IOException {
        int numbers = 0;
        for (final ServerSetting.Entry entry : ServerSetting.all()) {
            if (entry.rule() instanceof final Rule.Number number) {
                read(entry.label() + " = " + number.min());
                read(entry.label() + " = " + number.max());
                assertWrong(entry.label() + " = " + (number.min() - 1), "line 1: " + entry.label() + " is");
                assertWrong(entry.label() + " = " + (number.max() + 1), "line 1: " + entry.label() + " is");
                numbers++;
            }
        }
        assertTrue(numbers > 20, "numbers=" + numbers);
    }

    @Test
    void shouldSetNothingTheLedgerDoesNotTake() throws IOException {
        for (final ServerSetting.Entry entry : ServerSetting.all()) {
            if (entry.label().startsWith("ledger.") && entry.rule() instanceof final Rule.Number number) {
                for (final long bound : List.of(number.min(), number.max())) {
                    final EngineContext engine = new EngineContext();
                    read(entry.label() + " = " + bound).applyTo(engine);
                    assertNull(engine.ledgerSettings().fault(), entry.label());
                }
            }
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
                "ledger.max.stores 5        | line 1: \"ledger.max.stores 5\" is not name = value",
                "ledger.max.stores = 5.0    | line 1: ledger.max.stores is \"5.0\", not a whole number from 1 to 65535",
                "ledger.max.stores =        | line 1: ledger.max.stores is \"\", not a whole number",
                "engine.ring.slots = 1      | line 1: engine.ring.slots is \"1\", not a whole number from 16",
                "LEDGER.MAX.STORES = 5      | line 1: there is no setting",
                "durability = tape          | line 1: durability is \"tape\", not disk, process or memory",
                "gateway.transport = carrier| line 1: gateway.transport is \"carrier\", not auto, io_uring, epoll or nio",
            })
    void shouldNameTheLineThatIsWrong(final String line, final String message) {
        assertWrong(line, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCHAP_GATEWAY_PROT", "SCHAP_MAXQUANTITYSHOWN"})
    void shouldNameTheVariableThatIsNoSetting(final String variable) {
        final CommandFault fault =
                assertThrows(CommandFault.class, () -> Configuration.read(null, Map.of(variable, "1"), Map.of()));
        assertTrue(fault.getMessage().startsWith(variable + ": there is no such setting"), fault::getMessage);
    }

    @Test
    void shouldLeaveVariablesAloneThatOthersSet() {
        final Map<String, String> others = Map.of(
                "SCHAP_JAVA_OPTS", "-Xmx1g",
                "SCHAP_PORT", "tcp://10.0.0.1:8080",
                "SCHAP_SERVICE_HOST", "10.0.0.1",
                "SCHAP_PORT_8080_TCP_ADDR", "10.0.0.1");
        assertEquals("8080", Configuration.read(null, others, Map.of()).text(ServerSetting.PORT));
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        final CommandFault fault = assertThrows(
                CommandFault.class, () -> Configuration.read(null, Map.of("SCHAP_CACHE_SECONDS", "-1"), Map.of()));
        assertEquals(
                "SCHAP_CACHE_SECONDS: cacheSeconds is \"-1\", not a whole number from 0 to 3600", fault.getMessage());
    }

    @Test
    void shouldRefuseASettingThatIsGivenTwice() {
        assertWrong("ledger.max.stores = 5\nledger.max.stores = 5", "line 2: ledger.max.stores is set a second time");
    }

    @Test
    void shouldBeListedWithItsBoundsAndDefaultInTheOperationsPage() throws IOException {
        final List<String> rows = Files.readAllLines(home().resolve("docs/OPERATIONS.md")).stream()
                .filter(row -> row.matches("\\| `[a-zA-Z.]+` \\|.*\\|.*\\|.*\\|"))
                .toList();
        for (final ServerSetting.Entry entry : ServerSetting.all()) {
            final String bounds = entry.rule() instanceof final Rule.Number number
                    ? String.format(Locale.ROOT, "%,d to %,d", number.min(), number.max())
                    : "";
            assertTrue(
                    rows.stream()
                            .anyMatch(row ->
                                    row.startsWith("| `" + entry.label() + "` |") && row.contains("| " + bounds)),
                    () -> entry.label() + ' ' + bounds);
        }
        assertEquals(ServerSetting.all().size(), rows.size());
    }

    @Test
    void shouldBeInTheExampleWhichIsAValidFile() throws IOException {
        final Path example = home().resolve("config/schap.conf.example");
        final StringWriter printed = new StringWriter();
        final int status = Schap.commandLine(new PrintWriter(printed), new PrintWriter(new StringWriter()))
                .execute("config", "example");
        assertEquals(0, status);
        assertEquals(printed.toString(), Files.readString(example), "bin/schap config example > " + example);
        final String taken = Files.readString(example).replaceAll("(?m)^#(?=[a-z])", "");
        final Configuration config = read(taken);
        for (final ServerSetting.Entry entry : ServerSetting.all()) {
            assertEquals(entry.otherwise(), config.value(entry).text(), entry.label());
        }
    }

    private static Path home() {
        return Path.of("").toAbsolutePath().getParent();
    }

    @Test
    void shouldShowWhatHoldsAndWhereItComesFrom() throws IOException {
        final Path file = file("# ours\nmaxQuantityShown = 25\n");
        final StringWriter printed = new StringWriter();
        final int status = Schap.commandLine(new PrintWriter(printed), new PrintWriter(new StringWriter()))
                .execute("config", "show", "--config", file.toString(), "--port", "9000", "--set", "cacheSeconds=7");
        assertEquals(0, status);
        final List<String> lines = printed.toString().lines().toList();
        assertEquals(ServerSetting.all().size(), lines.size());
        assertTrue(lines.contains("maxQuantityShown = 25  # " + file + " line 2"), printed::toString);
        assertTrue(lines.contains("gateway.port = 9000  # --port"), printed::toString);
        assertTrue(lines.contains("cacheSeconds = 7  # --set cacheSeconds"), printed::toString);
        assertTrue(lines.contains("durability = disk  # default"), printed::toString);
    }

    @Test
    void shouldSayThatTheFileCannotBeRead() {
        final CommandFault fault = assertThrows(
                CommandFault.class, () -> Configuration.read(directory.resolve("missing.conf"), Map.of(), Map.of()));
        assertEquals(CommandFault.WRONG_USAGE, fault.exitStatus());
        assertTrue(fault.getMessage().contains("missing.conf"), fault.getMessage());
    }

    private Path file(final String text) throws IOException {
        return Files.writeString(directory.resolve("schap.conf"), text);
    }

    private Configuration read(final String text) throws IOException {
        return Configuration.read(file(text), Map.of(), Map.of());
    }

    private void assertWrong(final String text, final String message) {
        final CommandFault fault = assertThrows(CommandFault.class, () -> read(text));
        assertEquals(CommandFault.WRONG_USAGE, fault.exitStatus());
        assertTrue(fault.getMessage().contains("schap.conf " + message.strip()), fault::getMessage);
    }
}
