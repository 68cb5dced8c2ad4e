package io.schap.gateway.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.Limits;
import io.schap.engine.command.MovementType;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.JsonReader;
import io.schap.gateway.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How lists are cut, and what makes a request the same one. */
final class MovementPartsTest {

    @Test
    void shouldCutByRowsAndBytesAlone() {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("MovementPartsTest seed=" + seed);
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            final List<MovementRow> rows = new ArrayList<>();
            final int count = 1 + random.nextInt(200);
            for (int i = 0; i < count; i++) {
                rows.add(row(random, -1));
            }
            int from = 0;
            while (from < count) {
                final int end = MovementParts.endOfPart(rows, from);
                int bytes = MovementParts.emptyBytes();
                for (final MovementRow row : rows.subList(from, end)) {
                    bytes += MovementParts.rowBytes(row);
                }
                assertTrue(end > from && end - from <= Limits.MAX_ROWS_PER_COMMAND);
                assertTrue(bytes <= Limits.MAX_MOVEMENTS_BYTES, "bytes=" + bytes);
                final boolean full = end == count
                        || end - from == Limits.MAX_ROWS_PER_COMMAND
                        || bytes + MovementParts.rowBytes(rows.get(end)) > Limits.MAX_MOVEMENTS_BYTES;
                assertTrue(full, "a part ended before it was full");
                from = end;
            }
        }
    }

    @Test
    void shouldTakeTheSameRequestForTheSame() {
        final RequestKeys keys = new RequestKeys(new KeyedHash(1, 2));
        final RequestKey first = of(keys, "POST", "/a", "", "{\"a\":1,\"b\":[\"x\",null]}");
        assertEquals(first, of(keys, "POST", "/a", "", " { \"b\" : [\"\\u0078\", null], \"a\":1 } "));
        final RequestKey[] others = {
            of(keys, "PUT", "/a", "", "{\"a\":1,\"b\":[\"x\",null]}"),
            of(keys, "POST", "/b", "", "{\"a\":1,\"b\":[\"x\",null]}"),
            of(keys, "POST", "/a", "q", "{\"a\":1,\"b\":[\"x\",null]}"),
            of(keys, "POST", "/a", "", "{\"a\":1.0,\"b\":[\"x\",null]}"),
            of(keys, "POST", "/a", "", "{\"a\":\"1\",\"b\":[\"x\",null]}"),
            of(keys, "POST", "/a", "", "{\"a\":1,\"b\":[null,\"x\"]}"),
            of(keys, "POST", "/a", "", "{\"a\":1,\"b\":[\"x\"]}"),
            of(keys, "POST", "/a", "", "{\"a\":1,\"b\":[\"x\",null],\"c\":null}"),
            of(keys, "POST", "/a", "", "{\"a\":1,\"b\":[\"x\",false]}"),
        };
        for (final RequestKey other : others) {
            assertNotEquals(first, other);
        }
    }

    private static RequestKey of(
            final RequestKeys keys, final String method, final String path, final String query, final String body) {
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        final Request request = new Request(method, path, path, query, new DefaultHttpHeaders(), bytes, Caller.OPEN);
        return keys.of(request, JsonReader.object(bytes), "k");
    }

    private static MovementRow row(final Random random, final int index) {
        final MovementRow.Texts texts = random.nextBoolean()
                ? MovementRow.NO_TEXTS
                : new MovementRow.Texts(text(random), text(random), text(random), text(random));
        return new MovementRow(MovementType.SALE, null, index, index, 1, null, 0, 0, texts);
    }

    private static byte[] text(final Random random) {
        return new byte[random.nextInt(Limits.MAX_TEXT_BYTES + 1)];
    }
}
