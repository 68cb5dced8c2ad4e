package io.schap.engine.view;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.state.CellReading;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.ReservationReading;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StockLedger;
import io.schap.engine.state.StoreRow;
import java.util.NavigableMap;

/** Reads of a ledger from any thread, wait-free. An acknowledged command is in every read that starts after it. */
public final class StockView {

    public StockView(final StockLedger ledger) {}

    /** Writer only: what is applied up to this sequence may be seen. */
    public void publish(final long sequence) {
        throw new UnsupportedOperationException();
    }

    /** Everything up to this sequence is in every read that starts after this call. */
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    /** Index of a store's code, -1 for unknown. */
    public int storeIndex(final byte[] code, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    public int storeIndex(final String code) {
        throw new UnsupportedOperationException();
    }

    /** Index of a SKU's code, -1 for unknown. */
    public int skuIndex(final byte[] code, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    public int skuIndex(final String code) {
        throw new UnsupportedOperationException();
    }

    /** Index of the SKU that has a GTIN, -1 for none. */
    public int skuByGtin(final long gtin) {
        throw new UnsupportedOperationException();
    }

    /** Index of a sales channel's name, -1 for unknown. */
    public int channelIndex(final String name) {
        throw new UnsupportedOperationException();
    }

    public String channelName(final int index) {
        throw new UnsupportedOperationException();
    }

    public StoreRow store(final int index) {
        throw new UnsupportedOperationException();
    }

    public SkuRow sku(final int index) {
        throw new UnsupportedOperationException();
    }

    public int storeCount() {
        throw new UnsupportedOperationException();
    }

    public int skuCount() {
        throw new UnsupportedOperationException();
    }

    /** Store indexes by code, for lists; safe to iterate while the writer adds. */
    public NavigableMap<String, Integer> storesByCode() {
        throw new UnsupportedOperationException();
    }

    /** SKU indexes by code, for lists; safe to iterate while the writer adds. */
    public NavigableMap<String, Integer> skusByCode() {
        throw new UnsupportedOperationException();
    }

    /** All quantities of a cell at one moment. False when the store never had the SKU: all zero then, with the policy in force. */
    public boolean readCell(final int store, final int sku, final CellReading into) {
        throw new UnsupportedOperationException();
    }

    /** What a reservation can take, units. */
    public int available(final int store, final int sku) {
        throw new UnsupportedOperationException();
    }

    /** The store's own policy, see Policies. */
    public long storePolicy(final int store) {
        throw new UnsupportedOperationException();
    }

    /** The cell's own policy, see Policies. */
    public long cellPolicy(final int store, final int sku) {
        throw new UnsupportedOperationException();
    }

    /** The next store above the given one that has, or had, the SKU; -1 at the end. Start with -1. */
    public int nextStoreOfSku(final int sku, final int afterStore) {
        throw new UnsupportedOperationException();
    }

    /** Reads a reservation at one moment; false when it was never issued or is no longer kept whole. */
    public boolean readReservation(final long number, final ReservationReading into) {
        throw new UnsupportedOperationException();
    }

    /** The state in which a reservation closed that is no longer kept whole; NONE when it is kept or was never issued. */
    public ReservationStatus evictedState(final long number) {
        throw new UnsupportedOperationException();
    }

    /** Highest number issued. */
    public long lastReservation() {
        throw new UnsupportedOperationException();
    }

    /** A new coder of public reservation ids, for one thread. */
    public ReservationIds newIds() {
        throw new UnsupportedOperationException();
    }

    /** A new hash under the chain's text secret, for one thread. */
    public KeyedHash newTextHash() {
        throw new UnsupportedOperationException();
    }

    public LedgerSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** Live reservations, as of about now. */
    public int liveReservations() {
        throw new UnsupportedOperationException();
    }
}
