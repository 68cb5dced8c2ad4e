package io.schap.engine.model;

import io.schap.engine.command.PolicyAction;
import io.schap.engine.command.SkuFields;
import io.schap.engine.command.StoreFields;
import io.schap.engine.command.sbe.ConfigureEncoder;
import io.schap.engine.command.sbe.ConfirmEncoder;
import io.schap.engine.command.sbe.ExtendEncoder;
import io.schap.engine.command.sbe.FulfilEncoder;
import io.schap.engine.command.sbe.GenesisEncoder;
import io.schap.engine.command.sbe.MessageHeaderEncoder;
import io.schap.engine.command.sbe.PutChannelEncoder;
import io.schap.engine.command.sbe.PutSkuEncoder;
import io.schap.engine.command.sbe.PutStoreEncoder;
import io.schap.engine.command.sbe.ReleaseEncoder;
import io.schap.engine.command.sbe.ReserveEncoder;
import io.schap.engine.command.sbe.SetPolicyEncoder;
import io.schap.engine.command.sbe.SettingsEncoder;
import io.schap.engine.command.sbe.TickEncoder;
import io.schap.engine.command.sbe.UpgradeEncoder;
import io.schap.engine.state.LedgerSettings;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Builds encoded commands, as in {@code reserve().channel(0).line(store, sku, 3).hold(900).key(7).encode()}. What is not
 * called stands at what an ordinary command holds; nothing is checked, so that tests can build what is wrong too.
 */
public final class Commands {

    private Commands() {}

    /** The first command, with the settings of a new data directory. */
    public static Genesis genesis() {
        return genesis(LedgerSettings.DEFAULTS);
    }

    /** The first command. */
    public static Genesis genesis(final LedgerSettings settings) {
        return new Genesis(settings);
    }

    /** Other settings. */
    public static Configure configure(final LedgerSettings settings) {
        return new Configure(settings);
    }

    /** Another logic version. */
    public static Upgrade upgrade(final int toLogicVersion) {
        return new Upgrade(toLogicVersion);
    }

    /** Expires up to 1,024 reservations. */
    public static Tick tick() {
        return tick(1_024);
    }

    /** Expires up to a number of reservations. */
    public static Tick tick(final int maxExpirations) {
        return new Tick(maxExpirations);
    }

    /** Makes a sales channel. */
    public static PutChannel putChannel(final String name) {
        return new PutChannel(name);
    }

    /** Makes a store, named by its code; the fields called for are set. */
    public static PutStore putStore(final String code) {
        return new PutStore(code);
    }

    /** Makes a SKU, named by its code; the fields called for are set. */
    public static PutSku putSku(final String code) {
        return new PutSku(code);
    }

    /** Changes the policy of a store. */
    public static SetPolicy setPolicy(final int store) {
        return setPolicy(store, -1);
    }

    /** Changes the policy of a cell. */
    public static SetPolicy setPolicy(final int store, final int sku) {
        return new SetPolicy(store, sku);
    }

    /** Stock facts, one row a call. */
    public static MovementsBuilder movements() {
        return new MovementsBuilder();
    }

    /** A reservation; sales channel 0. */
    public static Reserve reserve() {
        return new Reserve().channel(0);
    }

    /** A reservation is paid for; without a deadline. */
    public static Confirm confirm(final long reservation) {
        return new Confirm(reservation);
    }

    /** Another deadline for a reservation. */
    public static Extend extend(final long reservation) {
        return new Extend(reservation);
    }

    /** A hand-over of all that is left, or of the lines called for. */
    public static Fulfil fulfil(final long reservation) {
        return new Fulfil(reservation);
    }

    /** All that is left is given back, or the lines called for. */
    public static Release release(final long reservation) {
        return new Release(reservation);
    }

