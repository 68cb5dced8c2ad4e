package io.schap.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {

    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/9", "192.0.2.7", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "10.127.255.255,true",
        "10.128.0.0,false",
        "192.0.2.7,true",
        "192.0.2.8,false",
        "fd12::1,true",
        "fe80::1,false",
        "::ffff:10.0.0.1,true"
    })
    void shouldKnowAnAddressOfItsNetworks(final String address, final boolean trusted) {
        assertEquals(trusted, proxies.contains(Addresses.parse(address)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1 | 203.0.113.9            | 198.51.100.1",
                "10.0.0.1     | 203.0.113.9            | 203.0.113.9",
                "10.0.0.1     | 1.1.1.1, 203.0.113.9   | 203.0.113.9",
                "10.0.0.1     | 203.0.113.9, 10.0.0.2  | 203.0.113.9",
                "10.0.0.1     | 203.0.113.9:4711       | 203.0.113.9",
                "10.0.0.1     | [2001:db8::1]:4711     | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1     | 2001:db8::1            | 2001:db8:0:0:0:0:0:1",
                "10.0.0.1     | 203.0.113.9, unknown   | 10.0.0.1",
                "10.0.0.1     | localhost              | 10.0.0.1",
                "10.0.0.1     | 10.0.0.3, 10.0.0.2     | 10.0.0.3",
            })
    void shouldFindWhoAsks(final String connected, final String forwarded, final String client) {
        assertEquals(
                client,
                proxies.client(Addresses.parse(connected), List.of(forwarded)).getHostAddress());
    }

    @Test
    void shouldStayWithTheConnectionWhenNothingIsForwarded() {
        assertEquals(
                "10.0.0.1",
                proxies.client(Addresses.parse("10.0.0.1"), List.of()).getHostAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "10.0.0.0/8/8", ""})
    void shouldRefuseWhatIsNoAddressOrNetwork(final String text) {
        final IllegalArgumentException fault =
                assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(text)));
        assertTrue(fault.getMessage().startsWith("trustedProxies holds \"" + text + '"'), fault::getMessage);
    }
}
