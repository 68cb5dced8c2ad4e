package io.schap.benchmarks.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.schap.engine.BlockingPort;
import io.schap.engine.Engine;
import io.schap.engine.EngineContext;
import io.schap.engine.EngineSetting;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.engine.journal.Durability;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How long the idle writer should spin before it parks: the time from offer to answer of lone commands, and the CPU time
 * that the process takes for them, for several spins; then the CPU time of an engine that nobody asks. The settings take
 * turns.
 *
 * <p>Run: {@code java @config/jvm.options -cp benchmarks/target/benchmarks.jar
 * io.schap.benchmarks.pipeline.WriterWaitTrial [DURABILITY] [COMMANDS] [GAP_MICROS] [ROUNDS] [DIRECTORY]}; PROCESS, 2,000
 * commands, 1,000 µs between answer and next offer, 3 rounds and a temporary directory when left out.
 */
public final class WriterWaitTrial {

    private static final List<Integer> SPIN_MICROS = List.of(0, 5, 20, 100, 1_000, 10_000);
    private static final int WARM_UP = 3_000;
    private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(3);

    private final Durability durability;
    private final int commands;
    private final long gapNs;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[256]);
    private final int length = encode(command);

    private WriterWaitTrial(final Durability durability, final int commands, final long gapNs) {
        this.durability = durability;
        this.commands = commands;
        this.gapNs = gapNs;
    }

    /**
     * Runs the trial.
     *
     * @param arguments durability, commands a round, microseconds between them, rounds, where to put the data.
     * @throws IOException when the disk fails.
     */
    public static void main(final String[] arguments) throws IOException {
        final Durability durability = Durability.valueOf(arguments.length > 0 ? arguments[0] : "PROCESS");
        final int commands = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        final int gapMicros = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        final int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        final Path parent = Path.of(arguments.length > 4 ? arguments[4] : System.getProperty("java.io.tmpdir"));
        final WriterWaitTrial trial =
                new WriterWaitTrial(durability, commands, TimeUnit.MICROSECONDS.toNanos(gapMicros));
        System.out.printf(
                "offer to answer of lone commands, us; durability=%s, commands=%d, gap=%d us%n",
                durability, commands, gapMicros);
        System.out.printf(
                "%-12s %8s %8s %8s %8s %14s %12s%n",
                "spin us", "p50", "p90", "p99", "max", "cpu us/command", "idle cpu %");
        for (int round = 0; round < rounds; round++) {
            for (final int spinMicros : SPIN_MICROS) {
                trial.run(spinMicros, parent);
            }
        }
    }

    private void run(final int spinMicros, final Path parent) throws IOException {
        final Path directory = Files.createTempDirectory(parent, "writer-wait");
        final EngineContext context = new EngineContext()
                .dataDirectory(directory)
                .durability(durability)
                .set(EngineSetting.SPIN_MICROS, spinMicros)
                .set(EngineSetting.SEGMENT_BYTES, 16 << 20)
                .report(line -> {});
        try (Engine engine = Engine.launch(context);
                BlockingPort port = engine.openBlockingPort(TimeUnit.SECONDS.toMillis(30))) {
            for (int i = 0; i < WARM_UP; i++) {
                port.ask(command, 0, length);
            }
            final Histogram times = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
            final long cpuBefore = system.getProcessCpuTime();
            for (int i = 0; i < commands; i++) {
                pause(gapNs);
                final long startNs = System.nanoTime();
                port.ask(command, 0, length);
                times.recordValue(System.nanoTime() - startNs);
            }
            final long cpuNs = system.getProcessCpuTime() - cpuBefore;
            final long idleBefore = system.getProcessCpuTime();
            pause(IDLE_NS);
            final long idleNs = system.getProcessCpuTime() - idleBefore;
            check(engine.view().sequence());
            print(spinMicros, times, (double) cpuNs / commands / 1e3, 100.0 * idleNs / IDLE_NS);
        } finally {
            delete(directory);
        }
    }

    /** A sales channel that is there already from the second time on. */
    private static int encode(final UnsafeBuffer into) {
        final PutChannelEncoder channel =
                new PutChannelEncoder().wrapAndApplyHeader(into, 0, new MessageHeaderEncoder());
        channel.envelope().logicVersion(1).channel((short) -1);
        return channel.name("web").limit();
    }

    /** Every command was applied, behind genesis. */
    private void check(final long sequence) {
        if (sequence != 1L + WARM_UP + commands) {
            throw new IllegalStateException("not every command was applied: sequence=" + sequence);
        }
    }

    private static void print(
            final int spinMicros, final Histogram times, final double cpuMicros, final double idlePercent) {
        System.out.printf(
                Locale.ROOT,
                "%-12d %8.0f %8.0f %8.0f %8.0f %14.1f %12.2f%n",
                spinMicros,
                times.getValueAtPercentile(50) / 1e3,
                times.getValueAtPercentile(90) / 1e3,
                times.getValueAtPercentile(99) / 1e3,
                times.getMaxValue() / 1e3,
                cpuMicros,
                idlePercent);
    }

    private static void pause(final long ns) {
        final long end = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void delete(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
