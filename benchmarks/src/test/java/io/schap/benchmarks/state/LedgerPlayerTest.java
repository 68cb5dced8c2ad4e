package io.schap.benchmarks.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.benchmarks.Rounds;
import io.schap.benchmarks.stream.Chain;
import io.schap.benchmarks.stream.MixedStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class LedgerPlayerTest {

    private static final int LIVE = 10_000;

    @Test
    void shouldKeepTheMixedStreamSteadyWithoutARefusal() {
        final Chain chain = new Chain(20, 50, 20, 5_000, 5_000);
        final MixedStream stream = new MixedStream(chain, new MixedStream.Traffic(LIVE, true, true, 1));
        final LedgerPlayer player = new LedgerPlayer(chain, stream);
        final ByteArrayOutputStream told = new ByteArrayOutputStream();

        player.warmUp(200_000, new PrintStream(told, true, StandardCharsets.UTF_8));
        assertTrue(player.play(100_000, new Rounds.Stopwatch()) >= 100_000);

        assertTrue(told.toString(StandardCharsets.UTF_8).startsWith("steady after"));
        assertEquals(LIVE, player.ledger().liveReservations(), LIVE * 0.2);
        player.checkInvariants();
    }

    @Test
    void shouldGiveEveryCellAStoreOfItsOwn() {
        final Chain sparse = new Chain(20, 30, 4, 10, 10);
        final Set<Long> cells = new HashSet<>();
        for (int cell = 0; cell < sparse.cells(); cell++) {
            assertTrue(sparse.storeOf(cell) < sparse.stores());
            cells.add((long) sparse.skuOf(cell) << 32 | sparse.storeOf(cell));
        }

        assertEquals(30 * 4, cells.size());
    }

    @Test
    void shouldPrintTheMedianOfEveryContender() {
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final double[] medians = new Rounds(3, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .with("one", LedgerPlayerTest::spin)
                .with("two", LedgerPlayerTest::spin)
                .run();

        assertEquals(2, medians.length);
        assertTrue(medians[0] > 0);
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains("two"));
    }

    private static long spin(final Rounds.Stopwatch stopwatch) {
        stopwatch.start();
        long sum = 1;
        for (int i = 0; i < 1_000_000; i++) {
            sum = sum * 31 + i;
        }
        stopwatch.stop();
        return sum == 0 ? 1 : 1_000_000;
    }
}
