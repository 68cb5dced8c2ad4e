package io.schap.gateway.access;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.RequestHandler;
import io.schap.gateway.http.Routes;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One request, from its head to its answer: who asks, whether they may, and what the answer says of it. */
public final class Visit {

    private static final String CHALLENGE = "Bearer realm=\"schap\"";
    private static final String BEARER = "Bearer ";
    private static final String KEY_PARAMETER = "key=";

    private final Gate gate;
    private final KeyTable table;
    private final Peer peer;
    private final HttpRequest head;
    private final String origin;
    private Request request;
    private Caller caller;

    Visit(final Gate gate, final Peer peer, final HttpRequest head) {
        this.gate = gate;
        this.table = gate.table();
        this.peer = peer;
        this.head = head;
        this.origin = head.headers().get(HttpHeaderNames.ORIGIN);
    }

    /**
     * Whether the server is open, so that only a loopback {@code Host} is answered.
     *
     * @return true while nobody made a key.
     */
    public boolean isOpen() {
        return table.isOpen();
    }

    /**
     * Lets the request in.
     *
     * @param asked  as checked by itself.
     * @param routes who answers.
     * @return who answers this one.
     * @throws io.schap.gateway.http.Refusal when the caller is not known, may not ask this or not so often, or nobody answers.
     */
    public Routes.Match enter(final Request asked, final Routes routes) {
        request = asked;
        if (isPreflight()) {
            return new Routes.Match((RequestHandler) Visit::allowPreflight, List.of(), "", "");
        }
        final String rest = withoutKey(asked.query());
        caller = RouteNeed.isFree(asked.path()) || table.isOpen() || isMetricsOfThisMachine() ? Caller.OPEN : caller();
        request = asked.by(caller, rest);
        final Routes.Match match = routes.find(asked.method(), asked.path());
        RouteNeed.of(asked.method(), match).check(caller, request);
        return match;
    }

    /**
     * The request.
     *
     * @return with its caller, once it was let in.
     */
    public Request request() {
        return request;
    }

    /**
     * Finishes the answer: a page of an allowed origin may read it, and a refusal leaves a line in the audit log.
     *
     * @param reply the answer.
     * @return the answer, with more headers.
     */
    public Reply leave(final Reply reply) {
        if (origin != null && table.allows(origin)) {
            Cors.allow(reply, origin);
        }
        if (table.hasOrigins()) {
            Cors.vary(reply);
        }
        if (reply.status() == ProblemCode.UNAUTHENTICATED.status()
                || reply.status() == ProblemCode.FORBIDDEN.status()
                || reply.status() == ProblemCode.TOO_MANY_REQUESTS.status()) {
            audit(reply.status());
        }
        return reply;
    }

    private void audit(final int status) {
        final String target = head.uri();
        final int question = target.indexOf('?');
        gate.audit()
                .refused(
                        status,
                        caller == null ? 0 : caller.actor(),
                        client().getHostAddress(),
                        head.method().name(),
                        question < 0 ? target : target.substring(0, question),
                        origin);
    }

    private boolean isPreflight() {
        return request.method().equals("OPTIONS")
                && origin != null
                && table.allows(origin)
                && head.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static void allowPreflight(final Exchange exchange) {
        exchange.reply(Cors.preflight());
    }

    /** The meters are shown to this machine, but not to whoever comes through a proxy on it. */
    private boolean isMetricsOfThisMachine() {
        return request.path().equals("/metrics")
                && !head.headers().contains("X-Forwarded-For")
                && !head.headers().contains("Forwarded")
                && !head.headers().contains("Via")
                && !head.headers().contains(HttpHeaderNames.AUTHORIZATION)
                && peer.address().isLoopbackAddress();
    }

    private Caller caller() {
        final String bearer = bearer();
        final String parameter = keyParameter();
        if (bearer != null && parameter != null) {
            throw Problem.invalid(
                    "?key", "a key stands in ?key and in header Authorization; it may stand in one of them");
        }
        if (bearer == null && parameter == null) {
            throw unauthenticated("a key is needed, as Authorization: Bearer KEY", CHALLENGE);
        }
        final KeyTable.Entry entry = gate.find(table, bearer == null ? parameter : bearer);
        if (entry == null) {
            throw unauthenticated("the key is not known here, or was revoked", CHALLENGE + ", error=\"invalid_token\"");
        }
        caller = entry.caller();
        if (parameter != null && !caller.isPublishable()) {
            throw unauthenticated(
                    "a secret key stands in the query, where logs keep it; it may stand in header Authorization only",
                    CHALLENGE + ", error=\"invalid_request\"");
        }
        if (origin != null && entry.origins() != null && !entry.origins().contains(origin)) {
            throw Problem.refusal(ProblemCode.FORBIDDEN, "the key is bound to other origins than this page's");
        }
        checkLimits(entry);
        return caller;
    }

    private void checkLimits(final KeyTable.Entry entry) {
        final long waitNs = gate.waitNs(entry, Addresses.number(client()));
        if (waitNs > 0) {
            final long seconds = (waitNs + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
            throw new Problem(
                            ProblemCode.TOO_MANY_REQUESTS,
                            "more requests than this key, or this address, may send; nothing was done")
                    .header("Retry-After", Long.toString(seconds))
                    .refusal();
        }
    }

    private InetAddress client() {
        return peer.isTrustedProxy()
                ? peer.proxies().client(peer.address(), head.headers().getAll("X-Forwarded-For"))
                : peer.address();
    }

    private String bearer() {
        final List<String> values = head.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (values.isEmpty()) {
            return null;
        }
        final String value = values.get(0);
        if (values.size() > 1 || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unauthenticated("header Authorization holds something else; it may hold Bearer KEY, once", CHALLENGE);
        }
        return value.substring(BEARER.length()).strip();
    }

    private String keyParameter() {
        String key = null;
        for (final String pair : request.query().split("&", -1)) {
            if (pair.startsWith(KEY_PARAMETER)) {
                if (key != null) {
                    throw Problem.invalid("?key", "?key stands twice; it may stand once");
                }
                key = pair.substring(KEY_PARAMETER.length());
            }
        }
        return key;
    }

    /** The query as the handlers see it: a key in it has been read. */
    private static String withoutKey(final String query) {
        if (!query.contains(KEY_PARAMETER)) {
            return query;
        }
        final StringBuilder rest = new StringBuilder(query.length());
        for (final String pair : query.split("&", -1)) {
            if (!pair.startsWith(KEY_PARAMETER)) {
                rest.append(rest.length() == 0 ? "" : "&").append(pair);
            }
        }
        return rest.toString();
    }

    private static RuntimeException unauthenticated(final String detail, final String challenge) {
        return new Problem(ProblemCode.UNAUTHENTICATED, detail)
                .header("WWW-Authenticate", challenge)
                .refusal();
    }
}
