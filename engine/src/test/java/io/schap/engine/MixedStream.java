package io.schap.engine;

import io.schap.engine.command.MovementType;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.ConfirmEncoder;
import io.schap.engine.command.sbe.EnvelopeEncoder;
import io.schap.engine.command.sbe.FulfilEncoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.MovementsEncoder;
import io.schap.engine.command.sbe.ReleaseEncoder;
import io.schap.engine.command.sbe.ReservationStateDecoder;
import io.schap.engine.command.sbe.ReserveEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The mixed stream of commands: 40% reserve, 15% confirm, 15% fulfil, 10% release, 20% movements, uniform cells, every
 * command keyed unless told otherwise. Makes one command after the other in the caller's buffer, and allocates nothing.
 */
final class MixedStream {

    private static final int RING = 1 << 17;
    private static final int MOST_HELD = 5_000;
    private static final byte[] NO_TEXT = {};

    private final int stores;
    private final int skus;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder answerHeader = new MessageHeaderDecoder();
    private final ReserveEncoder reserve = new ReserveEncoder();
    private final ConfirmEncoder confirm = new ConfirmEncoder();
    private final FulfilEncoder fulfil = new FulfilEncoder();
    private final ReleaseEncoder release = new ReleaseEncoder();
    private final MovementsEncoder movements = new MovementsEncoder();
    private final ReservationStateDecoder answer = new ReservationStateDecoder();
    private final long[] held = new long[RING];
    private final long[] confirmed = new long[RING];
    private final int holdSeconds;
    private long heldHead;
    private long heldTail;
    private long confirmedHead;
    private long confirmedTail;
    private long random;
    private long key;
    private boolean keyed = true;

    MixedStream(final int stores, final int skus, final int holdSeconds, final long seed) {
        this.stores = stores;
        this.skus = skus;
        this.holdSeconds = holdSeconds;
        random = seed | 1;
    }

    /** From now on commands have no key, and their answers are not remembered. */
    void unkeyed() {
        keyed = false;
    }

    /**
     * Makes the next command at the buffer's start; returns its length. Reservations are closed as fast as they are made
     * once there are {@link #MOST_HELD}, so that how many live does not depend on the speed of the machine.
     */
    int next(final MutableDirectBuffer buffer) {
        final int dice = below(100);
        if (dice < 40) {
            return heldTail - heldHead < MOST_HELD ? reserve(buffer) : release(buffer);
        }
        if (dice < 55 && heldHead < heldTail) {
            return confirm(buffer);
        }
        if (dice >= 55 && dice < 70 && confirmedHead < confirmedTail || confirmedTail - confirmedHead > MOST_HELD) {
            return fulfil(buffer);
        }
        if (dice >= 70 && dice < 80 && heldHead < heldTail) {
            return release(buffer);
        }
        return movement(buffer);
    }

    /** Learns the numbers of new reservations. */
    void onAnswer(final long correlation, final DirectBuffer buffer, final int offset, final int length) {
        answerHeader.wrap(buffer, offset);
        if (answerHeader.templateId() == ReservationStateDecoder.TEMPLATE_ID) {
            answer.wrapAndApplyHeader(buffer, offset, answerHeader);
            if (answer.answer().code() == ResultCode.CREATED.ordinal() && heldTail - heldHead < RING) {
                held[(int) heldTail++ & RING - 1] = answer.reservation();
            }
        }
    }

    private int reserve(final MutableDirectBuffer buffer) {
        envelope(reserve.wrapAndApplyHeader(buffer, 0, header).envelope());
        reserve.holdSeconds(holdSeconds)
                .allowPartial((short) 0)
                .supersedes(0)
                .ownerHi(0)
                .ownerLo(0)
                .referenceHi(0)
                .referenceLo(0);
        reserve.linesCount(1).next().store(below(stores)).sku(below(skus)).quantity(1);
        reserve.putOwner(NO_TEXT, 0, 0).putReference(NO_TEXT, 0, 0);
        return reserve.limit();
    }

    private int confirm(final MutableDirectBuffer buffer) {
        final long number = held[(int) heldHead++ & RING - 1];
        if (confirmedTail - confirmedHead < RING) {
            confirmed[(int) confirmedTail++ & RING - 1] = number;
        }
        envelope(confirm.wrapAndApplyHeader(buffer, 0, header).envelope());
        confirm.reservation(number).pickupSeconds(0).paymentHi(0).paymentLo(0).putPaymentReference(NO_TEXT, 0, 0);
        return confirm.limit();
    }

    private int fulfil(final MutableDirectBuffer buffer) {
        final long number = confirmed[(int) confirmedHead++ & RING - 1];
        envelope(fulfil.wrapAndApplyHeader(buffer, 0, header).envelope());
        fulfil.reservation(number).linesCount(0);
        return fulfil.limit();
    }

    private int release(final MutableDirectBuffer buffer) {
        final long number = held[(int) heldHead++ & RING - 1];
        envelope(release.wrapAndApplyHeader(buffer, 0, header).envelope());
        release.reservation(number).reasonHi(0).reasonLo(0).linesCount(0);
        release.putReason(NO_TEXT, 0, 0);
        return release.limit();
    }

    private int movement(final MutableDirectBuffer buffer) {
        envelope(movements.wrapAndApplyHeader(buffer, 0, header).envelope());
        final MovementsEncoder.RowsEncoder row = movements.rowsCount(1).next();
        row.movement((short) MovementType.RECEIPT.ordinal())
                .expected((short) 0)
                .channel((short) -1)
                .store(below(stores))
                .sku(below(skus))
                .quantity(1)
                .expectedOnHand(0)
                .reservation(0)
                .occurredAtMs(0)
                .ownerHi(0)
                .ownerLo(0)
                .referenceHi(0)
                .referenceLo(0);
        row.putOwner(NO_TEXT, 0, 0)
                .putReference(NO_TEXT, 0, 0)
                .putReason(NO_TEXT, 0, 0)
                .putPaymentReference(NO_TEXT, 0, 0);
        return movements.limit();
    }

    private void envelope(final EnvelopeEncoder envelope) {
        key++;
        envelope.logicVersion(1)
                .channel((short) 0)
                .actor(0)
                .keyHi(keyed ? key * 0x9e3779b97f4a7c15L : 0)
                .keyLo(keyed ? key : 0)
                .fingerprintHi(key)
                .fingerprintLo(key);
    }

    /** Marsaglia's xorshift. */
    private int below(final int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) % bound);
    }
}
