package io.schap.engine;

import io.schap.engine.journal.Durability;
import io.schap.engine.pipeline.HaltHandler;
import io.schap.engine.state.LedgerSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything an engine is launched with. Set what differs from the defaults; {@link Engine#launch} concludes it, and then
 * nothing can be set any more. For one thread.
 */
public final class EngineContext {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Map<EngineSetting, Long> numbers = new EnumMap<>(EngineSetting.class);
    private Path dataDirectory;
    private Durability durability = Durability.DISK;
    private LedgerSettings ledgerSettings;
    private Consumer<String> report = LOG::info;
    private HaltHandler haltHandler = HaltHandler.EXIT;
    private EpochClock wallClock = SystemEpochClock.INSTANCE;
    private NanoClock monotonicClock = SystemNanoClock.INSTANCE;
    private ThreadFactory threads = Thread::new;
    private SecureRandom random = new SecureRandom();
    private boolean concluded;

    /** All defaults; a data directory is still needed. */
    public EngineContext() {}

    /**
     * Checks that everything needed is there. Once.
     *
     * @throws IllegalStateException    the second time: a context is for one engine.
     * @throws IllegalArgumentException when something is missing or does not fit together.
     */
    public void conclude() {
        checkOpen();
        concluded = true;
        if (dataDirectory == null) {
            throw new IllegalArgumentException("a data directory is needed");
        }
        checkPowerOfTwo(EngineSetting.RING_SLOTS);
        checkPowerOfTwo(EngineSetting.MOVEMENTS_REMEMBERED);
    }

    private void checkPowerOfTwo(final EngineSetting setting) {
        if (Long.bitCount(get(setting)) != 1) {
            throw new IllegalArgumentException("setting is no power of two: " + setting.label() + "=" + get(setting));
        }
    }

    private void checkOpen() {
        if (concluded) {
            throw new IllegalStateException("the context is concluded: it belongs to one engine");
        }
    }

    /**
     * Where the chain's data lies; made when it does not exist.
     *
     * @param directory one chain, one directory.
     * @return this.
     */
    public EngineContext dataDirectory(final Path directory) {
        checkOpen();
        dataDirectory = directory;
        return this;
    }

    /**
     * Where the chain's data lies.
     *
     * @return null until it is set.
     */
    public Path dataDirectory() {
        return dataDirectory;
    }

    /**
     * What an acknowledgement outlives; {@link Durability#DISK} unless said otherwise.
     *
     * @param promised for this run.
     * @return this.
     */
    public EngineContext durability(final Durability promised) {
        checkOpen();
        durability = promised;
        return this;
    }

    /**
     * What an acknowledgement outlives.
     *
     * @return the promise of this run.
     */
    public Durability durability() {
        return durability;
    }

    /**
     * Sets a number.
     *
     * @param setting which.
     * @param value   within the setting's bounds.
     * @return this.
     * @throws IllegalArgumentException out of its bounds.
     */
    public EngineContext set(final EngineSetting setting, final long value) {
        checkOpen();
        numbers.put(setting, setting.checked(value));
        return this;
    }

    /**
     * A number in force.
     *
     * @param setting which.
     * @return what was set, else the default.
     */
    public long get(final EngineSetting setting) {
        return numbers.getOrDefault(setting, setting.defaultValue());
    }

    /**
     * Limits and defaults of the ledger. A new data directory begins with them; in an old one they are journaled at launch
     * when they differ from those in force. When not set: {@link LedgerSettings#DEFAULTS} for a new directory, those in
     * force for an old one.
     *
     * @param settings to be in force.
     * @return this.
     */
    public EngineContext ledgerSettings(final LedgerSettings settings) {
        checkOpen();
        ledgerSettings = settings;
        return this;
    }

    /**
     * Limits and defaults of the ledger.
     *
     * @return null when not set.
     */
    public LedgerSettings ledgerSettings() {
        return ledgerSettings;
    }

    /**
     * Takes the lines in which the launch says what it finds and does; the log unless said otherwise.
     *
     * @param lines takes one line after the other, on the launching thread.
     * @return this.
     */
    public EngineContext report(final Consumer<String> lines) {
        checkOpen();
        report = lines;
        return this;
    }

    /**
     * Takes the lines of the launch.
     *
     * @return never null.
     */
    public Consumer<String> report() {
        return report;
    }

    /**
     * What happens when the writer halts; {@link HaltHandler#EXIT} unless said otherwise.
     *
     * @param handler runs on the writer's thread.
     * @return this.
     */
    public EngineContext haltHandler(final HaltHandler handler) {
        checkOpen();
        haltHandler = handler;
        return this;
    }

    /**
     * What happens when the writer halts.
     *
     * @return never null.
     */
    public HaltHandler haltHandler() {
        return haltHandler;
    }

    /**
     * The two clocks; the system's unless said otherwise.
     *
     * @param wall      milliseconds since 1970.
     * @param monotonic nanoseconds from anywhere, never going back.
     * @return this.
     */
    public EngineContext clocks(final EpochClock wall, final NanoClock monotonic) {
        checkOpen();
        wallClock = wall;
        monotonicClock = monotonic;
        return this;
    }

    /**
     * The wall clock.
     *
     * @return milliseconds since 1970.
     */
    public EpochClock wallClock() {
        return wallClock;
    }

    /**
     * The monotonic clock.
     *
     * @return nanoseconds from anywhere.
     */
    public NanoClock monotonicClock() {
        return monotonicClock;
    }

    /**
     * Makes the engine's threads: the writer, and the one that prepares journal files. The engine names them.
     *
     * @param factory of threads that nobody interrupts.
     * @return this.
     */
    public EngineContext threads(final ThreadFactory factory) {
        checkOpen();
        threads = factory;
        return this;
    }

    /**
     * Makes the engine's threads.
     *
     * @return never null.
     */
    public ThreadFactory threads() {
        return threads;
    }

    /**
     * Where the secrets of a new data directory come from.
     *
     * @param source that cannot be foretold.
     * @return this.
     */
    public EngineContext random(final SecureRandom source) {
        checkOpen();
        random = source;
        return this;
    }

    /**
     * Where secrets come from.
     *
     * @return never null.
     */
    public SecureRandom random() {
        return random;
    }
}
