package io.schap.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in force. {@link #reload} reads the file again when it looks different, and puts a whole new table in the place
 * of the old one; a file that is gone or cannot be meant leaves the old one, so that no accident opens a server.
 */
final class LiveKeys {

    private static final Logger LOG = LoggerFactory.getLogger(LiveKeys.class);

    private final Path file;
    private final int shown;
    private final TokenBucket.Rate rate;
    private final Map<Integer, TokenBucket> limits = new ConcurrentHashMap<>();
    private FileStamp stamp;
    private volatile KeyTable table;

    /**
     * Reads the keys.
     *
     * @param file  of the keys; null when there are none and never will be.
     * @param shown the largest quantity that a publishable key is shown.
     * @param rate  of each key's requests; null for any.
     * @throws IOException when the file cannot be read or meant.
     */
    LiveKeys(final Path file, final int shown, final TokenBucket.Rate rate) throws IOException {
        this.file = file;
        this.shown = shown;
        this.rate = rate;
        stamp = file == null ? null : FileStamp.of(List.of(file));
        table = file != null && Files.exists(file) ? read() : KeyTable.OPEN;
    }

    /** The keys at this moment. */
    KeyTable table() {
        return table;
    }

    /** Reads the file again when it looks different; for one thread. */
    void reload() {
        if (file == null) {
            return;
        }
        // Taken before the file is read: what is written meanwhile looks different the next time.
        final FileStamp now = FileStamp.of(List.of(file));
        if (now.equals(stamp)) {
            return;
        }
        stamp = now;
        try {
            table = read();
            LOG.info("the keys were read again: file={}", file);
        } catch (final IOException e) {
            LOG.error("the keys stay as they were: file={}", file, e);
        }
    }

    private KeyTable read() throws IOException {
        final List<ApiKey> keys = KeyJson.read(file);
        limits.keySet()
                .retainAll(keys.stream().filter(ApiKey::isLive).map(ApiKey::id).toList());
        return KeyTable.of(keys, shown, this::limit);
    }

    /** The bucket of a key, the same one after a reload. */
    private TokenBucket limit(final int id) {
        return rate == null ? null : limits.computeIfAbsent(id, key -> new TokenBucket(rate, System.nanoTime()));
    }
}
