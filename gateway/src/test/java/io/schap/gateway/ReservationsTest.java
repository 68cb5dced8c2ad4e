package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reservations and their steps, through a socket and a real engine. */
@Timeout(60)
final class ReservationsTest {

    private static RunningGateway schap;

    @BeforeAll
    static void start(@TempDir final Path directory) {
        schap = RunningGateway.start(directory).withStock();
    }

    @AfterAll
    static void stop() {
        schap.close();
    }

    @BeforeEach
    void restock() {
        schap.count("S1", "A", 1_000);
        schap.count("S1", "B", 1_000);
        schap.count("S2", "B", 1_000);
    }

    @Test
    void shouldMakeAReservation() {
        final int before = available("S1", "A");
        final RunningGateway.Answer made = schap.post(
                "/v1/reservations",
                "{\"channel\":\"web\",\"store\":\"S1\",\"holdSeconds\":60,\"owner\":\"cart-81\",\"reference\":\"order-9\","
                        + "\"lines\":[{\"sku\":\"A\",\"quantity\":2},{\"sku\":\"B\",\"quantity\":1,\"store\":\"S2\"},"
                        + "{\"sku\":\"A\",\"quantity\":3}],\"supersedes\":null}");
        assertEquals(201, made.status(), made::toString);
        assertEquals("/v1/reservations/" + made.text("id"), made.header("Location"));
        assertEquals("HELD", made.text("state"));
        assertEquals("cart-81", made.text("owner"));
        assertEquals("order-9", made.text("reference"));
        assertEquals(2, made.body().get("lines").size());
        assertEquals(5, made.body().at("/lines/0/quantity").asInt());
        assertEquals("S2", made.body().at("/lines/1/store").asText());
        assertEquals(before - 5, available("S1", "A"));
        final Instant created = Instant.parse(made.text("createdAt"));
        assertEquals(created.plusSeconds(60), Instant.parse(made.text("expiresAt")));
        final RunningGateway.Answer read = schap.get(made.header("Location"));
        assertEquals(made.body().get("lines"), read.body().get("lines"));
        assertEquals(made.body().get("sequence"), read.body().get("sequence"));
    }

    @Test
    void shouldSayWhichLinesAreShort() {
        final RunningGateway.Answer refused = schap.post(
                "/v1/reservations",
                "{\"channel\":\"web\",\"store\":\"S1\",\"lines\":[{\"sku\":\"B\",\"quantity\":1},"
                        + "{\"sku\":\"A\",\"quantity\":100000}]}");
        assertEquals(409, refused.status());
        assertEquals("insufficient-stock", refused.problem());
        assertEquals("application/problem+json", refused.header("Content-Type"));
        final JsonNode shortfall = refused.body().at("/shortfalls/0");
        assertEquals(1, refused.body().get("shortfalls").size());
        assertEquals("S1", shortfall.get("store").asText());
        assertEquals("A", shortfall.get("sku").asText());
        assertEquals(100_000, shortfall.get("requested").asInt());
        assertEquals(available("S1", "A"), shortfall.get("available").asInt());
        assertTrue(refused.body().get("sequence").asLong() > 0);
    }

    @Test
    void shouldGrantWhatThereIsWhenPartialIsAllowed() {
        final RunningGateway.Answer made = schap.post(
                "/v1/reservations",
                "{\"channel\":\"app\",\"store\":\"S2\",\"allowPartial\":true,\"lines\":[{\"sku\":\"B\",\"quantity\":5000},"
                        + "{\"sku\":\"A\",\"quantity\":1}]}");
        assertEquals(201, made.status(), made::toString);
        assertEquals(5_000, made.body().at("/lines/0/requested").asInt());
        assertEquals(0, made.body().at("/lines/1/quantity").asInt());
        assertEquals(0, available("S2", "B"));
        assertEquals(200, step(made.text("id"), "release", "").status());
    }

    @Test
    void shouldConfirmExtendAndFulfil() {
        final String id = schap.reserve("S1", "A", 4);
        final RunningGateway.Answer extended = step(id, "extend", "{\"holdSeconds\":7200}");
        assertEquals(200, extended.status(), extended::toString);
        final RunningGateway.Answer confirmed =
                step(id, "confirm", "{\"pickupSeconds\":3600,\"paymentReference\":\"pay-1\"}");
        assertEquals("CONFIRMED", confirmed.text("state"));
        assertEquals("pay-1", confirmed.text("paymentReference"));
        assertEquals(confirmed.raw(), step(id, "confirm", "").raw());
        assertEquals(400, step(id, "extend", "{\"holdSeconds\":60}").status());
        assertEquals(200, step(id, "extend", "{\"pickupSeconds\":60}").status());
        final RunningGateway.Answer part =
                schap.post("/v1/reservations/" + id + "/fulfil", "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}");
        assertEquals("CONFIRMED", part.text("state"), part::toString);
        assertEquals(1, part.body().at("/lines/0/fulfilled").asInt());
        final RunningGateway.Answer rest = step(id, "fulfil", "{}");
        assertEquals("FULFILLED", rest.text("state"));
        assertEquals(4, rest.body().at("/lines/0/fulfilled").asInt());
        assertEquals(rest.raw(), step(id, "fulfil", "").raw());
        final RunningGateway.Answer closed = step(id, "release", "");
        assertEquals(409, closed.status());
        assertEquals("reservation-closed", closed.problem());
        assertEquals("FULFILLED", closed.text("state"));
    }