    private static void encodeSettings(final SettingsEncoder into, final LedgerSettings settings) {
        into.maxStores(settings.maxStores())
                .maxSkus(settings.maxSkus())
                .maxChannels(settings.maxChannels())
                .maxLiveReservations(settings.maxLiveReservations())
                .closedReservationsKept(settings.closedReservationsKept())
                .defaultHoldSeconds(settings.defaultHoldSeconds())
                .defaultLowStockThreshold(settings.defaultLowStockThreshold())
                .answersKept(settings.answersKept())
                .answersKeptBytes(settings.answersKeptBytes())
                .answersKeptMs(settings.answersKeptMs());
    }

    private record Line(int store, int sku, int quantity) {}

    /** Builds a {@code Genesis}. */
    public static final class Genesis extends CommandBuilder<Genesis> {
        private final LedgerSettings settings;
        private final long[] secrets = {
            0x0123456789abcdefL, 0x02468ace13579bdfL, 0x1122334455667788L, 0x99aabbccddeeff00L
        };

        private Genesis(final LedgerSettings settings) {
            this.settings = settings;
        }

        /** The secrets of reservation ids and of text hashes, two halves each. */
        public Genesis secrets(final long idHi, final long idLo, final long textHi, final long textLo) {
            secrets[0] = idHi;
            secrets[1] = idLo;
            secrets[2] = textHi;
            secrets[3] = textLo;
            return this;
        }

