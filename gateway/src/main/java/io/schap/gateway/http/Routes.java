package io.schap.gateway.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of the API and who answers them. Filled once, for one event loop; then only read, by that loop.
 *
 * <p>A pattern is a path whose segments stand for themselves, or, as {@code {name}}, for any one segment that is not
 * empty. A segment is compared after its percent-encoding is undone, so that a code may hold a slash.
 */
public final class Routes {

    /** Longest path that is looked at, in segments. */
    static final int MAX_SEGMENTS = 8;

    private final List<List<Route>> bySegments = new ArrayList<>();

    private final Problem elsewhere;

    /** No routes yet; every other path is not found. */
    public Routes() {
        this(null);
    }

    /**
     * No routes yet.
     *
     * @param elsewhere what every other path is answered with; null for not found.
     */
    public Routes(final Problem elsewhere) {
        this.elsewhere = elsewhere;
        for (int i = 0; i <= MAX_SEGMENTS; i++) {
            bySegments.add(new ArrayList<>());
        }
    }

    /**
     * Adds a handler of requests that fit in memory.
     *
     * @param method  in capitals; GET answers HEAD too.
     * @param pattern of the path.
     * @param handler who answers.
     * @return this.
     */
    public Routes on(final String method, final String pattern, final RequestHandler handler) {
        route(pattern).handlers.put(method, handler);
        return this;
    }

    /**
     * Adds a handler of requests of any size.
     *
     * @param method  in capitals.
     * @param pattern of the path.
     * @param handler who answers.
     * @return this.
     */
    public Routes onStream(final String method, final String pattern, final StreamingHandler handler) {
        route(pattern).handlers.put(method, handler);
        return this;
    }

    /**
     * Finds who answers.
     *
     * @param method of the request, HEAD as GET.
     * @param path   as sent.
     * @return the match.
     * @throws Refusal with the problem when nobody does.
     */
    public Match find(final String method, final String path) {
        final List<String> segments = PercentCoding.segments(path);
        if (segments.size() <= MAX_SEGMENTS) {
            for (final Route route : bySegments.get(segments.size())) {
                final List<String> values = route.match(segments);
                if (values != null) {
                    return route.answeredBy(method, values);
                }
            }
        }
        if (elsewhere != null) {
            throw new Refusal(elsewhere);
        }
        throw Problem.refusal(ProblemCode.NOT_FOUND, "path " + Faults.shown(path) + " is none of this API");
    }

    /**
     * Every method and path that is answered, for a test that nothing was forgotten.
     *
     * @return {@code METHOD pattern} texts.
     */
    public List<String> all() {
        return bySegments.stream()
                .flatMap(List::stream)
                .flatMap(route -> route.handlers.keySet().stream().map(method -> method + ' ' + route.text))
                .toList();
    }

    private Route route(final String pattern) {
        final List<String> segments = PercentCoding.segments(pattern);
        final List<Route> routes = bySegments.get(segments.size());
        for (final Route route : routes) {
            if (route.pattern.equals(segments)) {
                return route;
            }
        }
        final Route route = new Route(pattern, segments);
        routes.add(route);
        return route;
    }

    /**
     * Who answers a request, and what the placeholders of its path hold.
     *
     * @param handler    a {@link RequestHandler} or a {@link StreamingHandler}; null when the answer is only which
     *                   methods there are.
     * @param pathValues decoded, in order.
     * @param allow      the methods that the path takes.
     * @param pattern    of the path, as the route was added.
     */
    public record Match(Object handler, List<String> pathValues, String allow, String pattern) {}

    private static final class Route {

        private final String text;
        private final List<String> pattern;
        private final Map<String, Object> handlers = new LinkedHashMap<>();

        Route(final String text, final List<String> pattern) {
            this.text = text;
            this.pattern = pattern;
        }

        List<String> match(final List<String> segments) {
            List<String> values = Collections.emptyList();
            for (int i = 0; i < pattern.size(); i++) {
                final String expected = pattern.get(i);
                final String segment = segments.get(i);
                if (isPlaceholder(expected)) {
                    if (segment.isEmpty()) {
                        return null;
                    }
                    if (values.isEmpty()) {
                        values = new ArrayList<>(2);
                    }
                    values.add(segment);
                } else if (!expected.equals(segment)) {
                    return null;
                }
            }
            return values;
        }

        Match answeredBy(final String method, final List<String> values) {
            final Object handler = handlers.get(method);
            if (handler == null && !method.equals("OPTIONS")) {
                throw new Refusal(new Problem(
                                ProblemCode.METHOD_NOT_ALLOWED,
                                "method " + Faults.shown(method) + " is not taken here; it may be " + allow())
                        .header("Allow", allow()));
            }
            return new Match(handler, values, allow(), text);
        }

        private String allow() {
            final StringBuilder methods = new StringBuilder(32);
            for (final String method : handlers.keySet()) {
                methods.append(method).append(method.equals("GET") ? ", HEAD, " : ", ");
            }
            return methods.append("OPTIONS").toString();
        }

        private static boolean isPlaceholder(final String segment) {
            return segment.startsWith("{");
        }
    }
}
