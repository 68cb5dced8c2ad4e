package io.schap.engine.state;

import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Stores, SKUs, sales channels, GTINs and the policies of stores. One thread writes; any thread reads. Rows are immutable
 * and replaced whole. The ordered maps are skip lists, since a hash map of a million entries would stop the writer while
 * it grows.
 */
final class MasterData {

    /** Most sales channels. */
    static final int MAX_CHANNELS = 256;

    private final RowHash hash;
    private final CodeDirectory storeCodes = new CodeDirectory();
    private final CodeDirectory skuCodes = new CodeDirectory();
    private final CodeDirectory channels = new CodeDirectory();
    private final RefPages<StoreRow> stores = new RefPages<>();
    private final RefPages<SkuRow> skus = new RefPages<>();
    private final String[] channelNames = new String[MAX_CHANNELS];
    private final ConcurrentSkipListMap<String, Integer> storesByCode = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Integer> skusByCode = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Integer> skusByGtin = new ConcurrentSkipListMap<>();
    private final LongPages storePolicies = new LongPages(10);
    /** Bit per SKU and store: takes requests; the writer's copy of the rows' flag, to keep apply off the rows. */
    private final LongPages inactiveSkus = new LongPages(10);

    private final LongPages inactiveStores = new LongPages(10);

    MasterData(final RowHash hash) {
        this.hash = hash;
    }

    CodeDirectory storeCodes() {
        return storeCodes;
    }

    CodeDirectory skuCodes() {
        return skuCodes;
    }

    int storeCount() {
        return storeCodes.count();
    }

    int skuCount() {
        return skuCodes.count();
    }

    int channelCount() {
        return channels.count();
    }

    StoreRow store(final int index) {
        return stores.get(index);
    }

    SkuRow sku(final int index) {
        return skus.get(index);
    }

    String channelName(final int index) {
        return index >= 0 && index < channels.count() ? channelNames[index] : null;
    }

    int channelIndex(final byte[] name) {
        return channels.find(name, 0, name.length);
    }

    ConcurrentSkipListMap<String, Integer> storesByCode() {
        return storesByCode;
    }

    ConcurrentSkipListMap<String, Integer> skusByCode() {
        return skusByCode;
    }

    /** The SKU that has a GTIN, or {@link CodeDirectory#UNKNOWN}. Any thread. */
    int skuByGtin(final long gtin) {
        final Integer sku = skusByGtin.get(gtin);
        return sku == null ? CodeDirectory.UNKNOWN : sku;
    }

    int gtinCount() {
        return skusByGtin.size();
    }

    boolean isActive(final int store, final int sku) {
        return (inactiveStores.get(store >>> 6) >>> store & 1) == 0 && (inactiveSkus.get(sku >>> 6) >>> sku & 1) == 0;
    }

    /** A store's policy. Any thread. */
    long storePolicy(final int store) {
        return storePolicies.getAcquire(store);
    }

    /** Replaces a store's policy. Writer only. */
    void setStorePolicy(final int store, final long after) {
        hash.replace(storePolicyHash(store, storePolicies.get(store)), storePolicyHash(store, after));
        storePolicies.setRelease(store, after);
    }

    /** Makes a sales channel of a name that is not known. Writer only. */
    int addChannel(final byte[] name, final String text) {
        final int index = channels.count();
        channelNames[index] = text;
        hash.add(channelHash(index, text));
        return channels.add(name);
    }

    /** Makes or replaces a store; a new one has the next index. Writer only. */
    void putStore(final StoreRow row, final byte[] code) {
        final StoreRow before = stores.get(row.index());
        hash.remove(before == null ? 0 : storeHash(before));
        hash.add(storeHash(row));
        if (before == null) {
            storePolicies.ensure(row.index() + 1L);
            inactiveStores.ensure((row.index() >>> 6) + 1L);
        }
        stores.set(row.index(), row);
        flag(inactiveStores, row.index(), !row.active());
        if (before == null) {
            storeCodes.add(code);
            storesByCode.put(row.code(), row.index());
        }
    }

    /** Makes or replaces a SKU; a new one has the next index. Writer only. */
    void putSku(final SkuRow row, final byte[] code) {
        final SkuRow before = skus.get(row.index());
        hash.remove(before == null ? 0 : skuHash(before));
        hash.add(skuHash(row));
        if (before == null) {
            inactiveSkus.ensure((row.index() >>> 6) + 1L);
        } else {
            for (final Long gtin : before.gtins()) {
                skusByGtin.remove(gtin);
            }
        }
        skus.set(row.index(), row);
        flag(inactiveSkus, row.index(), !row.active());
        if (before == null) {
            skuCodes.add(code);
            skusByCode.put(row.code(), row.index());
        }
        for (final Long gtin : row.gtins()) {
            skusByGtin.put(gtin, row.index());
        }
    }

    private static void flag(final LongPages flags, final int index, final boolean set) {
        final long bit = 1L << index;
        final long word = flags.get(index >>> 6);
        flags.set(index >>> 6, set ? word | bit : word & ~bit);
    }

    static long storePolicyHash(final int store, final long policy) {
        return policy == Policies.NONE ? 0 : RowHash.row(RowHash.STORE_POLICY, store, policy, 0, 0);
    }

    static long channelHash(final int index, final String name) {
        return RowHash.text(RowHash.key(RowHash.CHANNEL, index), name);
    }

    static long storeHash(final StoreRow row) {
        long hash = RowHash.key(RowHash.STORE, row.index());
        hash = RowHash.text(hash, row.code());
        hash = RowHash.text(hash, row.name());
        hash = RowHash.text(hash, row.country());
        hash = RowHash.value(
                hash,
                (row.warehouse() ? 1 : 0) | (row.pickup() ? 2 : 0) | (row.active() ? 4 : 0) | (row.located() ? 8 : 0));
        hash = RowHash.value(hash, Double.doubleToLongBits(row.latitude()));
        return RowHash.value(hash, Double.doubleToLongBits(row.longitude()));
    }

    static long skuHash(final SkuRow row) {
        long hash = RowHash.key(RowHash.SKU, row.index());
        hash = RowHash.text(hash, row.code());
        hash = RowHash.text(hash, row.name());
        hash = RowHash.text(hash, row.price());
        hash = RowHash.value(hash, row.active() ? 1 : 0);
        for (final Long gtin : row.gtins()) {
            hash = RowHash.value(hash, gtin);
        }
        return hash;
    }
}