    @Test
    void shouldConfirmWithoutADeadline() {
        final String id = schap.reserve("S1", "A", 1);
        final RunningGateway.Answer confirmed = step(id, "confirm", "");
        assertTrue(confirmed.body().get("expiresAt").isNull());
        assertEquals(
                200, step(id, "release", "{\"reason\":\"changed my mind\"}").status());
    }

    @Test
    void shouldReleaseInPartAndRefuseMoreThanIsReserved() {
        final String id = schap.reserve("S1", "A", 4);
        final RunningGateway.Answer part = schap.post(
                "/v1/reservations/" + id + "/release",
                "{\"lines\":[{\"sku\":\"A\",\"store\":\"S1\",\"quantity\":3}],\"reason\":\"less\"}");
        assertEquals(3, part.body().at("/lines/0/released").asInt(), part::toString);
        final RunningGateway.Answer more =
                schap.post("/v1/reservations/" + id + "/fulfil", "{\"lines\":[{\"sku\":\"A\",\"quantity\":2}]}");
        assertEquals(409, more.status());
        assertEquals("exceeds-reserved", more.problem());
        assertEquals("RELEASED", step(id, "release", "").text("state"));
    }

    @Test
    void shouldNeedTheStoreWhereALineIsAmbiguous() {
        final RunningGateway.Answer made = schap.post(
                "/v1/reservations",
                "{\"channel\":\"web\",\"lines\":[{\"sku\":\"B\",\"quantity\":1,\"store\":\"S1\"},"
                        + "{\"sku\":\"B\",\"quantity\":1,\"store\":\"S2\"}]}");
        final String path = "/v1/reservations/" + made.text("id") + "/fulfil";
        final RunningGateway.Answer ambiguous = schap.post(path, "{\"lines\":[{\"sku\":\"B\",\"quantity\":1}]}");
        assertEquals(400, ambiguous.status());
        assertEquals("/lines", ambiguous.body().at("/errors/0/pointer").asText());
        assertEquals(
                200,
                schap.post(path, "{\"lines\":[{\"sku\":\"B\",\"quantity\":1,\"store\":\"S2\"}]}")
                        .status());
    }

    @Test
    void shouldSupersedeAHeldReservation() {
        schap.count("S1", "A", 10);
        final String old = schap.reserve("S1", "A", 8 - (10 - available("S1", "A")));
        final String body = "{\"channel\":\"web\",\"store\":\"S1\",\"supersedes\":\"" + old
                + "\",\"lines\":[{\"sku\":\"A\",\"quantity\":9}]}";
        final RunningGateway.Answer refused = schap.post("/v1/reservations", body.replace(":9}", ":99}"));
        assertEquals(409, refused.status());
        assertEquals("HELD", schap.get("/v1/reservations/" + old).text("state"));
        final RunningGateway.Answer made = schap.post("/v1/reservations", body.replace(":9}", ":4}"));
        assertEquals(201, made.status(), made::toString);
        assertEquals("RELEASED", schap.get("/v1/reservations/" + old).text("state"));
        final RunningGateway.Answer again = schap.post("/v1/reservations", body);
        assertEquals("reservation-closed", again.problem());
        assertEquals("RELEASED", again.text("state"));
        assertEquals(200, step(made.text("id"), "release", "").status());
    }

    @Test
    void shouldRefuseInactiveSkus() {
        schap.put("/v1/skus/OLD", "{\"name\":\"Old\",\"active\":false}");
        schap.count("S1", "OLD", 5);
        final RunningGateway.Answer refused =
                schap.post("/v1/reservations", RunningGateway.reservation("S1", "OLD", 1));
        assertEquals(409, refused.status());
        assertEquals("not-active", refused.problem());
    }

    @Test
    void shouldExpireAHold() throws InterruptedException {
        final RunningGateway.Answer made = schap.post(
                "/v1/reservations",
                RunningGateway.reservation("S1", "A", 1).replace("\"channel\"", "\"holdSeconds\":1,\"channel\""));
        final long deadlineNs = System.nanoTime() + 10_000_000_000L;
        String state = "HELD";
        while (state.equals("HELD") && System.nanoTime() < deadlineNs) {
            state = schap.get("/v1/reservations/" + made.text("id")).text("state");
        }
        assertEquals("EXPIRED", state);
        assertEquals("EXPIRED", step(made.text("id"), "confirm", "").text("state"));
    }

    @Test
    void shouldKnowUnknownIds() {
        for (final String id : new String[] {"nobody", "0123456789abcdefghjkmnpqrs", "%20", "a%2Fb"}) {
            assertEquals(
                    "unknown-reservation", schap.get("/v1/reservations/" + id).problem());
            assertEquals("unknown-reservation", step(id, "confirm", "").problem());
        }
        assertNull(schap.get("/v1/reservations/nobody").header("Location"));
    }

    private static int available(final String store, final String sku) {
        return schap.get("/v1/stores/" + store + "/skus/" + sku + "/availability")
                .body()
                .get("available")
                .asInt();
    }

    private static RunningGateway.Answer step(final String id, final String step, final String body) {
        return schap.call("POST", "/v1/reservations/" + id + "/" + step, body, null);
    }
}
