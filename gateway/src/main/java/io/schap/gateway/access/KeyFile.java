package io.schap.gateway.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The keys of a chain in a file that only its owner may read. Every change writes a new file beside it, forces it and puts
 * it in its place, so that a reader sees the old keys or the new ones; a lock keeps the changes of two processes apart. For one
 * thread of a process.
 */
public final class KeyFile {

    /** The name of the file in a data directory. */
    public static final String NAME = "keys.json";

    /** Most keys, revoked ones included. */
    public static final int MAX_KEYS = 10_000;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * The keys of a data directory.
     *
     * @param directory of the chain.
     * @param clock     tells when a key is made or revoked.
     * @param random    makes keys.
     */
    public KeyFile(final Path directory, final Clock clock, final SecureRandom random) {
        this.file = directory.resolve(NAME);
        this.clock = clock;
        this.random = random;
    }

    /**
     * A key that was just made.
     *
     * @param key    what is kept of it.
     * @param secret the key itself, which nobody can tell a second time.
     */
    public record NewKey(ApiKey key, String secret) {}

    /**
     * All keys, revoked ones included.
     *
     * @return in the order in which they were made; empty without a file.
     * @throws IOException when the file cannot be read, or does not hold keys; the message says what and where.
     */
    public List<ApiKey> read() throws IOException {
        return Files.exists(file) ? KeyJson.read(file) : List.of();
    }

    /**
     * Makes a key.
     *
     * @param request what it shall be, without a fault.
     * @return the key.
     * @throws IOException              when the file cannot be replaced.
     * @throws IllegalArgumentException when a live key has the name, or there are too many.
     */
    public NewKey add(final KeyRequest request) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = lockFile();
                FileLock lock = channel.lock()) {
            final List<ApiKey> keys = new ArrayList<>(read());
            if (keys.stream().anyMatch(key -> key.isLive() && key.name().equals(request.name()))) {
                throw new IllegalArgumentException(
                        "there is a key \"" + request.name() + "\"; revoke it first, or take another name");
            }
            if (keys.size() >= MAX_KEYS) {
                throw new IllegalArgumentException("there are " + MAX_KEYS + " keys, revoked ones included");
            }
            final int id = keys.stream().mapToInt(ApiKey::id).max().orElse(0) + 1;
            final String secret = KeySecret.newKey(random, request.publishable());
            final ApiKey key = new ApiKey(
                    id,
                    request.name(),
                    HexFormat.of().formatHex(KeySecret.hash(secret)),
                    request.publishable(),
                    request.scopes(),
                    request.channels(),
                    request.stores(),
                    request.origins(),
                    now(),
                    null);
            keys.add(key);
            replace(keys, lock);
            return new NewKey(key, secret);
        }
    }

    /**
     * Revokes a live key. It stays in the file, since its id stands in the journal.
     *
     * @param nameOrId of the key.
     * @return the key.
     * @throws IOException              when the file cannot be replaced.
     * @throws IllegalArgumentException when no live key has that name or id.
     */
    public ApiKey revoke(final String nameOrId) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("there are no keys in " + file.toAbsolutePath());
        }
        try (FileChannel channel = lockFile();
                FileLock lock = channel.lock()) {
            final List<ApiKey> keys = new ArrayList<>(read());
            final ApiKey found = find(keys, nameOrId);
            final ApiKey revoked = found.revoked(now());
            keys.set(keys.indexOf(found), revoked);
            replace(keys, lock);
            return revoked;
        }
    }

    private static ApiKey find(final List<ApiKey> keys, final String nameOrId) {
        ApiKey byId = null;
        for (final ApiKey key : keys) {
            if (key.isLive() && key.name().equals(nameOrId)) {
                return key;
            }
            if (key.isLive() && Integer.toString(key.id()).equals(nameOrId)) {
                byId = key;
            }
        }
        if (byId == null) {
            throw new IllegalArgumentException("no live key has the name or id \"" + nameOrId + "\"");
        }
        return byId;
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private FileChannel lockFile() throws IOException {
        return FileChannel.open(
                file.resolveSibling(NAME + ".lock"),
                java.util.Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                OWNER_ONLY);
    }

    private void replace(final List<ApiKey> keys, final FileLock lock) throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the lock of the key file was lost: file=" + file);
        }
        final Path parent = file.toAbsolutePath().getParent();
        final Path next = Files.createTempFile(parent, NAME, ".new", OWNER_ONLY);
        try {
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap(KeyJson.write(keys));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(next);
            try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void move(final Path next) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot replace a file at once: file=" + file, e);
        }
    }
}
