package io.schap.benchmarks.state;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Apply of the mixed stream on one thread: with keys and 10 M remembered answers that are evicted, without keys, and
 * beside each the rival that only touches the same cache lines. Commands are encoded outside of the timed part; decoding
 * them is part of apply. A tool and no JMH benchmark, because ten million commands come before the first that counts.
 *
 * <p>Run: {@code java @config/jvm.options -Xmx10g -Xms10g -XX:+UseTransparentHugePages -cp
 * benchmarks/target/benchmarks.jar io.schap.benchmarks.state.LedgerApplyBenchmark [keyed] [unkeyed] [texts]}; system
 * properties {@code rounds} (7), {@code commands} a round (2,000,000), {@code cells}, {@code answers}, {@code live}, {@code check=true}
 * for the ledger's invariants at the end.
 */
public final class LedgerApplyBenchmark {

    private static final int STORES = 200;
    private static final int SEED = 20_101_201;

    private LedgerApplyBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param arguments which contenders, all when empty.
     */
    public static void main(final String[] arguments) {
        final PrintStream out = System.out;
        final int cells = Integer.getInteger("cells", 1_000_000);
        final int answers = Integer.getInteger("answers", 10_000_000);
        final int live = Integer.getInteger("live", 1_000_000);
        final int commands = Integer.getInteger("commands", 2_000_000);
        final Chain chain = new Chain(STORES, cells / STORES, STORES, answers, live);
        final List<String> wanted = arguments.length == 0 ? List.of("keyed", "unkeyed") : List.of(arguments);
        final Rounds rounds = new Rounds(Integer.getInteger("rounds", 7), out);
        final List<LedgerPlayer> players = new ArrayList<>();
        final List<CacheLineRival> rivals = new ArrayList<>();
        for (final String which : wanted) {
            final boolean keyed = !"unkeyed".equals(which);
            final boolean texts = "texts".equals(which);
            final long warmUp = keyed ? answers + 1_000_000L : 1_000_000L;
            final MixedStream.Traffic traffic = new MixedStream.Traffic(live, keyed, texts, SEED);
            final LedgerPlayer player = new LedgerPlayer(chain, new MixedStream(chain, traffic));
            player.warmUp(warmUp, out);
            players.add(player);
            rounds.with("apply " + which, stopwatch -> player.play(commands, stopwatch));
            if (!texts) {
                final CacheLineRival rival = new CacheLineRival(chain, new MixedStream(chain, traffic));
                rival.warmUp(warmUp);
                rivals.add(rival);
                rounds.with("same cache lines " + which, stopwatch -> rival.play(commands, stopwatch));
            }
        }
        rounds.run();
        rivals.forEach(rival -> out.println("touched " + rival.sum()));
        if (Boolean.getBoolean("check")) {
            players.forEach(LedgerPlayer::checkInvariants);
            out.println("invariants hold");
        }
    }
}
