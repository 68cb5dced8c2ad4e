package io.schap.engine.view;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.LedgerReads;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StockLedger;
import io.schap.engine.state.StoreRow;
import java.util.NavigableMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads of a ledger from any thread, beside its writer. The writer publishes a sequence after it has applied up to it and
 * before it answers, so an acknowledged command is in every read that starts after the acknowledgement; who reads the
 * sequence first and the rows after it has rows that include everything up to that sequence.
 */
public final class StockView {

    private final LedgerReads reads;
    private final AtomicLong sequence = new AtomicLong();

    /**
     * A view of a ledger.
     *
     * @param ledger whose writer publishes to this view.
     */
    public StockView(final StockLedger ledger) {
        this.reads = ledger.reads();
    }

    /**
     * Makes what is applied up to a sequence known; writer only.
     *
     * @param applied the last applied sequence.
     */
    public void publish(final long applied) {
        sequence.setRelease(applied);
    }

    /**
     * Everything up to this sequence is in every read that starts after this call.
     *
     * @return a sequence, 0 before the first.
     */
    public long sequence() {
        return sequence.getAcquire();
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
        return reads.storeIndex(code, offset, length);
    }

    /**
     * The index of a store's code.
     *
     * @param code any text.
     * @return the index, or -1 for an unknown code.
     */
    public int storeIndex(final String code) {
        return reads.storeIndex(code);
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
        return reads.skuIndex(code, offset, length);
    }

    /**
     * The index of a SKU's code.
     *
     * @param code any text.
     * @return the index, or -1 for an unknown code.
     */
    public int skuIndex(final String code) {
        return reads.skuIndex(code);
    }

    /**
     * The SKU that has a GTIN.
     *
     * @param gtin the GTIN as a number.
     * @return the SKU's index, or -1 for none.
     */
    public int skuByGtin(final long gtin) {
        return reads.skuByGtin(gtin);
    }

    /**
     * The index of a sales channel.
     *
     * @param name any text.
     * @return the index, or -1 for an unknown name.
     */
    public int channelIndex(final String name) {
        return reads.channelIndex(name);
    }

    /**
     * The name of a sales channel.
     *
     * @param index its index.
     * @return the name, or null where there is none.
     */
    public String channelName(final int index) {
        return reads.channelName(index);
    }

    /**
     * A store's master data.
     *
     * @param index its index.
     * @return the row in force, or null where there is none.
     */
    public StoreRow store(final int index) {
        return reads.store(index);
    }

    /**
     * A SKU's master data.
     *
     * @param index its index.
     * @return the row in force, or null where there is none.
     */
    public SkuRow sku(final int index) {
        return reads.sku(index);
    }

    /**
     * How many stores there are.
     *
     * @return all indexes below are known.
     */
    public int storeCount() {
        return reads.storeCount();
    }

    /**
     * How many SKUs there are.
     *
     * @return all indexes below are known.
     */
    public int skuCount() {
        return reads.skuCount();
    }

    /**
     * Store indexes by code.
     *
     * @return a live map, safe to iterate while the writer adds.
     */
    public NavigableMap<String, Integer> storesByCode() {
        return reads.storesByCode();
    }

    /**
     * SKU indexes by code.
     *
     * @return a live map, safe to iterate while the writer adds.
     */
    public NavigableMap<String, Integer> skusByCode() {
        return reads.skusByCode();
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
        return reads.readCell(store, sku, into);
    }

    /**
     * What a reservation can take.
     *
     * @param store a known store's index.
     * @param sku   a known SKU's index.
     * @return units.
     */
    public int available(final int store, final int sku) {
        return reads.available(store, sku);
    }

    /**
     * A store's own policy.
     *
     * @param store a known store's index.
     * @return a word, see {@link io.schap.engine.state.Policies}.
     */
    public long storePolicy(final int store) {
        return reads.storePolicy(store);
    }

    /**
     * A cell's own policy.
     *
     * @param store a known store's index.
     * @param sku   a known SKU's index.
     * @return a word, see {@link io.schap.engine.state.Policies}.
     */
    public long cellPolicy(final int store, final int sku) {
        return reads.cellPolicy(store, sku);
    }

    /**
     * The policy in force where a cell's own is this.
     *
     * @param own   a cell's own policy.
     * @param store its store's index.
     * @return a word with both values set.
     */
    public long inForce(final long own, final int store) {
        return reads.inForce(own, store);
    }

    /**
     * Sweeps over the stores that have, or had, a SKU.
     *
     * @param sku   a known SKU's index.
     * @param after the last store seen, -1 to begin.
     * @return the next store's index, or -1 at the end.
     */
    public int nextStoreOfSku(final int sku, final int after) {
        return reads.nextStoreOfSku(sku, after);
    }

    /**
     * Reads a reservation at one moment.
     *
     * @param number any number.
     * @param into   receives it.
     * @return false when the number was never issued, or its record is no longer kept.
     */
    public boolean readReservation(final long number, final ReservationReading into) {
        return reads.readReservation(number, into);
    }

    /**
     * The state in which a reservation closed whose record is no longer kept.
     *
     * @param number any number.
     * @return NONE when the record is kept, or the number was never issued.
     */
    public ReservationStatus evictedState(final long number) {
        return reads.evictedState(number);
    }

    /**
     * The highest number issued.
     *
     * @return 0 for none.
     */
    public long lastReservation() {
        return reads.lastReservation();
    }

    /**
     * Live reservations.
     *
     * @return how many, as of about now.
     */
    public int liveReservations() {
        return reads.liveReservations();
    }

    /**
     * Cells that exist.
     *
     * @return how many, as of about now.
     */
    public long cellCount() {
        return reads.cellCount();
    }

    /**
     * The settings in force.
     *
     * @return null before genesis.
     */
    public LedgerSettings settings() {
        return reads.settings();
    }

    /**
     * A coder of reservation ids under the chain's secret, for one thread.
     *
     * @return a new one.
     */
    public ReservationIds newIds() {
        return reads.newIds();
    }

    /**
     * A hash under the chain's text secret, for one thread.
     *
     * @return a new one.
     */
    public KeyedHash newTextHash() {
        return reads.newTextHash();
    }
}
