package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tags of availability, and who has an answer already, through a socket. */
@Timeout(60)
final class ConditionalReadsTest {

    private static final String CELL = "/v1/stores/S1/skus/A/availability";
    private static final List<String> TAGGED = List.of(
            CELL, "/v1/skus/A/availability", "/v1/availability?store=S1&sku=A", "/v1/skus/A/availability?near=52,5");

    private RunningGateway schap;

    @BeforeEach
    void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterEach
    void stop() {
        schap.close();
    }

    private String tagOf(final String path) {
        return schap.get(path).header("ETag");
    }

    private RunningGateway.Answer askedAgain(final String path, final String tag) {
        return schap.call("GET", path, null, null, "If-None-Match", tag);
    }

    @Test
    void shouldTagAvailabilityWeakly() {
        for (final String path : TAGGED) {
            assertTrue(tagOf(path).matches("W/\"[0-9a-f]{16}\""), path);
        }
    }

    @Test
    void shouldAnswer304ToWhoHasTheAnswer() {
        for (final String path : TAGGED) {
            final String tag = tagOf(path);
            final RunningGateway.Answer again = askedAgain(path, tag);
            assertEquals(304, again.status(), path);
            assertEquals("", again.raw());
            assertEquals(tag, again.header("ETag"));
            assertEquals("no-cache", again.header("Cache-Control"));
            assertNull(again.header("Content-Type"));
            assertNull(again.header("Content-Length"));
            assertTrue(again.header("Date") != null);
        }
    }

    @Test
    void shouldCompareTagsWeaklyAndInLists() {
        final String tag = tagOf(CELL);
        final String strong = tag.substring(2);
        for (final String held : new String[] {strong, "\"x\", " + tag, tag + ",\"y,z\"", "*", " * "}) {
            assertEquals(304, askedAgain(CELL, held).status(), held);
        }
        for (final String held : new String[] {"\"x\"", strong.replace("\"", ""), "\"", "\"" + strong, "nonsense"}) {
            assertEquals(200, askedAgain(CELL, held).status(), held);
        }
    }

    @Test
    void shouldLookAtEveryLineOfTheHeader() throws IOException {
        final String answer = RawClient.ask(
                schap.port(),
                "GET " + CELL + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"x\"\r\nIf-None-Match: " + tagOf(CELL)
                        + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 304 Not Modified\r\n"), answer);
    }

    @Test
    void shouldKeepTheConnectionInStepAfter304() throws IOException {
        final String ask = "GET " + CELL + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tagOf(CELL) + "\r\n\r\n";
        try (RawClient client = new RawClient(schap.port())) {
            client.send(ask + "HEAD" + ask.substring(3) + "GET " + CELL + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertTrue(client.answer().startsWith("HTTP/1.1 304"));
            assertTrue(client.answer().startsWith("HTTP/1.1 304"));
            assertTrue(client.answer().contains("\"available\":10"));
        }
    }

    @Test
    void shouldChangeTheTagWithEveryChangeOfTheCell() {
        for (final String path : TAGGED) {
            final String before = tagOf(path);
            final String id = schap.reserve("S1", "A", 1);
            final String reserved = tagOf(path);
            assertNotEquals(before, reserved, path);
            schap.call("POST", "/v1/reservations/" + id + "/release", "{}", null);
            final String released = tagOf(path);
            assertNotEquals(reserved, released, path);
            assertNotEquals(before, released, path);
            assertEquals(200, askedAgain(path, before).status());
        }
    }

    @Test
    void shouldChangeTheTagWithThePolicyOfCellAndStore() {
        for (final String path : TAGGED) {
            final String before = tagOf(path);
            schap.patch("/v1/stores/S1/skus/A/policy", "{\"lowStockThreshold\":50}");
            final String ofCell = tagOf(path);
            assertNotEquals(before, ofCell, path);
            schap.patch("/v1/stores/S1/policy", "{\"safetyStock\":1}");
            assertNotEquals(ofCell, tagOf(path), path);
            schap.patch("/v1/stores/S1/policy", "{\"safetyStock\":null}");
            schap.patch("/v1/stores/S1/skus/A/policy", "{\"lowStockThreshold\":null}");
        }
    }

    @Test
    void shouldKeepTheTagOverARestartAndOverOtherCellsChanges() {
        final String before = tagOf(CELL);
        schap.count("S1", "B", 3);
        assertEquals(before, tagOf(CELL));
        schap.restart();
        assertEquals(before, tagOf(CELL));
        assertEquals(304, askedAgain(CELL, before).status());
    }

    @Test
    void shouldChangeTheTagOfAListWithANameOfAStore() {
        final String path = "/v1/skus/A/availability";
        final String before = tagOf(path);
        schap.put("/v1/stores/S1", "{\"name\":\"Uno\",\"kind\":\"shop\",\"latitude\":52.0,\"longitude\":5.0}");
        assertNotEquals(before, tagOf(path));
    }

    @Test
    void shouldTellAnUnknownCodeFromNothingInStock() {
        final String unknown = tagOf("/v1/availability?store=S1&sku=LATER");
        schap.put("/v1/skus/LATER", "{\"name\":\"Later\"}");
        assertNotEquals(unknown, tagOf("/v1/availability?store=S1&sku=LATER"));
    }

    @Test
    void shouldTagHeadAndNoProblem() throws IOException {
        final String head = RawClient.ask(
                schap.port(), "HEAD " + CELL + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertTrue(head.contains("\r\nETag: " + tagOf(CELL) + "\r\n"), head);
        assertNull(schap.get("/v1/stores/S1/skus/NONE/availability").header("ETag"));
        assertEquals(
                404, askedAgain("/v1/stores/S1/skus/NONE/availability", "*").status());
        assertFalse(head.endsWith("}"));
    }
}
