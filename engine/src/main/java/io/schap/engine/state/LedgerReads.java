package io.schap.engine.state;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import java.util.Collections;
import java.util.NavigableMap;

/**
 * What any thread may read of a ledger beside its writer, without a lock and without waiting for it. Each read is of one
 * moment; two reads may be of two.
 */
public final class LedgerReads {

    private final LedgerState state;
    private final MasterData master;
    private final CellTable cells;
    private final ReservationTable reservations;

    LedgerReads(final LedgerState state) {
        this.state = state;
        this.master = state.master;
        this.cells = state.cells;
        this.reservations = state.reservations;
    }

    /**
     * The index of a store's code.
     *
     * @param code   where the code's ASCII bytes lie.
     * @param offset of the first.
     * @param length how many.
     * @return the index, or -1 for an unknown code.
     */
    public int storeIndex(final byte[] code, final int offset, final int length) {
        return master.storeCodes().find(code, offset, length);
    }

    /**
     * The index of a store's code.
     *
     * @param code any text.
     * @return the index, or -1 for an unknown code.
     */
    public int storeIndex(final String code) {
        return master.storeCodes().find(code);
    }

    /**
     * The index of a SKU's code.
     *
     * @param code   where the code's ASCII bytes lie.
     * @param offset of the first.
     * @param length how many.
     * @return the index, or -1 for an unknown code.
     */
    public int skuIndex(final byte[] code, final int offset, final int length) {
        return master.skuCodes().find(code, offset, length);
    }

    /**
     * The index of a SKU's code.
     *
     * @param code any text.
     * @return the index, or -1 for an unknown code.
     */
    public int skuIndex(final String code) {
        return master.skuCodes().find(code);
    }

    /**
     * The SKU that has a GTIN.
     *
     * @param gtin the GTIN as a number.
     * @return the SKU's index, or -1 for none.
     */
    public int skuByGtin(final long gtin) {
        return master.skuByGtin(gtin);
    }

