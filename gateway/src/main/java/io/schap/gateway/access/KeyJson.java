package io.schap.gateway.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schap.gateway.http.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The two directions of the key file. What it reads it checks, since a file may have been edited by hand. */
final class KeyJson {

    private static final int VERSION = 1;
    private static final String HASH_RULE = "[0-9a-f]{64}";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private KeyJson() {}

    static byte[] write(final List<ApiKey> keys) throws IOException {
        final ObjectNode root = JSON.createObjectNode().put("version", VERSION);
        final ArrayNode list = root.putArray("keys");
        for (final ApiKey key : keys) {
            final ObjectNode node = list.addObject()
                    .put("id", key.id())
                    .put("name", key.name())
                    .put("hash", key.hash())
                    .put("publishable", key.publishable());
            final ArrayNode scopes = node.putArray("scopes");
            key.scopes().stream().map(Scope::label).sorted().forEach(scopes::add);
            texts(node, "channels", key.channels());
            texts(node, "stores", key.stores());
            texts(node, "origins", key.origins());
            node.put("createdAt", key.createdAt());
            if (key.revokedAt() != null) {
                node.put("revokedAt", key.revokedAt());
            }
        }
        return JSON.writeValueAsBytes(root);
    }

    private static void texts(final ObjectNode node, final String name, final List<String> values) {
        final ArrayNode array = node.putArray(name);
        values.forEach(array::add);
    }

    static List<ApiKey> read(final Path file) throws IOException {
        final JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (final JsonProcessingException e) {
            throw wrong(file, e.getOriginalMessage());
        }
        if (root.path("version").asInt() != VERSION || !root.path("keys").isArray()) {
            throw wrong(file, "it is no key file of version " + VERSION);
        }
        final List<ApiKey> keys = new ArrayList<>();
        final Set<Integer> ids = new HashSet<>();
        final Set<String> names = new HashSet<>();
        for (final JsonNode node : root.get("keys")) {
            final ApiKey key = key(file, node);
            if (!ids.add(key.id()) || key.isLive() && !names.add(key.name())) {
                throw wrong(file, "two keys have the id or the name of key " + key.id() + " \"" + key.name() + "\"");
            }
            keys.add(key);
        }
        return keys;
    }

    private static ApiKey key(final Path file, final JsonNode node) throws IOException {
        final int id = node.path("id").asInt();
        final String hash = node.path("hash").asText();
        if (id < 1 || !hash.matches(HASH_RULE)) {
            throw wrong(file, "a key has no id from 1, or no hash of 64 hexadecimal digits: id=" + id);
        }
        final Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (final String label : texts(file, node, "scopes")) {
            final Scope scope = KeyRequest.scope(label);
            if (scope == null) {
                throw wrong(file, "key " + id + " has the scope \"" + label + "\"");
            }
            scopes.add(scope);
        }
        final KeyRequest request = new KeyRequest(
                node.path("name").asText(),
                node.path("publishable").asBoolean(false),
                scopes,
                texts(file, node, "channels"),
                texts(file, node, "stores"),
                texts(file, node, "origins"));
        if (request.fault() != null) {
            throw wrong(file, "key " + id + ": " + request.fault());
        }
        return new ApiKey(
                id,
                request.name(),
                hash,
                request.publishable(),
                request.scopes(),
                request.channels(),
                request.stores(),
                request.origins(),
                node.path("createdAt").asText(),
                node.path("revokedAt").asText(null));
    }

    /** A list that is not there, or no list, could set a key free that was bound: it is refused, not taken for empty. */
    private static List<String> texts(final Path file, final JsonNode node, final String name) throws IOException {
        final JsonNode array = node.path(name);
        if (!array.isArray()) {
            throw wrong(file, "key " + node.path("id").asInt() + " has no list of " + name);
        }
        final List<String> texts = new ArrayList<>();
        for (final JsonNode item : array) {
            if (!item.isTextual()) {
                throw wrong(file, "key " + node.path("id").asInt() + " has something in " + name + " that is no text");
            }
            texts.add(item.asText());
        }
        return List.copyOf(texts);
    }

    private static IOException wrong(final Path file, final String what) {
        return new IOException("the key file cannot be meant: file=" + file + ", fault=" + what);
    }
}
