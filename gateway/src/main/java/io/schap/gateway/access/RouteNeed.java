package io.schap.gateway.access;

import io.schap.gateway.http.Caller;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.Request;
import io.schap.gateway.http.Routes;
import io.schap.gateway.http.Scope;
import java.util.Map;

/** What a route asks of its caller. A route that nobody wrote down here asks for {@code admin}. */
public enum RouteNeed {
    /** Nothing: these say whether the server lives, and how to speak to it. */
    NOTHING(null, true),
    /** What a widget in a browser shows. */
    AVAILABILITY(Scope.READ, true),
    /** Everything else that reads. */
    READ(Scope.READ, false),
    /** Reservations and the steps on them. */
    RESERVE(Scope.RESERVE, false),
    /** Stock facts. */
    STOCK(Scope.STOCK, false),
    /** What is set up once. */
    ADMIN(Scope.ADMIN, false),
    /** A file: what kind it is decides. */
    IMPORT(null, false),
    /** The meters: for the machine itself, or an admin. */
    METRICS(Scope.ADMIN, false);

    private static final Map<String, RouteNeed> READS = Map.ofEntries(
            Map.entry("/healthz", NOTHING),
            Map.entry("/readyz", NOTHING),
            Map.entry("/metrics", METRICS),
            Map.entry("/v1/stores/{store}/skus/{sku}/availability", AVAILABILITY),
            Map.entry("/v1/skus/{sku}/availability", AVAILABILITY),
            Map.entry("/v1/availability", AVAILABILITY),
            Map.entry("/v1/stores", AVAILABILITY),
            Map.entry("/v1/stream", AVAILABILITY),
            Map.entry("/v1/changes", READ),
            Map.entry("/v1/reservations/{id}", READ),
            Map.entry("/v1/stores/{store}/skus/{sku}/stock", READ),
            Map.entry("/v1/stores/{store}/stock", READ),
            Map.entry("/v1/skus/{sku}/stock", READ),
            Map.entry("/v1/skus", READ),
            Map.entry("/v1/stores/{store}", READ),
            Map.entry("/v1/skus/{sku}", READ),
            Map.entry("/v1/stores/{store}/policy", READ),
            Map.entry("/v1/stores/{store}/skus/{sku}/policy", READ));

    private static final Map<String, RouteNeed> POSTS = Map.ofEntries(
            Map.entry("/v1/availability", AVAILABILITY),
            Map.entry("/v1/baskets/availability", AVAILABILITY),
            Map.entry("/v1/reservations", RESERVE),
            Map.entry("/v1/reservations/{id}/confirm", RESERVE),
            Map.entry("/v1/reservations/{id}/extend", RESERVE),
            Map.entry("/v1/reservations/{id}/fulfil", RESERVE),
            Map.entry("/v1/reservations/{id}/release", RESERVE),
            Map.entry("/v1/stock/movements", STOCK),
            Map.entry("/v1/imports/{kind}", IMPORT));

    private final Scope scope;
    private final boolean publishable;

    RouteNeed(final Scope scope, final boolean publishable) {
        this.scope = scope;
        this.publishable = publishable;
    }

    /**
     * What a path asks for before anything is known of who asks, or of the path.
     *
     * @param path as sent.
     * @return whether it is answered to anybody.
     */
    static boolean isFree(final String path) {
        return path.equals("/healthz")
                || path.equals("/readyz")
                || path.equals("/openapi.yaml")
                || path.equals("/docs")
                || path.startsWith("/docs/");
    }

    /**
     * What a route asks for.
     *
     * @param method of the request, HEAD as GET.
     * @param match  of the request.
     * @return ADMIN for a route that is not known here.
     */
    static RouteNeed of(final String method, final Routes.Match match) {
        final String pattern = match.pattern();
        final RouteNeed need = switch (method) {
            case "GET" -> isFree(pattern) ? NOTHING : READS.get(pattern);
            case "POST" -> POSTS.get(pattern);
            case "OPTIONS" -> NOTHING;
            default -> ADMIN;
        };
        return need == null
                ? ADMIN
                : need == IMPORT ? ofImport(match.pathValues().get(0)) : need;
    }

    private static RouteNeed ofImport(final String kind) {
        return kind.equals("stock") || kind.equals("movements") ? STOCK : ADMIN;
    }

    /**
     * Whether a caller has what the route asks for.
     *
     * @param caller who asks.
     * @return true if so.
     */
    public boolean allows(final Caller caller) {
        return (scope == null || caller.has(scope)) && (publishable || !caller.isPublishable());
    }

    void check(final Caller caller, final Request request) {
        if (allows(caller)) {
            return;
        }
        throw Problem.refusal(
                ProblemCode.FORBIDDEN,
                caller.isPublishable() && !publishable
                        ? "a publishable key reads availability, baskets, the list of stores and the stream only"
                        : "the key lacks the scope " + scope.label() + ", which " + request.method() + " "
                                + "of this path takes");
    }
}
