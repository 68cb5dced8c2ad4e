package io.schap.engine.model;

import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.state.LedgerSettings;
import io.schap.engine.state.Policies;
import io.schap.engine.state.SkuRow;
import io.schap.engine.state.StoreRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sales channels, stores with their policies, and SKUs of the naive ledger. */
final class NaiveCatalogue {

    private final List<Effect> effects;
    private final List<String> channels = new ArrayList<>();
    private final List<StoreRow> stores = new ArrayList<>();
    private final List<SkuRow> skus = new ArrayList<>();
    private final List<Long> policies = new ArrayList<>();

    NaiveCatalogue(final List<Effect> effects) {
        this.effects = effects;
    }

    List<String> channels() {
        return channels;
    }

    List<StoreRow> stores() {
        return stores;
    }

    List<SkuRow> skus() {
        return skus;
    }

    List<Long> policies() {
        return List.copyOf(policies);
    }

    SortedMap<String, Integer> storeCodes() {
        final SortedMap<String, Integer> codes = new TreeMap<>();
        stores.forEach(store -> codes.put(store.code(), store.index()));
        return codes;
    }

    SortedMap<String, Integer> skuCodes() {
        final SortedMap<String, Integer> codes = new TreeMap<>();
        skus.forEach(sku -> codes.put(sku.code(), sku.index()));
        return codes;
    }

    Map<Long, Integer> gtins() {
        final Map<Long, Integer> gtins = new HashMap<>();
        skus.forEach(sku -> sku.gtins().forEach(gtin -> gtins.put(gtin, sku.index())));
        return gtins;
    }

    /** Whether the limits leave room for what exists. */
    boolean fits(final LedgerSettings settings) {
        return settings.maxStores() >= stores.size()
                && settings.maxSkus() >= skus.size()
                && settings.maxChannels() >= channels.size();
    }

    long policy(final int store) {
        return policies.get(store);
    }

    void setPolicy(final int store, final long policy) {
        final long before = policies.set(store, policy);
        if (before != policy) {
            effects.add(new Effect.StorePolicyChanged(store, before, policy));
        }
    }

    Answer putChannel(final PlainCommand.PutChannel command, final LedgerSettings settings, final Answer.Head head) {
        final int known = channels.indexOf(command.name());
        if (known >= 0) {
            return new Answer.Done(head, known, false, 0);
        }
        if (channels.size() >= settings.maxChannels()) {
            return refused(head, ResultCode.LIMIT_REACHED, -1, 0);
        }
        channels.add(command.name());
        effects.add(new Effect.ChannelMade(channels.size() - 1, command.name()));
        return new Answer.Done(head, channels.size() - 1, true, 0);
    }

    Answer putStore(final PlainCommand.PutStore command, final LedgerSettings settings, final Answer.Head head) {
        final Integer known = storeCodes().get(command.code());
        if (known != null) {
            final StoreRow before = stores.get(known);
            final StoreRow after = changed(before, command);
            stores.set(known, after);
            if (!after.equals(before)) {
                effects.add(new Effect.StoreChanged(before, after));
            }
            return new Answer.Done(head, known, false, 0);
        }
        if (stores.size() >= settings.maxStores()) {
            return refused(head, ResultCode.LIMIT_REACHED, -1, 0);
        }
        final int index = stores.size();
        final StoreRow fresh = new StoreRow(index, command.code(), command.code(), false, true, true, false, 0, 0, "");
        stores.add(changed(fresh, command));
        policies.add(Policies.NONE);
        effects.add(new Effect.StoreChanged(null, stores.get(index)));
        return new Answer.Done(head, index, true, 0);
    }

    private static StoreRow changed(final StoreRow from, final PlainCommand.PutStore command) {
        final PlainCommand.StoreFieldsGiven given = command.given();
        final boolean relocated = has(command.mask(), StoreFields.LOCATION);
        final boolean located = relocated ? given.located() : from.located();
        return new StoreRow(
                from.index(),
                from.code(),
                has(command.mask(), StoreFields.NAME) ? nameOr(given.name(), from.code()) : from.name(),
                has(command.mask(), StoreFields.KIND) ? given.warehouse() : from.warehouse(),
                has(command.mask(), StoreFields.PICKUP) ? given.pickup() : from.pickup(),
                has(command.mask(), StoreFields.ACTIVE) ? given.active() : from.active(),
                located,
                relocated ? located ? given.latitude() : 0 : from.latitude(),
                relocated ? located ? given.longitude() : 0 : from.longitude(),
                has(command.mask(), StoreFields.COUNTRY) ? given.country() : from.country());
    }

    Answer putSku(final PlainCommand.PutSku command, final LedgerSettings settings, final Answer.Head head) {
        final Integer known = skuCodes().get(command.code());
        if (known == null && skus.size() >= settings.maxSkus()) {
            return refused(head, ResultCode.LIMIT_REACHED, -1, 0);
        }
        if (has(command.mask(), SkuFields.GTINS)) {
            final Map<Long, Integer> taken = gtins();
            for (final long gtin : command.gtins()) {
                final Integer owner = taken.get(gtin);
                if (owner != null && !owner.equals(known)) {
                    return refused(head, ResultCode.GTIN_TAKEN, owner, gtin);
                }
            }
        }
        final int index = known == null ? skus.size() : known;
        final SkuRow before = known == null ? null : skus.get(index);
        final SkuRow after = changed(
                before == null ? new SkuRow(index, command.code(), command.code(), true, List.of(), "") : before,
                command);
        if (before == null) {
            skus.add(after);
        } else {
            skus.set(index, after);
        }
        if (!after.equals(before)) {
            effects.add(new Effect.SkuChanged(before, after));
        }
        return new Answer.Done(head, index, known == null, 0);
    }

    private static SkuRow changed(final SkuRow from, final PlainCommand.PutSku command) {
        return new SkuRow(
                from.index(),
                from.code(),
                has(command.mask(), SkuFields.NAME) ? nameOr(command.name(), from.code()) : from.name(),
                has(command.mask(), SkuFields.ACTIVE) ? command.active() : from.active(),
                has(command.mask(), SkuFields.GTINS) ? command.gtins() : from.gtins(),
                has(command.mask(), SkuFields.PRICE) ? command.price() : from.price());
    }

    private static boolean has(final int mask, final int field) {
        return (mask & field) != 0;
    }

    private static String nameOr(final String name, final String code) {
        return name.isEmpty() ? code : name;
    }

    private static Answer refused(final Answer.Head head, final ResultCode code, final int sku, final long gtin) {
        return new Answer.Refused(
                new Answer.Head(code, 0, head.sequence(), head.timeMs()), 0, ReservationStatus.NONE, -1, sku, gtin, 0);
    }
}
