package io.schap.gateway.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A streamed body between an event loop and a worker. */
@Timeout(30)
final class BodyInputStreamTest {

    @Test
    void shouldHoldNoMoreThanItsBound() throws Exception {
        final Tap tap = new Tap();
        final BodyInputStream stream = new BodyInputStream(tap);
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        final CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return stream.readAllBytes();
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        final Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            tap.open.acquire();
            tap.open.release();
            final byte[] piece = new byte[1 + random.nextInt(65_536)];
            random.nextBytes(piece);
            sent.write(piece);
            stream.piece(piece);
        }
        stream.end();
        assertArrayEquals(sent.toByteArray(), read.get(20, TimeUnit.SECONDS));
    }

    @Test
    void shouldPauseAFastSender() throws IOException {
        final Tap tap = new Tap();
        final BodyInputStream stream = new BodyInputStream(tap);
        int pieces = 0;
        while (tap.open.availablePermits() > 0) {
            stream.piece(new byte[65_536]);
            pieces++;
        }
        assertEquals(BodyInputStream.HIGH_BYTES / 65_536, pieces);
        while (tap.open.availablePermits() == 0) {
            assertTrue(stream.read() >= 0);
            stream.skipNBytes(stream.available());
        }
    }

    @Test
    void shouldSayThatABodyWasCutOff() throws IOException {
        final BodyInputStream stream = new BodyInputStream(new Tap());
        stream.piece(new byte[] {1});
        stream.cut();
        assertEquals(1, stream.read());
        assertThrows(IOException.class, stream::read);
    }

    /** Has a permit while it is open. */
    private static final class Tap implements BodyFlow {

        private final Semaphore open = new Semaphore(1);

        @Override
        public void pause() {
            open.acquireUninterruptibly();
        }

        @Override
        public void resume() {
            open.release();
        }
    }
}
