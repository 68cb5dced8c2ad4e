package io.schap.engine.recovery;

import io.schap.engine.journal.EpochInventory;
import io.schap.engine.journal.JournalCut;
import io.schap.engine.journal.JournalInventory;
import io.schap.engine.journal.JournalReader;
import io.schap.engine.journal.SegmentInventory;
import io.schap.engine.state.EffectSink;
import io.schap.engine.state.StockLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a start will do with the journal that it finds: computed, told, then run. Computing reads and checks every batch, so
 * that a damaged journal is refused before anything is applied.
 *
 * @param dataDirectory whose lock the caller holds.
 * @param inventory     what was found in it.
 */
public record RecoveryPlan(Path dataDirectory, JournalInventory inventory) {

    /** A clock further behind the journal than this refuses to start, in milliseconds. */
    public static final long MAX_CLOCK_BEHIND_MS = 60_000;

    /**
     * Forces the last epoch's files, then reads and checks the whole journal.
     *
     * @param dataDirectory whose lock the caller holds; may be empty.
     * @return what to do.
     * @throws io.schap.engine.journal.JournalCorruptException when the journal is damaged; it names the place.
     * @throws IOException                                     when a file cannot be forced or read.
     */
    public static RecoveryPlan compute(final Path dataDirectory) throws IOException {
        final JournalReader reader = new JournalReader(dataDirectory);
        reader.forceLastEpoch();
        return new RecoveryPlan(dataDirectory, reader.read((batch, file, offset) -> {}));
    }

    /**
     * Replays the journal into a ledger. The state hash is compared before every batch, and where an epoch begins. Then
     * takes away what the last epoch prepared and never used.
     *
     * @param ledger  empty.
     * @param effects is told every changed row.
     * @param nowMs   the wall clock, ms since 1970.
     * @return what was done, and where the next epoch goes on.
     * @throws ClockBehindException when the clock is more than {@link #MAX_CLOCK_BEHIND_MS} behind the journal.
     * @throws io.schap.engine.journal.JournalCorruptException when a hash differs; it names the place.
     * @throws IOException          when a file cannot be read.
     */
    public Recovered run(final StockLedger ledger, final EffectSink effects, final long nowMs) throws IOException {
        if (nowMs < inventory.lastTimeMs() - MAX_CLOCK_BEHIND_MS) {
            throw new ClockBehindException(nowMs, inventory.lastTimeMs());
        }
        final long startNs = System.nanoTime();
        final Replay replay = new Replay(ledger, effects);
        final JournalReader reader = new JournalReader(dataDirectory);
        reader.read(replay);
        reader.deleteSpares();
        return new Recovered(
                inventory,
                replay.batches(),
                replay.commands(),
                ledger.stateHash(),
                ledger.logicVersion(),
                System.nanoTime() - startNs);
    }

    /**
     * The plan for a person to read: epochs, files, sequences, and what is cut and why.
     *
     * @return a line each.
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        if (inventory.epochs().isEmpty()) {
            lines.add("journal is empty: a new one begins, directory=" + dataDirectory);
            return lines;
        }
        lines.add("journal id=" + inventory.journalId() + ", epochs="
                + inventory.epochs().size() + ", batches=" + inventory.batches() + ", last sequence="
                + inventory.lastSequence());
        for (final EpochInventory epoch : inventory.epochs()) {
            lines.add(lineOf(epoch));
            for (final SegmentInventory segment : epoch.segments()) {
                lines.add("  replay " + segment.file() + ": sequences " + segment.firstSequence() + " to "
                        + segment.lastSequence() + ", batches=" + segment.batches() + ", bytes="
                        + segment.endPosition());
            }
            final JournalCut cut = epoch.cut();
            if (cut != null) {
                lines.add("  " + cut);
            }
        }
        lines.add("then epoch " + inventory.nextEpoch() + " begins after sequence=" + inventory.lastSequence());
        return lines;
    }

    private static String lineOf(final EpochInventory epoch) {
        if (epoch.record() == null) {
            return "epoch " + epoch.epoch() + ": never began, directory=" + epoch.directory();
        }
        return "epoch " + epoch.epoch() + ": durability=" + epoch.record().durability() + ", sequences "
                + (epoch.record().previousLastSequence() + 1) + " to " + epoch.lastSequence();
    }
}
