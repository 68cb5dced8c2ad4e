package io.schap.engine.state;

import io.schap.engine.command.Limits;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.PutChannelDecoder;
import io.schap.engine.command.sbe.PutSkuDecoder;
import io.schap.engine.command.sbe.PutStoreDecoder;
import io.schap.engine.command.sbe.SetPolicyDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sales channels, stores, SKUs and policies. They change seldom, so these handlers, unlike all others, make objects. A row
 * that would be the same again changes nothing.
 */
final class MasterCommands {

    private static final long MAX_GTIN = 99_999_999_999_999L;

    private final LedgerState state;
    private final MasterData master;

    MasterCommands(final LedgerState state) {
        this.state = state;
        this.master = state.master;
    }

    int putChannel(final PutChannelDecoder command) {
        final byte[] name = new byte[command.nameLength()];
        command.getName(name, 0, name.length);
        if (!isChannelName(name)) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        final int known = master.channelIndex(name);
        if (known != CodeDirectory.UNKNOWN) {
            return state.answer.done(known, false, 0);
        }
        if (master.channelCount() >= state.settings.maxChannels()) {
            return state.answer.refused(ResultCode.LIMIT_REACHED);
        }
        final String text = new String(name, StandardCharsets.US_ASCII);
        final int index = master.addChannel(name, text);
        state.effects.channelMade(index, text);
        return state.answer.done(index, true, 0);
    }

    int putStore(final PutStoreDecoder command) {
        final byte[] code = new byte[command.codeLength()];
        command.getCode(code, 0, code.length);
        final byte[] nameBytes = new byte[command.nameLength()];
        command.getName(nameBytes, 0, nameBytes.length);
        final byte[] countryBytes = new byte[command.countryLength()];
        command.getCountry(countryBytes, 0, countryBytes.length);
        final String name = text(nameBytes, Limits.MAX_NAME_CHARS);
        final String country = text(countryBytes, Limits.MAX_COUNTRY_CHARS);
        if (name == null || country == null || !isCode(code) || !isStoreWellFormed(command)) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        final int known = master.storeCodes().find(code, 0, code.length);
        if (known == CodeDirectory.UNKNOWN && master.storeCount() >= state.settings.maxStores()) {
            return state.answer.refused(ResultCode.LIMIT_REACHED);
        }
        final StoreRow before = known == CodeDirectory.UNKNOWN ? null : master.store(known);
        final StoreRow after = storeRow(command, code, name, country, before);
        if (!after.equals(before)) {
            master.putStore(after, code);
            state.effects.storeChanged(before, after);
        }
        return state.answer.done(after.index(), before == null, 0);
    }

    private static boolean isStoreWellFormed(final PutStoreDecoder command) {
        final double latitude = command.latitude();
        final double longitude = command.longitude();
        return command.mask() <= StoreFields.ALL
                && command.kind() <= 1
                && command.pickup() <= 1
                && command.active() <= 1
                && command.located() <= 1
                && latitude >= -90
                && latitude <= 90
                && longitude >= -180
                && longitude <= 180;
    }

    private StoreRow storeRow(
            final PutStoreDecoder command,
            final byte[] code,
            final String name,
            final String country,
            final StoreRow before) {
        final int mask = command.mask();
        final String text = new String(code, StandardCharsets.US_ASCII);
        final StoreRow old = before != null
                ? before
                : new StoreRow(master.storeCount(), text, text, false, true, true, false, 0, 0, "");
        final boolean setsLocation = (mask & StoreFields.LOCATION) != 0;
        final boolean located = setsLocation ? command.located() == 1 : old.located();
        return new StoreRow(
                old.index(),
                old.code(),
                (mask & StoreFields.NAME) != 0 ? name.isEmpty() ? old.code() : name : old.name(),
                (mask & StoreFields.KIND) != 0 ? command.kind() == 1 : old.warehouse(),
                (mask & StoreFields.PICKUP) != 0 ? command.pickup() == 1 : old.pickup(),
                (mask & StoreFields.ACTIVE) != 0 ? command.active() == 1 : old.active(),
                located,
                !located ? 0 : setsLocation ? command.latitude() : old.latitude(),
                !located ? 0 : setsLocation ? command.longitude() : old.longitude(),
                (mask & StoreFields.COUNTRY) != 0 ? country : old.country());
    }

    int putSku(final PutSkuDecoder command) {
        final List<Long> gtins = new ArrayList<>();
        boolean isWellFormed = command.mask() <= SkuFields.ALL && command.active() <= 1;
        for (final PutSkuDecoder.GtinsDecoder row = command.gtins(); row.hasNext(); ) {
            final Long gtin = row.next().gtin();
            isWellFormed &= gtin > 0 && gtin <= MAX_GTIN;
            if (!gtins.contains(gtin)) {
                gtins.add(gtin);
            }
        }
        final byte[] code = new byte[command.codeLength()];
        command.getCode(code, 0, code.length);
        final byte[] nameBytes = new byte[command.nameLength()];
        command.getName(nameBytes, 0, nameBytes.length);
        final byte[] price = new byte[command.priceLength()];
        command.getPrice(price, 0, price.length);
        final String name = text(nameBytes, Limits.MAX_NAME_CHARS);
        if (!isWellFormed || name == null || !isCode(code) || !isPrice(price)) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        final int known = master.skuCodes().find(code, 0, code.length);
        if (known == CodeDirectory.UNKNOWN && master.skuCount() >= state.settings.maxSkus()) {
            return state.answer.refused(ResultCode.LIMIT_REACHED);
        }
        final SkuRow before = known == CodeDirectory.UNKNOWN ? null : master.sku(known);
        final SkuRow after = skuRow(command, code, name, new String(price, StandardCharsets.US_ASCII), gtins, before);
        for (final Long gtin : after.gtins()) {
            final int holder = master.skuByGtin(gtin);
            if (holder != CodeDirectory.UNKNOWN && holder != after.index()) {
                return state.answer.refused(ResultCode.GTIN_TAKEN, 0, 0, -1, holder, gtin, 0);
            }
        }
        if (!after.equals(before)) {
            master.putSku(after, code);
            state.effects.skuChanged(before, after);
        }
        return state.answer.done(after.index(), before == null, 0);
    }

