package io.schap.gateway.imports;

import io.schap.engine.command.KeyedHash;
import io.schap.engine.command.MovementType;
import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.command.sbe.SetPolicyEncoder;
import io.schap.engine.view.StockView;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes the commands of one import. Each method leaves one command in {@link #buffer()} and returns its length. For one
 * thread.
 */
final class CommandEncoder {

    private static final int LOGIC_VERSION = 1;
    private static final int NONE = -1;
    private static final byte[] EMPTY = {};

    /** A count that expects it is refused by every ledger, which remembers that. */
    private static final Integer NEVER_ON_HAND = Integer.MIN_VALUE;

    private final StockView view;
    private final PartKeys keys;
    private final KeyedHash textHash;
    private final int actor;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MovementsEncoder movements = new MovementsEncoder();
    private final PutStoreEncoder putStore = new PutStoreEncoder();
    private final PutSkuEncoder putSku = new PutSkuEncoder();
    private final PutChannelEncoder putChannel = new PutChannelEncoder();
    private final SetPolicyEncoder setPolicy = new SetPolicyEncoder();

    CommandEncoder(final StockView view, final int actor, final String key) {
        this.view = view;
        this.actor = actor;
        this.textHash = view.newTextHash();
        this.keys = new PartKeys(textHash, actor, key);
    }

    /** Where the last command lies, from offset 0. */
    DirectBuffer buffer() {
        return buffer;
    }

    /**
     * Asks whether the ledger remembers a part: a command under the part's key that can never be carried out, and is
     * refused without a trace when the key is not remembered.
     */
    int probe(final Part part) {
        setPolicy.wrapAndApplyHeader(buffer, 0, header);
        keyed(setPolicy.envelope(), part);
        setPolicy.store(NONE).sku(NONE);
        setPolicy.safetyStockAction((short) PolicyAction.KEEP).safetyStock(0);
        setPolicy.lowStockThresholdAction((short) PolicyAction.KEEP).lowStockThreshold(0);
        return MessageHeaderEncoder.ENCODED_LENGTH + setPolicy.encodedLength();
    }

    /** The part itself; a row that was rejected, or names what is not known, leaves a mark that is remembered. */
    int part(final Part part) {
        final RowContent first = part.rows().get(0).wanted();
        if (first instanceof final RowContent.Store store) {
            return store(part, store);
        }
        if (first instanceof final RowContent.Product product) {
            return product(part, product);
        }
        if (first instanceof final RowContent.Policy policy) {
            final int store = view.storeIndex(policy.store());
            final int sku = policy.sku() == null ? NONE : view.skuIndex(policy.sku());
            final boolean known = store != NONE && (policy.sku() == null || sku != NONE);
            return known ? policy(part, policy, store, sku) : movements(part);
        }
        return movements(part);
    }

    /** Makes a store of a code, named by it, if there is none. */
    int newStore(final String code) {
        putStore.wrapAndApplyHeader(buffer, 0, header);
        keyed(putStore.envelope(), keys.ofCode(PartKeys.STORE, code));
        putStore.mask((short) 0)
                .kind((short) 0)
                .pickup((short) 0)
                .active((short) 0)
                .located((short) 0);
        putStore.latitude(0).longitude(0).code(code).name("").country("");
        return MessageHeaderEncoder.ENCODED_LENGTH + putStore.encodedLength();
    }

    /** Makes a SKU of a code, named by it, if there is none. */
    int newSku(final String code) {
        putSku.wrapAndApplyHeader(buffer, 0, header);
        keyed(putSku.envelope(), keys.ofCode(PartKeys.SKU, code));
        putSku.mask((short) 0).active((short) 0).gtinsCount(0);
        putSku.code(code).name("").price("");
        return MessageHeaderEncoder.ENCODED_LENGTH + putSku.encodedLength();
    }

    /** Makes a sales channel if there is none. */
    int newChannel(final String name) {
        putChannel.wrapAndApplyHeader(buffer, 0, header);
        envelope(putChannel.envelope()).keyHi(0).keyLo(0).fingerprintHi(0).fingerprintLo(0);
        putChannel.name(name);
        return MessageHeaderEncoder.ENCODED_LENGTH + putChannel.encodedLength();
    }

    private int store(final Part part, final RowContent.Store store) {
        putStore.wrapAndApplyHeader(buffer, 0, header);
        keyed(putStore.envelope(), part);
        final double[] location = store.location();
        putStore.mask((short) store.mask())
                .kind((short) (store.warehouse() ? 1 : 0))
                .pickup((short) (store.pickup() ? 1 : 0))
                .active((short) 1)
                .located((short) (location == null ? 0 : 1))
                .latitude(location == null ? 0 : location[0])
                .longitude(location == null ? 0 : location[1]);
        putStore.code(store.store()).name(store.name()).country(store.country());
        return MessageHeaderEncoder.ENCODED_LENGTH + putStore.encodedLength();
    }

    private int product(final Part part, final RowContent.Product product) {
        putSku.wrapAndApplyHeader(buffer, 0, header);
        keyed(putSku.envelope(), part);
        putSku.mask((short) product.mask()).active((short) 1);
        final PutSkuEncoder.GtinsEncoder gtins =
                putSku.gtinsCount(product.gtins().size());
        for (final Long gtin : product.gtins()) {
            gtins.next().gtin(gtin);
        }
        putSku.code(product.sku()).name(product.name()).price(product.price());
        return MessageHeaderEncoder.ENCODED_LENGTH + putSku.encodedLength();
    }

    private int policy(final Part part, final RowContent.Policy policy, final int store, final int sku) {
        setPolicy.wrapAndApplyHeader(buffer, 0, header);
        keyed(setPolicy.envelope(), part);
        setPolicy.store(store).sku(sku);
        setPolicy
                .safetyStockAction((short) policy.safetyStock().action())
                .safetyStock(policy.safetyStock().units());
        setPolicy
                .lowStockThresholdAction((short) policy.lowThreshold().action())
                .lowStockThreshold(policy.lowThreshold().units());
        return MessageHeaderEncoder.ENCODED_LENGTH + setPolicy.encodedLength();
    }

    private int movements(final Part part) {
        movements.wrapAndApplyHeader(buffer, 0, header);
        keyed(movements.envelope(), part);
        final List<Part.Row> rows = part.rows();
        final MovementsEncoder.RowsEncoder encoder = movements.rowsCount(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            encoder.next();
            final RowContent wanted = rows.get(i).wanted();
            if (wanted instanceof final RowContent.Movement fact && part.result(i) == null) {
                fact(encoder, fact, part.isGuarded() ? (Integer) part.expected(i) : fact.expectedOnHand());
            } else if (wanted instanceof final RowContent.Movement fact
                    && part.result(i) == ResultCode.COUNT_CONFLICT) {
                fact(encoder, fact, NEVER_ON_HAND);
            } else {
                mark(encoder, wanted);
            }
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + movements.encodedLength();
    }

    private void fact(final MovementsEncoder.RowsEncoder row, final RowContent.Movement fact, final Integer expected) {
        final RowContent.Texts texts = fact.texts();
        row.movement((short) fact.type().ordinal())
                .expected((short) (expected == null ? 0 : 1))
                .channel((short) (texts.channel() == null ? NONE : view.channelIndex(texts.channel())))
                .store(view.storeIndex(fact.store()))
                .sku(view.skuIndex(fact.sku()))
                .quantity(fact.quantity())
                .expectedOnHand(expected == null ? 0 : expected)
                .reservation(fact.reservation())
                .occurredAtMs(fact.occurredAtMs());
        hash(texts.owner());
        row.ownerHi(texts.owner().length == 0 ? 0 : textHash.hi())
                .ownerLo(texts.owner().length == 0 ? 0 : textHash.lo());
        hash(texts.reference());
        row.referenceHi(texts.reference().length == 0 ? 0 : textHash.hi())
                .referenceLo(texts.reference().length == 0 ? 0 : textHash.lo());
        row.putOwner(texts.owner(), 0, texts.owner().length);
        row.putReference(texts.reference(), 0, texts.reference().length);
        row.putReason(texts.reason(), 0, texts.reason().length);
        row.putPaymentReference(EMPTY, 0, 0);
    }

    /** A row that changes nothing, since it names no store or no SKU, and whose refusal is remembered. */
    private void mark(final MovementsEncoder.RowsEncoder row, final RowContent wanted) {
        final int store = wanted == null || wanted.store() == null ? NONE : view.storeIndex(wanted.store());
        row.movement((short) MovementType.RECEIPT.ordinal())
                .expected((short) 0)
                .channel((short) NONE)
                .store(store)
                .sku(NONE)
                .quantity(1)
                .expectedOnHand(0)
                .reservation(0)
                .occurredAtMs(0)
                .ownerHi(0)
                .ownerLo(0)
                .referenceHi(0)
                .referenceLo(0);
        row.putOwner(EMPTY, 0, 0).putReference(EMPTY, 0, 0);
        row.putReason(EMPTY, 0, 0).putPaymentReference(EMPTY, 0, 0);
    }

    private void hash(final byte[] text) {
        if (text.length > 0) {
            textHash.hash(text, 0, text.length);
        }
    }

    private EnvelopeEncoder envelope(final EnvelopeEncoder envelope) {
        return envelope.logicVersion(LOGIC_VERSION).channel((short) NONE).actor(actor);
    }

    private void keyed(final EnvelopeEncoder envelope, final Part part) {
        if (part.absentKey() == null) {
            keys.ofPart(part.number());
        } else {
            keys.ofCode(PartKeys.ABSENT, part.absentKey());
        }
        envelope(envelope)
                .keyHi(keys.hi())
                .keyLo(keys.lo())
                .fingerprintHi(part.fingerprintHi())
                .fingerprintLo(part.fingerprintLo());
    }

    /** A code speaks for itself: its key is its fingerprint. */
    private void keyed(final EnvelopeEncoder envelope, final PartKeys key) {
        envelope(envelope)
                .keyHi(key.hi())
                .keyLo(key.lo())
                .fingerprintHi(key.hi())
                .fingerprintLo(key.lo());
    }
}
