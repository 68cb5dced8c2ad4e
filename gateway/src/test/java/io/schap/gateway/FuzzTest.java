package io.schap.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No input gets a 500: requests that are nearly right, changed at random. {@code -Dseed=N} plays one run again. */
@Timeout(90)
final class FuzzTest {

    private static final int ROUNDS = 4_000;

    private static final String[][] REQUESTS = {
        {"GET", "/v1/stores/S1/skus/A/availability", ""},
        {"GET", "/v1/skus/B/availability?near=52.0,5.0&radiusKm=10&minQuantity=1&kind=shop&pickup=true&limit=2", ""},
        {"GET", "/v1/skus/B/availability?country=NL&cursor=MDpTMQ", ""},
        {"GET", "/v1/availability?store=S1&sku=A&sku=B", ""},
        {"GET", "/v1/stores?limit=3&cursor=MDpTMQ", ""},
        {"GET", "/v1/skus?gtin=4006381333931", ""},
        {"GET", "/v1/stores/S1/stock?limit=1", ""},
        {"POST", "/v1/availability", "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"},{\"store\":\"S2\",\"sku\":\"B\"}]}"},
        {
            "POST",
            "/v1/reservations",
            "{\"channel\":\"web\",\"store\":\"S1\",\"holdSeconds\":900,\"owner\":\"cart-81\",\"reference\":\"o9\","
                    + "\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\"B\",\"quantity\":2,\"store\":\"S2\"}],"
                    + "\"allowPartial\":false,\"supersedes\":null}"
        },
        {"POST", "/v1/reservations/ID/confirm", "{\"pickupSeconds\":3600,\"paymentReference\":\"p\"}"},
        {"POST", "/v1/reservations/ID/extend", "{\"holdSeconds\":60}"},
        {"POST", "/v1/reservations/ID/fulfil", "{\"lines\":[{\"sku\":\"A\",\"quantity\":1,\"store\":\"S1\"}]}"},
        {"POST", "/v1/reservations/ID/release", "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}],\"reason\":\"r\"}"},
        {
            "POST",
            "/v1/stock/movements",
            "{\"movements\":[{\"type\":\"sale\",\"store\":\"S1\",\"sku\":\"A\",\"quantity\":1,\"channel\":\"pos\","
                    + "\"reservation\":\"ID\",\"occurredAt\":\"2026-01-01T10:00:00+02:00\"},{\"type\":\"count\",\"store\":"
                    + "\"S1\",\"gtin\":\"4006381333931\",\"quantity\":-4,\"expectedOnHand\":7}]}"
        },
        {
            "PUT",
            "/v1/stores/S5",
            "{\"name\":\"N\",\"kind\":\"shop\",\"latitude\":1.5,\"longitude\":2,\"country\":\"NL\"}"
        },
        {"PUT", "/v1/skus/S5", "{\"name\":\"N\",\"gtins\":[\"73513537\"],\"price\":\"1.5\",\"active\":true}"},
        {"PATCH", "/v1/stores/S1/skus/A/policy", "{\"safetyStock\":null,\"lowStockThreshold\":5}"},
        {"POST", "/v1/availability", "{\"items\":[{\"store\":\"S1\",\"sku\":\"A\"},{\"store\":\"S2\",\"sku\":\"B\"}]}"},
        {
            "POST",
            "/v1/baskets/availability",
            "{\"lines\":[{\"sku\":\"A\",\"quantity\":2},{\"sku\":\"B\",\"quantity\":1}],\"near\":[52.1,5],\"radiusKm\":9,"
                    + "\"pickup\":true,\"limit\":5}"
        },
        {
            "POST",
            "/v1/imports/stock?dryRun=true&absent=zero&takenAt=2026-01-01T00:00:00Z&maxErrors=3",
            "store,sku,on_hand\nS1,A,4\n\"S1\",B,-2\nS2,NO,1\n"
        },
        {"POST", "/v1/imports/movements?dryRun=true", "type,store,sku,quantity,reservation\nsale,S1,A,1,ID\n"},
    };

    private static final String[] SPLINTERS = {
        "null",
        "true",
        "-1",
        "0",
        "1.0",
        "1e9",
        "99999999999999999999",
        "\"\"",
        "{}",
        "[]",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "%",
        "%00",
        "%2F",
        "%C3%28",
        "..",
        "?",
        "&",
        "=",
        "/",
        "\\",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\u00e9",
        "\t",
        " "
    };

    @Test
    void shouldNeverFailOnAnyInput(@TempDir final Path directory) throws IOException {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FuzzTest seed=" + seed);
        final Random random = new Random(seed);
        try (RunningGateway schap = RunningGateway.start(directory).withStock()) {
            RawClient client = new RawClient(schap.port());
            String id = schap.reserve("S1", "B", 1);
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 500 == 0) {
                    schap.count("S1", "B", 1_000);
                    id = schap.reserve("S1", "B", 3);
                }
                final String[] request = REQUESTS[random.nextInt(REQUESTS.length)];
                final boolean hurtsBody = !request[2].isEmpty() && random.nextInt(4) > 0;
                final String target =
                        hurtsBody ? request[1] : hurt(random, request[1]).replaceAll("[ \\r\\n\\t]", "+");
                final byte[] body = (hurtsBody ? hurt(random, request[2]) : request[2])
                        .replace("ID", id)
                        .getBytes(StandardCharsets.UTF_8);
                if (hurtsBody && random.nextInt(10) == 0 && body.length > 0) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt();
                }
                final String head = request[0] + " " + latin1(target.replace("ID", id))
                        + " HTTP/1.1\r\nHost: localhost\r\n" + "Idempotency-Key: f" + round % 3_000
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n";
                client.send(head);
                client.send(body);
                final String answer = client.answer();
                final String sent =
                        "seed=" + seed + " round=" + round + " " + head + new String(body, StandardCharsets.UTF_8);
                assertTrue(
                        answer.matches("(?s)HTTP/1\\.1 (200|201|204|400|404|405|409|415|422) .*"),
                        sent + "\n" + answer);
                if (answer.contains("Connection: close")) {
                    client.close();
                    client = new RawClient(schap.port());
                }
            }
            client.close();
        }
    }

    private static String latin1(final String target) {
        return new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String hurt(final Random random, final String text) {
        final StringBuilder hurt = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0 && hurt.length() > 1; i--) {
            final int at = 1 + random.nextInt(hurt.length() - 1);
            switch (random.nextInt(4)) {
                case 0 -> hurt.deleteCharAt(at);
                case 1 -> hurt.insert(at, SPLINTERS[random.nextInt(SPLINTERS.length)]);
                case 2 -> hurt.setCharAt(at, (char) (' ' + random.nextInt(95)));
                default -> {
                    final int end = Math.min(hurt.length(), at + 1 + random.nextInt(8));
                    hurt.replace(at, end, SPLINTERS[random.nextInt(SPLINTERS.length)]);
                }
            }
        }
        return hurt.toString();
    }
}
