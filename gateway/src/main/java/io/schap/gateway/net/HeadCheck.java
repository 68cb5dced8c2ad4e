package io.schap.gateway.net;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Refusal;
import io.schap.gateway.http.Request;
import java.util.List;
import java.util.Locale;

/** What must hold of every request's head before anything is looked up. */
final class HeadCheck {

    private static final String SCHEME = "http://";

    private HeadCheck() {}

    /**
     * The request of a head.
     *
     * @param head         as decoded.
     * @param loopbackOnly whether it must name this machine: an open server is no other's.
     * @return the request, without its body; HEAD has become GET.
     * @throws Refusal when it is malformed, or names another host.
     */
    static Request request(final HttpRequest head, final boolean loopbackOnly) {
        if (head.decoderResult().isFailure()) {
            throw Problem.invalid(
                    "",
                    "the request is not HTTP/1.1: "
                            + head.decoderResult().cause().getMessage());
        }
        checkVersion(head);
        String target = head.uri();
        String host = onlyHost(head);
        if (target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            final int slash = target.indexOf('/', SCHEME.length());
            host = target.substring(SCHEME.length(), slash < 0 ? target.length() : slash);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        if (loopbackOnly && !isLoopback(host)) {
            throw Problem.refusal(
                    ProblemCode.FORBIDDEN, "header Host names another host; it may name localhost, 127.0.0.1 or [::1]");
        }
        if (!target.startsWith("/")) {
            throw Problem.refusal(ProblemCode.NOT_FOUND, "the request's target begins with no slash");
        }
        final int question = target.indexOf('?');
        final String path = question < 0 ? target : target.substring(0, question);
        final String query = question < 0 ? "" : target.substring(question + 1);
        final String method = head.method().name();
        return new Request(
                method.equals("HEAD") ? "GET" : method, target, path, query, head.headers(), Request.NO_BODY, null);
    }

    /** What a body is refused with that does not fit. */
    static Refusal tooLarge() {
        return Problem.refusal(ProblemCode.TOO_LARGE, "the body is over " + NetLimits.MAX_BODY_BYTES + " bytes");
    }

    private static void checkVersion(final HttpRequest head) {
        final HttpVersion version = head.protocolVersion();
        if (!version.protocolName().equals("HTTP") || version.majorVersion() != 1) {
            throw Problem.invalid(
                    "",
                    "the request is of " + version.protocolName() + "/" + version.majorVersion()
                            + "; it may be of HTTP/1.1 or HTTP/1.0");
        }
        final List<String> encodings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            final boolean chunked = encodings.size() == 1 && encodings.get(0).equalsIgnoreCase("chunked");
            if (!chunked || version.minorVersion() == 0) {
                throw Problem.invalid(
                        "Transfer-Encoding:", "header Transfer-Encoding may hold chunked alone, and only in HTTP/1.1");
            }
        }
    }

    private static String onlyHost(final HttpRequest head) {
        final List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            throw Problem.invalid("Host:", "header Host stands " + hosts.size() + " times; it may stand once");
        }
        if (hosts.isEmpty() && head.protocolVersion().minorVersion() != 0) {
            throw Problem.invalid("Host:", "header Host is missing");
        }
        return hosts.isEmpty() ? "" : hosts.get(0);
    }

    private static boolean isLoopback(final String host) {
        final String name = host.toLowerCase(Locale.ROOT);
        final int end = name.startsWith("[") ? name.indexOf(']') + 1 : name.indexOf(':');
        final String address = end <= 0 ? name : name.substring(0, end);
        final String port = end <= 0 ? "" : name.substring(end);
        final boolean loopback = address.equals("localhost") || address.equals("127.0.0.1") || address.equals("[::1]");
        return loopback && (port.isEmpty() || isPort(port));
    }

    private static boolean isPort(final String port) {
        if (port.charAt(0) != ':' || port.length() > 6) {
            return false;
        }
        for (int i = 1; i < port.length(); i++) {
            if (port.charAt(i) < '0' || port.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
