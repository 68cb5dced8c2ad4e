package io.schap.gateway.web;

import io.schap.gateway.http.Exchange;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;
import io.schap.gateway.http.QueryParameters;
import io.schap.gateway.http.Reply;
import io.schap.gateway.http.Routes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference: {@code /openapi.yaml}, and {@code /docs/}, where Swagger UI shows it to a person; and, in the
 * demo, its page. Read once, for all event loops.
 */
public final class WebRoutes {

    private final WebFile reference = WebFile.read("openapi.yaml");
    private final WebFile docs = WebFile.read("docs/index.html");
    private final Map<String, WebFile> files = Stream.of(
                    "start.js", "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> WebFile.read("docs/" + name)));

    private final Map<String, WebFile> demoFiles;
    private final WebFile demo;

    /**
     * Reads the files out of the jar.
     *
     * @param withDemo whether {@code /} shows the page of the demo.
     */
    public WebRoutes(final boolean withDemo) {
        demo = withDemo ? WebFile.read("demo/index.html") : null;
        demoFiles = withDemo
                ? Map.of("demo.css", WebFile.read("demo/demo.css"), "demo.js", WebFile.read("demo/demo.js"))
                : Map.of();
    }

    /**
     * Adds the reference to the routes of one event loop.
     *
     * @param routes of the loop.
     * @return the same.
     */
    public Routes add(final Routes routes) {
        if (demo != null) {
            routes.on("GET", "/", demo::reply).on("GET", "/demo/{file}", exchange -> file(exchange, demoFiles));
        }
        return routes.on("GET", "/openapi.yaml", reference::reply)
                .on("GET", "/docs", WebRoutes::toDocs)
                .on("GET", "/docs/", docs::reply)
                .on("GET", "/docs/{file}", exchange -> file(exchange, files));
    }

    private static void toDocs(final Exchange exchange) {
        QueryParameters.none(exchange);
        exchange.reply(Reply.empty(308).header("Location", "/docs/"));
    }

    private static void file(final Exchange exchange, final Map<String, WebFile> named) {
        final WebFile file = named.get(exchange.pathValue(0));
        if (file == null) {
            throw Problem.refusal(ProblemCode.NOT_FOUND, "the page has no such file");
        }
        file.reply(exchange);
    }
}