        @Override
        Genesis self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final GenesisEncoder body = new GenesisEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.idSecretHi(secrets[0])
                    .idSecretLo(secrets[1])
                    .textSecretHi(secrets[2])
                    .textSecretLo(secrets[3]);
            encodeSettings(body.settings(), settings);
            return body.limit() - offset;
        }
    }

    /** Builds a {@code Configure}. */
    public static final class Configure extends CommandBuilder<Configure> {
        private final LedgerSettings settings;

        private Configure(final LedgerSettings settings) {
            this.settings = settings;
        }

        @Override
        Configure self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final ConfigureEncoder body = new ConfigureEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            encodeSettings(body.settings(), settings);
            return body.limit() - offset;
        }
    }

    /** Builds an {@code Upgrade}. */
    public static final class Upgrade extends CommandBuilder<Upgrade> {
        private final int toLogicVersion;

        private Upgrade(final int toLogicVersion) {
            this.toLogicVersion = toLogicVersion;
        }

        @Override
        Upgrade self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final UpgradeEncoder body = new UpgradeEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            return body.toLogicVersion(toLogicVersion).limit() - offset;
        }
    }

    /** Builds a {@code Tick}. */
    public static final class Tick extends CommandBuilder<Tick> {
        private final int maxExpirations;

        private Tick(final int maxExpirations) {
            this.maxExpirations = maxExpirations;
        }

        @Override
        Tick self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final TickEncoder body = new TickEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            return body.maxExpirations(maxExpirations).limit() - offset;
        }
    }

    /** Builds a {@code PutChannel}. */
    public static final class PutChannel extends CommandBuilder<PutChannel> {
        private final String name;

        private PutChannel(final String name) {
            this.name = name;
        }

        @Override
        PutChannel self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final PutChannelEncoder body = new PutChannelEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            return body.name(name).limit() - offset;
        }
    }

    /** Builds a {@code PutStore}. */
    public static final class PutStore extends CommandBuilder<PutStore> {
        private final String code;
        private int mask;
        private int kind;
        private int pickup = 1;
        private int active = 1;
        private int located;
        private double latitude;
        private double longitude;
        private byte[] name = {};
        private byte[] country = {};

        private PutStore(final String code) {
            this.code = code;
        }

        /** Exactly these fields, whatever else is called. */
        public PutStore mask(final int fields) {
            mask = fields;
            return this;
        }

        /** Sets the name. */
        public PutStore name(final String text) {
            return name(utf8(text));
        }

        /** Sets the name to bytes that need not be UTF-8. */
        public PutStore name(final byte[] text) {
            mask |= StoreFields.NAME;
            name = text;
            return this;
        }

        /** Sets the kind to warehouse. */
        public PutStore warehouse() {
            return kind(1);
        }

        /** Sets the kind: 0 shop, 1 warehouse. */
        public PutStore kind(final int value) {
            mask |= StoreFields.KIND;
            kind = value;
            return this;
        }

        /** Sets whether goods can be picked up there. */
        public PutStore pickup(final boolean value) {
            return pickup(value ? 1 : 0);
        }

        /** Sets whether goods can be picked up there, 0 or 1. */
        public PutStore pickup(final int value) {
            mask |= StoreFields.PICKUP;
            pickup = value;
            return this;
        }

        /** Sets whether it takes requests. */
        public PutStore active(final boolean value) {
            return active(value ? 1 : 0);
        }

        /** Sets whether it takes requests, 0 or 1. */
        public PutStore active(final int value) {
            mask |= StoreFields.ACTIVE;
            active = value;
            return this;
        }

        /** Sets the coordinates, in degrees. */
        public PutStore at(final double latitudeDegrees, final double longitudeDegrees) {
            return located(1, latitudeDegrees, longitudeDegrees);
        }

        /** Clears the coordinates. */
        public PutStore nowhere() {
            return located(0, 0, 0);
        }

        /** Sets whether it has coordinates, 0 or 1, and which. */
        public PutStore located(final int value, final double latitudeDegrees, final double longitudeDegrees) {
            mask |= StoreFields.LOCATION;
            located = value;
            latitude = latitudeDegrees;
            longitude = longitudeDegrees;
            return this;
        }

        /** Sets the country. */
        public PutStore country(final String text) {
            return country(utf8(text));
        }

        /** Sets the country to bytes that need not be UTF-8. */
        public PutStore country(final byte[] text) {
            mask |= StoreFields.COUNTRY;
            country = text;
            return this;
        }

        @Override
        PutStore self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final PutStoreEncoder body = new PutStoreEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.mask((short) mask).kind((short) kind).pickup((short) pickup).active((short) active);
            body.located((short) located).latitude(latitude).longitude(longitude);
            body.code(code).putName(name, 0, name.length).putCountry(country, 0, country.length);
            return body.limit() - offset;
        }
    }

    /** Builds a {@code PutSku}. */
    public static final class PutSku extends CommandBuilder<PutSku> {
        private final String code;
        private final List<Long> gtins = new ArrayList<>();
        private int mask;
        private int active = 1;
        private byte[] name = {};
        private String price = "";

        private PutSku(final String code) {
            this.code = code;
        }

        /** Exactly these fields, whatever else is called. */
        public PutSku mask(final int fields) {
            mask = fields;
            return this;
        }

        /** Sets the name. */
        public PutSku name(final String text) {
            return name(utf8(text));
        }

        /** Sets the name to bytes that need not be UTF-8. */
        public PutSku name(final byte[] text) {
            mask |= SkuFields.NAME;
            name = text;
            return this;
        }

        /** Sets whether it takes requests. */
        public PutSku active(final boolean value) {
            return active(value ? 1 : 0);
        }

        /** Sets whether it takes requests, 0 or 1. */
        public PutSku active(final int value) {
            mask |= SkuFields.ACTIVE;
            active = value;
            return this;
        }

        /** Replaces the GTINs; more calls add more. */
        public PutSku gtins(final long... values) {
            mask |= SkuFields.GTINS;
            for (final long value : values) {
                gtins.add(value);
            }
            return this;
        }

        /** Sets the price. */
        public PutSku price(final String decimal) {
            mask |= SkuFields.PRICE;
            price = decimal;
            return this;
        }

        @Override
        PutSku self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final PutSkuEncoder body = new PutSkuEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.mask((short) mask).active((short) active);
            final PutSkuEncoder.GtinsEncoder group = body.gtinsCount(gtins.size());
            gtins.forEach(gtin -> group.next().gtin(gtin));
            body.code(code).putName(name, 0, name.length).price(price);
            return body.limit() - offset;
        }
    }

    /** Builds a {@code SetPolicy}; what is not called for is kept. */
    public static final class SetPolicy extends CommandBuilder<SetPolicy> {
        private final int store;
        private final int sku;
        private int safetyAction;
        private int thresholdAction;
        private int safety;
        private int threshold;

        private SetPolicy(final int store, final int sku) {
            this.store = store;
            this.sku = sku;
        }

        /** Sets the safety stock, in units. */
        public SetPolicy safetyStock(final int units) {
            return safetyStock(PolicyAction.SET, units);
        }

        /** Goes back to the safety stock of the store, or to none. */
        public SetPolicy clearSafetyStock() {
            return safetyStock(PolicyAction.CLEAR, 0);
        }

        /** Any action on the safety stock. */
        public SetPolicy safetyStock(final int action, final int units) {
            safetyAction = action;
            safety = units;
            return this;
        }

        /** Sets the low stock threshold, in units. */
        public SetPolicy lowStockThreshold(final int units) {
            return lowStockThreshold(PolicyAction.SET, units);
        }

        /** Goes back to the low stock threshold of the store, or to the default. */
        public SetPolicy clearLowStockThreshold() {
            return lowStockThreshold(PolicyAction.CLEAR, 0);
        }

        /** Any action on the low stock threshold. */
        public SetPolicy lowStockThreshold(final int action, final int units) {
            thresholdAction = action;
            threshold = units;
            return this;
        }

        @Override
        SetPolicy self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final SetPolicyEncoder body = new SetPolicyEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.store(store).sku(sku).safetyStockAction((short) safetyAction);
            body.lowStockThresholdAction((short) thresholdAction)
                    .safetyStock(safety)
                    .lowStockThreshold(threshold);
            return body.limit() - offset;
        }
    }

    /** Builds a {@code Reserve}. */
    public static final class Reserve extends CommandBuilder<Reserve> {
        private final List<Line> lines = new ArrayList<>();
        private int holdSeconds;
        private int allowPartial;
        private long supersedes;
        private final long[] hashes = new long[4];
        private String owner = "";
        private String reference = "";

        private Reserve() {}

        /** One more line. */
        public Reserve line(final int store, final int sku, final int quantity) {
            lines.add(new Line(store, sku, quantity));
            return this;
        }

        /** How long, in seconds; 0, the default, when not called. */
        public Reserve hold(final int seconds) {
            holdSeconds = seconds;
            return this;
        }

        /** Each line gets what there is. */
        public Reserve allowPartial() {
            return allowPartial(1);
        }

        /** Whether each line gets what there is, 0 or 1. */
        public Reserve allowPartial(final int value) {
            allowPartial = value;
            return this;
        }

        /** Takes the place of a held reservation. */
        public Reserve supersedes(final long reservation) {
            supersedes = reservation;
            return this;
        }

        /** The owner and its hash. */
        public Reserve owner(final String text, final long hi, final long lo) {
            owner = text;
            hashes[0] = hi;
            hashes[1] = lo;
            return this;
        }

        /** The caller's reference and its hash. */
        public Reserve reference(final String text, final long hi, final long lo) {
            reference = text;
            hashes[2] = hi;
            hashes[3] = lo;
            return this;
        }

        @Override
        Reserve self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final ReserveEncoder body = new ReserveEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.holdSeconds(holdSeconds).allowPartial((short) allowPartial).supersedes(supersedes);
            body.ownerHi(hashes[0]).ownerLo(hashes[1]).referenceHi(hashes[2]).referenceLo(hashes[3]);
            final ReserveEncoder.LinesEncoder group = body.linesCount(lines.size());
            lines.forEach(line -> group.next().store(line.store).sku(line.sku).quantity(line.quantity));
            return body.owner(owner).reference(reference).limit() - offset;
        }
    }

    /** Builds a {@code Confirm}. */
    public static final class Confirm extends CommandBuilder<Confirm> {
        private final long reservation;
        private int pickupSeconds;
        private long paymentHi;
        private long paymentLo;
        private String paymentReference = "";

        private Confirm(final long reservation) {
            this.reservation = reservation;
        }

        /** The time for the pickup, in seconds; 0 for any. */
        public Confirm pickup(final int seconds) {
            pickupSeconds = seconds;
            return this;
        }

        /** The payment's reference and its hash. */
        public Confirm payment(final String text, final long hi, final long lo) {
            paymentReference = text;
            paymentHi = hi;
            paymentLo = lo;
            return this;
        }

        @Override
        Confirm self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final ConfirmEncoder body = new ConfirmEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.reservation(reservation).pickupSeconds(pickupSeconds);
            body.paymentHi(paymentHi).paymentLo(paymentLo).paymentReference(paymentReference);
            return body.limit() - offset;
        }
    }

    /** Builds an {@code Extend}. */
    public static final class Extend extends CommandBuilder<Extend> {
        private final long reservation;
        private int seconds;
        private int ofPickup;

        private Extend(final long reservation) {
            this.reservation = reservation;
        }

        /** Holds it this long from now, in seconds. */
        public Extend hold(final int newSeconds) {
            return by(newSeconds, 0);
        }

        /** Keeps it for pickup this long from now, in seconds. */
        public Extend pickup(final int newSeconds) {
            return by(newSeconds, 1);
        }

        /** Seconds, and whether they are of a pickup, 0 or 1. */
        public Extend by(final int newSeconds, final int pickup) {
            seconds = newSeconds;
            ofPickup = pickup;
            return this;
        }

        @Override
        Extend self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final ExtendEncoder body = new ExtendEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            return body.reservation(reservation)
                            .seconds(seconds)
                            .ofPickup((short) ofPickup)
                            .limit()
                    - offset;
        }
    }

    /** Builds a {@code Fulfil}. */
    public static final class Fulfil extends CommandBuilder<Fulfil> {
        private final long reservation;
        private final List<Line> lines = new ArrayList<>();

        private Fulfil(final long reservation) {
            this.reservation = reservation;
        }

        /** Part of a line; store -1 for the only line of the SKU. */
        public Fulfil line(final int store, final int sku, final int quantity) {
            lines.add(new Line(store, sku, quantity));
            return this;
        }

        @Override
        Fulfil self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final FulfilEncoder body = new FulfilEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.reservation(reservation);
            final FulfilEncoder.LinesEncoder group = body.linesCount(lines.size());
            lines.forEach(line -> group.next().store(line.store).sku(line.sku).quantity(line.quantity));
            return body.limit() - offset;
        }
    }

    /** Builds a {@code Release}. */
    public static final class Release extends CommandBuilder<Release> {
        private final long reservation;
        private final List<Line> lines = new ArrayList<>();
        private long reasonHi;
        private long reasonLo;
        private String reason = "";

        private Release(final long reservation) {
            this.reservation = reservation;
        }

        /** Part of a line; store -1 for the only line of the SKU. */
        public Release line(final int store, final int sku, final int quantity) {
            lines.add(new Line(store, sku, quantity));
            return this;
        }

        /** The reason and its hash. */
        public Release reason(final String text, final long hi, final long lo) {
            reason = text;
            reasonHi = hi;
            reasonLo = lo;
            return this;
        }

        @Override
        Release self() {
            return this;
        }

        @Override
        int encodeAt(final MutableDirectBuffer buffer, final int offset, final MessageHeaderEncoder header) {
            final ReleaseEncoder body = new ReleaseEncoder().wrapAndApplyHeader(buffer, offset, header);
            envelope(body.envelope());
            body.reservation(reservation).reasonHi(reasonHi).reasonLo(reasonLo);
            final ReleaseEncoder.LinesEncoder group = body.linesCount(lines.size());
            lines.forEach(line -> group.next().store(line.store).sku(line.sku).quantity(line.quantity));
            return body.reason(reason).limit() - offset;
        }
    }
}
