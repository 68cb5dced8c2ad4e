package io.schap.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.schap.engine.journal.Durability;
import io.schap.engine.journal.EpochRecord;
import io.schap.engine.journal.JournalSettings;
import io.schap.engine.journal.JournalWriter;
import io.schap.engine.model.Commands;
import io.schap.engine.model.MovementsBuilder;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;

/** A small chain whose commands are journaled and applied as the writer does it, start after start. */
final class ChainJournal {

    static final long START_MS = 1_700_000_000_000L;
    static final JournalSettings SETTINGS = JournalSettings.ofSegment(Durability.DISK, 4 << 20);

    private static final int STORES = 5;
    private static final int SKUS = 20;

    private final Path dataDirectory;
    private long timeMs = START_MS;
    private Path lastFile;
    private long lastOffset;

    ChainJournal(final Path dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /** A start of the server: recovers into a new ledger, and begins an epoch. */
    JournalWriter start(final StockLedger ledger) throws IOException {
        final Recovered recovered = RecoveryPlan.compute(dataDirectory).run(ledger, EffectSink.NONE, timeMs + 1);
        final EpochRecord record = recovered.nextEpoch(SETTINGS, new SecureRandom(), timeMs);
        return JournalWriter.launch(dataDirectory, record, SETTINGS, task -> {
            final Thread thread = new Thread(task, "journal-preparer");
            thread.setDaemon(true);
            return thread;
        });
    }

    void write(final JournalWriter writer, final StockLedger ledger, final List<? extends DirectBuffer> commands)
            throws IOException {
        timeMs += 1_000;
        final long first = ledger.lastSequence() + 1;
        writer.batch().begin(writer.epoch().epoch(), first, timeMs, ledger.stateHash());
        for (final DirectBuffer command : commands) {
            assertTrue(writer.batch().append(command, 0, command.capacity()));
        }
        writer.batch().finish();
        lastOffset = writer.append();
        lastFile = writer.segmentFile();
        writer.force();
        for (int i = 0; i < commands.size(); i++) {
            ledger.apply(first + i, timeMs, commands.get(i), 0, commands.get(i).capacity(), EffectSink.NONE);
        }
    }

    void writeChain(final JournalWriter writer, final StockLedger ledger) throws IOException {
        write(writer, ledger, List.of(Commands.genesis().secrets(1, 2, 3, 4).encode()));
        write(writer, ledger, List.of(Commands.putChannel("web").encode()));
        final MovementsBuilder goods = Commands.movements();
        for (int i = 0; i < STORES; i++) {
            write(writer, ledger, List.of(Commands.putStore("store-" + i).encode()));
        }
        for (int i = 0; i < SKUS; i++) {
            write(writer, ledger, List.of(Commands.putSku("sku-" + i).encode()));
            goods.receipt(i % STORES, i, 100);
        }
        write(writer, ledger, List.of(goods.encode()));
    }

    void writeRandom(final JournalWriter writer, final StockLedger ledger, final Random random, final int batches)
            throws IOException {
        for (int i = 0; i < batches; i++) {
            final int sku = random.nextInt(SKUS);
            final long reservation = 1L + random.nextInt(50);
            write(
                    writer,
                    ledger,
                    List.of(
                            Commands.tick().encode(),
                            Commands.reserve()
                                    .channel(0)
                                    .line(sku % STORES, sku, 1 + random.nextInt(20))
                                    .hold(1 + random.nextInt(30))
                                    .key(1 + random.nextInt(1_000))
                                    .encode(),
                            Commands.confirm(reservation).encode(),
                            Commands.fulfil(reservation).encode(),
                            Commands.movements().receipt(sku % STORES, sku, 3).encode()));
        }
    }

    long timeMs() {
        return timeMs;
    }

    Path lastFile() {
        return lastFile;
    }

    long lastOffset() {
        return lastOffset;
    }
}
