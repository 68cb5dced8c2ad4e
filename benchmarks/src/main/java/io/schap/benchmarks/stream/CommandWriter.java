package io.schap.benchmarks.stream;

import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.ConfirmEncoder;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.FulfilEncoder;
import io.schap.engine.command.sbe.GenesisEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.command.sbe.ReleaseEncoder;
import io.schap.engine.command.sbe.ReserveEncoder;
import io.schap.engine.command.sbe.TickEncoder;
import io.schap.engine.state.LedgerSettings;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes commands into a buffer, as the edge does; each method returns the length. The key of the next command is set
 * by {@link #key}; 0/0 leaves it without. Allocates nothing after the first of each kind, codes and names apart.
 */
final class CommandWriter {

    private static final int ACTOR = 1;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GenesisEncoder genesis = new GenesisEncoder();
    private final PutChannelEncoder putChannel = new PutChannelEncoder();
    private final PutStoreEncoder putStore = new PutStoreEncoder();
    private final PutSkuEncoder putSku = new PutSkuEncoder();
    private final TickEncoder tick = new TickEncoder();
    private final MovementsEncoder movements = new MovementsEncoder();
    private final ReserveEncoder reserve = new ReserveEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final FulfilEncoder fulfil = new FulfilEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final byte[] owner;
    private final byte[] reference;
    private MovementsEncoder.RowsEncoder rows;
    private int movementsOffset;
    private long keyHi;
    private long keyLo;

    /**
     * A writer.
     *
     * @param texts whether reservations carry an owner and a reference, of 12 bytes each.
     */
    CommandWriter(final boolean texts) {
        owner = texts ? new byte[12] : new byte[0];
        reference = texts ? new byte[12] : new byte[0];
        java.util.Arrays.fill(owner, (byte) 'o');
        java.util.Arrays.fill(reference, (byte) 'r');
    }

    /**
     * The key of the commands from now on; the fingerprint is made of it.
     *
     * @param hi high half of the key hash.
     * @param lo low half; 0/0 for commands without a key.
     */
    public void key(final long hi, final long lo) {
        keyHi = hi;
        keyLo = lo;
    }

    private void write(final EnvelopeEncoder envelope) {
        envelope.logicVersion(1)
                .channel((short) 0)
                .actor(ACTOR)
                .keyHi(keyHi)
                .keyLo(keyLo)
                .fingerprintHi(Long.rotateLeft(keyHi, 17))
                .fingerprintLo(Long.rotateLeft(keyLo, 23));
    }

    /** The first command of a ledger. */
    public int genesis(final MutableDirectBuffer into, final int offset, final LedgerSettings settings) {
        genesis.wrapAndApplyHeader(into, offset, header);
        write(genesis.envelope());
        genesis.idSecretHi(1).idSecretLo(2).textSecretHi(3).textSecretLo(4);
        genesis.settings()
                .maxStores(settings.maxStores())
                .maxSkus(settings.maxSkus())
                .maxChannels(settings.maxChannels())
                .maxLiveReservations(settings.maxLiveReservations())
                .closedReservationsKept(settings.closedReservationsKept())
                .defaultHoldSeconds(settings.defaultHoldSeconds())
                .defaultLowStockThreshold(settings.defaultLowStockThreshold())
                .answersKept(settings.answersKept())
                .answersKeptBytes(settings.answersKeptBytes())
                .answersKeptMs(settings.answersKeptMs());
        return genesis.limit() - offset;
    }

    /** Makes the sales channel that all other commands name. */
    public int putChannel(final MutableDirectBuffer into, final int offset, final String name) {
        putChannel.wrapAndApplyHeader(into, offset, header);
        write(putChannel.envelope());
        putChannel.name(name);
        return putChannel.limit() - offset;
    }

    /** Makes a store. */
    public int putStore(final MutableDirectBuffer into, final int offset, final String code) {
        putStore.wrapAndApplyHeader(into, offset, header);
        write(putStore.envelope());
        putStore.mask((short) StoreFields.NAME)
                .kind((short) 0)
                .pickup((short) 1)
                .active((short) 1)
                .located((short) 0)
                .latitude(0)
                .longitude(0)
                .code(code)
                .name(code)
                .country("");
        return putStore.limit() - offset;
    }

    /** Makes a SKU. */
    public int putSku(final MutableDirectBuffer into, final int offset, final String code) {
        putSku.wrapAndApplyHeader(into, offset, header);
        write(putSku.envelope());
        putSku.mask((short) SkuFields.NAME).active((short) 1);
        putSku.gtinsCount(0);
        putSku.code(code).name(code).price("");
        return putSku.limit() - offset;
    }

    /** Expires what is due. */
    public int tick(final MutableDirectBuffer into, final int offset, final int maxExpirations) {
        tick.wrapAndApplyHeader(into, offset, header);
        tick.envelope()
                .logicVersion(1)
                .channel((short) -1)
                .actor(0)
                .keyHi(0)
                .keyLo(0)
                .fingerprintHi(0)
                .fingerprintLo(0);
        tick.maxExpirations(maxExpirations);
        return tick.limit() - offset;
    }

    /** Begins a list of stock facts; {@link #row} adds each, {@link #endMovements} gives the length. */
    public void beginMovements(final MutableDirectBuffer into, final int offset, final int count) {
        movements.wrapAndApplyHeader(into, offset, header);
        movementsOffset = offset;
        write(movements.envelope());
        rows = movements.rowsCount(count);
    }

    /** One stock fact of the list that was begun. */
    public void row(final int movement, final int store, final int sku, final int quantity) {
        rows.next()
                .movement((short) movement)
                .expected((short) 0)
                .channel((short) 0)
                .store(store)
                .sku(sku)
                .quantity(quantity)
                .expectedOnHand(0)
                .reservation(0)
                .occurredAtMs(0)
                .ownerHi(0)
                .ownerLo(0)
                .referenceHi(0)
                .referenceLo(0)
                .owner("")
                .reference("")
                .reason("")
                .paymentReference("");
    }

    /** Ends the list that was begun. */
    public int endMovements() {
        return movements.limit() - movementsOffset;
    }

    /** Holds units of one cell. */
    public int reserve(
            final MutableDirectBuffer into,
            final int offset,
            final int store,
            final int sku,
            final int quantity,
            final int holdSeconds) {
        reserve.wrapAndApplyHeader(into, offset, header);
        write(reserve.envelope());
        final boolean texts = owner.length > 0;
        reserve.holdSeconds(holdSeconds)
                .allowPartial((short) 0)
                .supersedes(0)
                .ownerHi(texts ? keyHi | 1 : 0)
                .ownerLo(texts ? keyLo | 1 : 0)
                .referenceHi(texts ? keyLo | 2 : 0)
                .referenceLo(texts ? keyHi | 2 : 0);
        reserve.linesCount(1).next().store(store).sku(sku).quantity(quantity);
        reserve.putOwner(owner, 0, owner.length).putReference(reference, 0, reference.length);
        return reserve.limit() - offset;
    }

    /** A held reservation is paid for. */
    public int confirm(
            final MutableDirectBuffer into, final int offset, final long reservation, final int pickupSeconds) {
        confirm.wrapAndApplyHeader(into, offset, header);
        write(confirm.envelope());
        confirm.reservation(reservation)
                .pickupSeconds(pickupSeconds)
                .paymentHi(0)
                .paymentLo(0);
        confirm.putPaymentReference(owner, 0, 0);
        return confirm.limit() - offset;
    }

    /** A hand-over of all that is left. */
    public int fulfil(final MutableDirectBuffer into, final int offset, final long reservation) {
        fulfil.wrapAndApplyHeader(into, offset, header);
        write(fulfil.envelope());
        fulfil.reservation(reservation).linesCount(0);
        return fulfil.limit() - offset;
    }

    /** All that is left is given back. */
    public int release(final MutableDirectBuffer into, final int offset, final long reservation) {
        release.wrapAndApplyHeader(into, offset, header);
        write(release.envelope());
        release.reservation(reservation).reasonHi(0).reasonLo(0).linesCount(0);
        release.putReason(owner, 0, 0);
        return release.limit() - offset;
    }
}
