package io.schap.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.yaml.snakeyaml.Yaml;

/** An OpenAPI 3.1 document: finds operations, follows references, and says where an answer differs from what it promises. */
final class OpenApiDocument {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private final JsonNode root;
    private final ObjectNode schemas;
    private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi31());
    private final Map<JsonNode, Schema> compiled = new LinkedHashMap<>();

    private OpenApiDocument(final JsonNode root) {
        this.root = root;
        schemas = root.path("components").path("schemas").deepCopy();
        schemas.forEach(OpenApiDocument::close);
    }

    static OpenApiDocument parse(final String yaml) {
        return new OpenApiDocument(JSON.valueToTree(new Yaml().load(yaml)));
    }

    /** Answers may gain fields for a client; for this document they may not, or a field could go undocumented. */
    private static void close(final JsonNode schema) {
        if (schema instanceof final ObjectNode object) {
            if (object.has("properties") && object.path("type").asText().equals("object")) {
                object.putIfAbsent("additionalProperties", JSON.getNodeFactory().booleanNode(false));
            }
            object.forEach(OpenApiDocument::close);
        } else {
            schema.forEach(OpenApiDocument::close);
        }
    }

    JsonNode root() {
        return root;
    }

    /** Every operation, as {@code METHOD pattern}. */
    TreeSet<String> operations() {
        final TreeSet<String> operations = new TreeSet<>();
        root.path("paths").properties().forEach(path -> {
            for (final String method : METHODS) {
                if (path.getValue().has(method)) {
                    operations.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey());
                }
            }
        });
        return operations;
    }

    JsonNode operation(final String name) {
        final int space = name.indexOf(' ');
        return root.path("paths")
                .path(name.substring(space + 1))
                .path(name.substring(0, space).toLowerCase(Locale.ROOT));
    }

    /** The statuses that an operation documents. */
    TreeSet<String> statuses(final String operation) {
        final TreeSet<String> statuses = new TreeSet<>();
        operation(operation).path("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    /** A node, or what it refers to. */
    JsonNode resolve(final JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = root.at(at.get("$ref").asText().substring(1));
        }
        return at;
    }

    /** Where an answer to an operation differs from what is documented; empty for nowhere. */
    List<String> differences(final String operation, final RunningGateway.Answer answer) {
        final JsonNode documented = operation(operation).path("responses").path(Integer.toString(answer.status()));
        return documented.isMissingNode()
                ? List.of("status " + answer.status() + " is not documented")
                : responseDifferences(resolve(documented), answer);
    }

    List<String> responseDifferences(final JsonNode response, final RunningGateway.Answer answer) {
        final List<String> differences = new ArrayList<>();
        checkHeaders(response.path("headers"), answer, differences);
        final String type = answer.header("Content-Type");
        final JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            if (!answer.raw().isEmpty()) {
                differences.add("there is a body, and none is documented");
            }
            return differences;
        }
        final JsonNode body = content.path(type == null ? "" : type.split(";", 2)[0]);
        if (body.isMissingNode()) {
            differences.add("Content-Type holds " + type);
        } else if (type.contains("json")) {
            differences.addAll(schemaDifferences(body.path("schema"), answer.body()));
        } else if (answer.raw().isEmpty()) {
            differences.add("the body is empty");
        }
        return differences;
    }

    private void checkHeaders(
            final JsonNode headers, final RunningGateway.Answer answer, final List<String> differences) {
        headers.properties().forEach(field -> {
            final JsonNode header = resolve(field.getValue());
            final String value = answer.header(field.getKey());
            if (value == null && header.path("required").asBoolean()) {
                differences.add("header " + field.getKey() + " is missing");
            } else if (value != null) {
                schemaDifferences(header.path("schema"), JSON.getNodeFactory().textNode(value))
                        .forEach(fault -> differences.add("header " + field.getKey() + ": " + fault));
            }
        });
    }

    /** Where a value differs from a schema of this document. */
    List<String> schemaDifferences(final JsonNode schema, final JsonNode value) {
        final Schema compiledSchema = compiled.computeIfAbsent(schema, this::compile);
        return compiledSchema.validate(value).stream().map(Object::toString).toList();
    }

    private Schema compile(final JsonNode schema) {
        final ObjectNode document = JSON.createObjectNode();
        document.putArray("allOf").add(schema);
        document.putObject("components").set("schemas", schemas);
        return registry.getSchema(document);
    }

    /** Every example beside its schema, and where they differ. */
    List<String> exampleDifferences() {
        final List<String> differences = new ArrayList<>();
        collectExamples(root, "", differences);
        return differences;
    }

    private void collectExamples(final JsonNode node, final String place, final List<String> differences) {
        if (node.has("schema")) {
            if (node.has("example")) {
                check(node.get("schema"), node.get("example"), place, differences);
            }
            node.path("examples")
                    .forEach(example ->
                            check(node.get("schema"), resolve(example).get("value"), place, differences));
        }
        for (final Map.Entry<String, JsonNode> field : node.properties()) {
            collectExamples(field.getValue(), place + '/' + field.getKey(), differences);
        }
        if (node.isArray()) {
            node.forEach(item -> collectExamples(item, place + "/-", differences));
        }
    }

    private void check(
            final JsonNode schema, final JsonNode example, final String place, final List<String> differences) {
        schemaDifferences(schema, example).forEach(fault -> differences.add(place + ": " + fault));
    }
}