    /**
     * The index of a sales channel.
     *
     * @param name any text.
     * @return the index, or -1 for an unknown name.
     */
    public int channelIndex(final String name) {
        return master.channelIndex(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /**
     * The name of a sales channel.
     *
     * @param index its index.
     * @return the name, or null where there is none.
     */
    public String channelName(final int index) {
        return master.channelName(index);
    }

    /**
     * A store's master data.
     *
     * @param index its index.
     * @return the row in force, or null where there is none.
     */
    public StoreRow store(final int index) {
        return master.store(index);
    }

    /**
     * A SKU's master data.
     *
     * @param index its index.
     * @return the row in force, or null where there is none.
     */
    public SkuRow sku(final int index) {
        return master.sku(index);
    }

    /**
     * How many stores there are.
     *
     * @return all indexes below are known.
     */
    public int storeCount() {
        return master.storeCount();
    }

    /**
     * How many SKUs there are.
     *
     * @return all indexes below are known.
     */
    public int skuCount() {
        return master.skuCount();
    }

    /**
     * Store indexes by code.
     *
     * @return a live map, safe to iterate while the writer adds.
     */
    public NavigableMap<String, Integer> storesByCode() {
        return Collections.unmodifiableNavigableMap(master.storesByCode());
    }

    /**
     * SKU indexes by code.
     *
     * @return a live map, safe to iterate while the writer adds.
     */
    public NavigableMap<String, Integer> skusByCode() {
        return Collections.unmodifiableNavigableMap(master.skusByCode());
    }

    /**
     * All quantities of a cell at one moment.
     *
     * @param store a known store's index.
     * @param sku   a known SKU's index.
     * @param into  receives them; for a store that never had the SKU all counters 0 and the policy in force.
     * @return false when the store never had the SKU.
     */
    public boolean readCell(final int store, final int sku, final CellReading into) {
        final long[] run = cells.runAcquire(sku);
        final int cell = run == null ? CellTable.NONE : CellTable.find(run, store);
        if (cell == CellTable.NONE) {
            into.set(0, inForce(Policies.NONE, store), 0);
            return false;
        }
        while (true) {
            final long tail = CellTable.tailAcquire(run, cell);
            final long counters = CellTable.countersAcquire(run, cell);
            final long own = cells.policyOf(tail);
            final long policy = inForce(own, store);
            if (CellTable.countersAcquire(run, cell) == counters && CellTable.tailAcquire(run, cell) == tail) {
                into.set(counters, policy, (int) tail);
                return true;
            }
            Thread.onSpinWait();
        }
    }

    /**
     * What a reservation can take.
     *
     * @param store a known store's index.
     * @param sku   a known SKU's index.
     * @return units.
     */
    public int available(final int store, final int sku) {
        final long[] run = cells.runAcquire(sku);
        final int cell = run == null ? CellTable.NONE : CellTable.find(run, store);
        if (cell == CellTable.NONE) {
            return 0;
        }
        final long own = cells.policyOf(CellTable.tailAcquire(run, cell));
        final long safety = Policies.isSafetyStockSet(own) ? own : master.storePolicy(store);
        return Counters.available(CellTable.countersAcquire(run, cell), Policies.safetyStock(safety));
    }

    /**
     * A store's own policy.
     *
     * @param store a known store's index.
     * @return a word, see {@link Policies}.
     */
    public long storePolicy(final int store) {
        return master.storePolicy(store);
    }

    /**
     * A cell's own policy.
     *
     * @param store a known store's index.
     * @param sku   a known SKU's index.
     * @return a word, see {@link Policies}.
     */
    public long cellPolicy(final int store, final int sku) {
        final long[] run = cells.runAcquire(sku);
        final int cell = run == null ? CellTable.NONE : CellTable.find(run, store);
        return cell == CellTable.NONE ? Policies.NONE : cells.policyOf(CellTable.tailAcquire(run, cell));
    }

    /**
     * The policy in force where a cell's own is this.
     *
     * @param own   a cell's own policy.
     * @param store its store's index.
     * @return a word with both values set.
     */
    public long inForce(final long own, final int store) {
        return Policies.inForce(own, master.storePolicy(store), state.settings.defaultLowStockThreshold());
    }

    /**
     * Sweeps over the stores that have, or had, a SKU.
     *
     * @param sku   a known SKU's index.
     * @param after the last store seen, -1 to begin.
     * @return the next store's index, or -1 at the end.
     */
    public int nextStoreOfSku(final int sku, final int after) {
        final long[] run = cells.runAcquire(sku);
        return run == null ? CellTable.NONE : CellTable.nextStore(run, after);
    }

    /**
     * Reads a reservation at one moment.
     *
     * @param number any number.
     * @param into   receives it.
     * @return false when the number was never issued, or its record is no longer kept.
     */
    public boolean readReservation(final long number, final ReservationReading into) {
        return reservations.reader().read(number, into);
    }

    /**
     * The state in which a reservation closed whose record is no longer kept.
     *
     * @param number any number.
     * @return NONE when the record is kept, or the number was never issued.
     */
    public ReservationStatus evictedState(final long number) {
        final int closed = number < 1 ? 0 : reservations.numbers().closedState(number);
        return closed == 0
                ? ReservationStatus.NONE
                : ReservationStatus.of(closed + ReservationStatus.CONFIRMED.ordinal());
    }

    /**
     * The highest number issued.
     *
     * @return 0 for none.
     */
    public long lastReservation() {
        return reservations.lastNumber();
    }

    /**
     * Live reservations.
     *
     * @return how many, as of about now.
     */
    public int liveReservations() {
        return reservations.liveCount();
    }

    /**
     * Cells that exist.
     *
     * @return how many, as of about now.
     */
    public long cellCount() {
        return cells.cellCount();
    }

    /**
     * The settings in force.
     *
     * @return null before genesis.
     */
    public LedgerSettings settings() {
        return state.settings;
    }

    /**
     * A coder of reservation ids under the chain's secret, for one thread.
     *
     * @return a new one.
     */
    public ReservationIds newIds() {
        return new ReservationIds(state.secrets.idHi(), state.secrets.idLo());
    }

    /**
     * A hash under the chain's text secret, for one thread.
     *
     * @return a new one.
     */
    public KeyedHash newTextHash() {
        return new KeyedHash(state.secrets.textHi(), state.secrets.textLo());
    }
}