    private SkuRow skuRow(
            final PutSkuDecoder command,
            final byte[] code,
            final String name,
            final String price,
            final List<Long> gtins,
            final SkuRow before) {
        final int mask = command.mask();
        final String text = new String(code, StandardCharsets.US_ASCII);
        final SkuRow old = before != null ? before : new SkuRow(master.skuCount(), text, text, true, List.of(), "");
        return new SkuRow(
                old.index(),
                old.code(),
                (mask & SkuFields.NAME) != 0 ? name.isEmpty() ? old.code() : name : old.name(),
                (mask & SkuFields.ACTIVE) != 0 ? command.active() == 1 : old.active(),
                (mask & SkuFields.GTINS) != 0 ? List.copyOf(gtins) : old.gtins(),
                (mask & SkuFields.PRICE) != 0 ? price : old.price());
    }

    int setPolicy(final SetPolicyDecoder command) {
        final int store = command.store();
        final int sku = command.sku();
        final boolean isWellFormed = state.isStore(store)
                && (sku == -1 || state.isSku(sku))
                && isValue(command.safetyStockAction(), command.safetyStock())
                && isValue(command.lowStockThresholdAction(), command.lowStockThreshold());
        if (!isWellFormed) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        if (sku == -1) {
            final long before = master.storePolicy(store);
            final long after = changed(before, command);
            if (after != before) {
                master.setStorePolicy(store, after);
                state.effects.storePolicyChanged(store, before, after);
            }
            return state.answer.policy(store, sku, after, state.policyInForce(Policies.NONE, store));
        }
        final long after = setCellPolicy(store, sku, command);
        return state.answer.policy(store, sku, after, state.policyInForce(after, store));
    }

    private long setCellPolicy(final int store, final int sku, final SetPolicyDecoder command) {
        long[] run = state.cells.runAcquire(sku);
        int cell = run == null ? CellTable.NONE : CellTable.find(run, store);
        final long before = cell == CellTable.NONE ? Policies.NONE : state.cells.policy(run, cell);
        final long after = changed(before, command);
        if (after != before) {
            if (cell == CellTable.NONE) {
                state.cells.make(sku, store);
                run = state.cells.runAcquire(sku);
                cell = CellTable.find(run, store);
            }
            final int version = state.cells.setPolicy(run, cell, sku, store, after);
            state.effects.cellPolicyChanged(store, sku, before, after, version);
        }
        return after;
    }

    private static long changed(final long policy, final SetPolicyDecoder command) {
        final long withSafety = switch (command.safetyStockAction()) {
            case PolicyAction.SET -> Policies.withSafetyStock(policy, command.safetyStock());
            case PolicyAction.CLEAR -> Policies.withoutSafetyStock(policy);
            default -> policy;
        };
        return switch (command.lowStockThresholdAction()) {
            case PolicyAction.SET -> Policies.withLowStockThreshold(withSafety, command.lowStockThreshold());
            case PolicyAction.CLEAR -> Policies.withoutLowStockThreshold(withSafety);
            default -> withSafety;
        };
    }

    private static boolean isValue(final int action, final int value) {
        return action <= PolicyAction.CLEAR
                && (action != PolicyAction.SET || value >= 0 && value <= Limits.MAX_QUANTITY);
    }

    private static boolean isCode(final byte[] code) {
        if (code.length < 1 || code.length > Limits.MAX_CODE_BYTES) {
            return false;
        }
        for (final byte b : code) {
            if (b < ' ' || b > '~') {
                return false;
            }
        }
        final boolean isDots = code[0] == '.' && (code.length == 1 || code.length == 2 && code[1] == '.');
        return !isDots && code[0] != ' ' && code[code.length - 1] != ' ';
    }

    private static boolean isChannelName(final byte[] name) {
        if (name.length < 1 || name.length > Limits.MAX_CHANNEL_BYTES) {
            return false;
        }
        for (final byte b : name) {
            final boolean isLetterOrDigit = b >= 'a' && b <= 'z' || b >= '0' && b <= '9';
            if (!isLetterOrDigit && b != '.' && b != '_' && b != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrice(final byte[] price) {
        if (price.length > Limits.MAX_PRICE_BYTES) {
            return false;
        }
        for (final byte b : price) {
            if (b < ' ' || b > '~') {
                return false;
            }
        }
        return true;
    }

    /** The text of UTF-8 bytes, or null where they are none or it is too long. */
    private static String text(final byte[] bytes, final int maxChars) {
        try {
            final String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.length() <= maxChars ? text : null;
        } catch (final CharacterCodingException e) {
            return null;
        }
    }
}
