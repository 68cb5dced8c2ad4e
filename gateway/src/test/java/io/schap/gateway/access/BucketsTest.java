package io.schap.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketsTest {

    private static final TokenBucket.Rate RATE = new TokenBucket.Rate(10, 5);
    private static final long TENTH_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE - 5, Long.MIN_VALUE})
    void shouldGiveABurstAndThenTheRateWhateverTheClockShows(final long startNs) {
        final TokenBucket bucket = new TokenBucket(RATE, startNs);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, bucket.take(startNs));
        }
        assertEquals(TENTH_NS, bucket.take(startNs));
        assertEquals(1, bucket.take(startNs + TENTH_NS - 1));
        assertEquals(0, bucket.take(startNs + TENTH_NS));
        assertTrue(bucket.take(startNs + TENTH_NS) > 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, bucket.take(startNs + TimeUnit.HOURS.toNanos(1)));
        }
        assertTrue(bucket.take(startNs + TimeUnit.HOURS.toNanos(1)) > 0);
    }

    @Test
    void shouldHoldTheBucketsOfManyAddressesApart() {
        final AddressLimits limits = new AddressLimits(RATE, 42, 0);
        for (int address = 0; address < 1_000; address++) {
            for (int i = 0; i < 5; i++) {
                assertEquals(0, limits.take(address, 1));
            }
        }
        int limited = 0;
        for (int address = 0; address < 1_000; address++) {
            limited += limits.take(address, 1) > 0 ? 1 : 0;
        }
        assertEquals(1_000, limited);
    }

    @Test
    void shouldForgetFullBucketsFirst() {
        final AddressLimits limits = new AddressLimits(RATE, 42, 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, limits.take(7, 1));
        }
        // A hundred thousand others, each of whose buckets is full again before the next comes.
        long nowNs = 1;
        for (int address = 100; address < 100_100; address++) {
            limits.take(address, nowNs);
            nowNs += 1;
            limits.take(7, nowNs);
        }
        assertTrue(limits.take(7, nowNs) > 0);
    }
}
