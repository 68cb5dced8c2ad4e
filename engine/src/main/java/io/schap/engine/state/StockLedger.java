package io.schap.engine.state;

import io.schap.engine.command.CommandCheck;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.ConfigureDecoder;
import io.schap.engine.command.sbe.ConfirmDecoder;
import io.schap.engine.command.sbe.EnvelopeDecoder;
import io.schap.engine.command.sbe.ExtendDecoder;
import io.schap.engine.command.sbe.FulfilDecoder;
import io.schap.engine.command.sbe.GenesisDecoder;
import io.schap.engine.command.sbe.MessageHeaderDecoder;
import io.schap.engine.command.sbe.MovementsDecoder;
import io.schap.engine.command.sbe.PutChannelDecoder;
import io.schap.engine.command.sbe.PutSkuDecoder;
import io.schap.engine.command.sbe.PutStoreDecoder;
import io.schap.engine.command.sbe.ReleaseDecoder;
import io.schap.engine.command.sbe.ReserveDecoder;
import io.schap.engine.command.sbe.SetPolicyDecoder;
import io.schap.engine.command.sbe.TickDecoder;
import io.schap.engine.command.sbe.UpgradeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The state machine of a chain: stock, reservations, master data and remembered answers, changed by one command after
 * another. It is pure and total: the same commands with the same sequences and times give the same rows, answers and hash
 * on every machine, and no input throws. Each command is checked whole before it writes anything.
 *
 * <p>{@link #apply} and everything else here is for the one writer thread; other threads read through a view, by
 * {@link #reads()}.
 */
public final class StockLedger {

    /** The logic version of an empty ledger. */
    public static final int FIRST_LOGIC_VERSION = 1;

    /** The newest logic version that this code knows. */
    public static final int LATEST_LOGIC_VERSION = 1;

    private static final int BODY = MessageHeaderDecoder.ENCODED_LENGTH;

    private final LedgerState state = new LedgerState();
    private final ReservationSteps steps = new ReservationSteps(state);
    private final Reserving reserving = new Reserving(state, steps);
    private final HandOvers handOvers = new HandOvers(state, steps);
    private final MovementRows movementRows = new MovementRows(state, steps);
    private final MasterCommands masterCommands = new MasterCommands(state);
    private final AdminCommands adminCommands = new AdminCommands(state);
    private final LedgerReads reads = new LedgerReads(state);
    private final AnswerMemory.Kept kept = new AnswerMemory.Kept();

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private final GenesisDecoder genesis = new GenesisDecoder();
    private final ConfigureDecoder configure = new ConfigureDecoder();
    private final UpgradeDecoder upgrade = new UpgradeDecoder();
    private final TickDecoder tick = new TickDecoder();
    private final PutChannelDecoder putChannel = new PutChannelDecoder();
    private final PutStoreDecoder putStore = new PutStoreDecoder();
    private final PutSkuDecoder putSku = new PutSkuDecoder();
    private final SetPolicyDecoder setPolicy = new SetPolicyDecoder();
    private final MovementsDecoder movements = new MovementsDecoder();
    private final ReserveDecoder reserve = new ReserveDecoder();
    private final ConfirmDecoder confirm = new ConfirmDecoder();
    private final ExtendDecoder extend = new ExtendDecoder();
    private final FulfilDecoder fulfil = new FulfilDecoder();
    private final ReleaseDecoder release = new ReleaseDecoder();

    /** How many commands are best announced at a time. */
    public static final int LOOK_AHEAD = LookAhead.WINDOW;

    private final LookAhead lookAhead = new LookAhead(state);

    /** An empty ledger; the first command must be genesis. */
    public StockLedger() {
        kept.answer = state.answer.bytes();
    }

    /**
     * Applies one command.
     *
     * @param sequence place of the command in the journal, from 1.
     * @param timeMs   the batch's time in milliseconds since 1970; an earlier one than before counts as that one.
     * @param command  where the command lies.
     * @param offset   of its message header.
     * @param length   in bytes, header included.
     * @param effects  is told every changed row.
     * @return the length of the answer, which lies in {@link #answer()} until the next call.
     */
    public int apply(
            final long sequence,
            final long timeMs,
            final DirectBuffer command,
            final int offset,
            final int length,
            final EffectSink effects) {
        state.begin(sequence, timeMs, effects);
        final int template = CommandCheck.templateOf(command, offset, length);
        if (template == CommandCheck.MALFORMED) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        envelope.wrap(command, offset + BODY);
        final boolean isGenesis = template == GenesisDecoder.TEMPLATE_ID;
        if (envelope.logicVersion() != state.logicVersion || state.settings == null != isGenesis) {
            return state.answer.refused(ResultCode.MALFORMED);
        }
        header.wrap(command, offset);
        return template < PutChannelDecoder.TEMPLATE_ID
                ? applyOwn(template, command, offset)
                : applyRequest(template, command, offset);
    }

    /**
     * Announces a command that will be applied soon, up to {@link #LOOK_AHEAD} between two calls of {@link #readAhead}.
     * Nothing depends on it but the time that apply takes.
     *
     * @param command where it lies.
     * @param offset  of its message header.
     * @param length  in bytes.
     */
    public void announce(final DirectBuffer command, final int offset, final int length) {
        lookAhead.announce(command, offset, length);
    }

    /** Reads what the announced commands will touch, so that they need not wait for memory one after another. */
    public void readAhead() {
        lookAhead.read();
    }

    /** Commands of the engine itself: they have no keys. */
    private int applyOwn(final int template, final DirectBuffer command, final int offset) {
        return switch (template) {
            case GenesisDecoder.TEMPLATE_ID ->
                adminCommands.genesis(genesis.wrapAndApplyHeader(command, offset, header));
            case ConfigureDecoder.TEMPLATE_ID ->
                adminCommands.configure(configure.wrapAndApplyHeader(command, offset, header));
            case UpgradeDecoder.TEMPLATE_ID ->
                adminCommands.upgrade(upgrade.wrapAndApplyHeader(command, offset, header));
            default -> steps.tick(tick.wrapAndApplyHeader(command, offset, header));
        };
    }

    /** Commands that a client asked for: a key that is remembered is answered as before. */
    private int applyRequest(final int template, final DirectBuffer command, final int offset) {
        final long keyHi = envelope.keyHi();
        final long keyLo = envelope.keyLo();
        if ((keyHi | keyLo) == 0) {
            return dispatch(template, command, offset);
        }
        final AnswerMemory answers = state.answers;
        final long known = answers.find(keyHi, keyLo);
        if (known != AnswerMemory.NONE && state.timeMs - answers.timeMs(known) <= state.settings.answersKeptMs()) {
            return repeat(known);
        }
        final int length = dispatch(template, command, offset);
        if (known != AnswerMemory.NONE && state.answer.code() != ResultCode.MALFORMED) {
            answers.forget(known);
            state.effects.answerForgotten(keyHi, keyLo, answers.sequence(known));
        }
        if (state.answer.code().isRemembered()) {
            remember(keyHi, keyLo, length);
        }
        return length;
    }

    private int repeat(final long known) {
        if (!state.answers.hasFingerprint(known, envelope.fingerprintHi(), envelope.fingerprintLo())) {
            return state.answer.refused(ResultCode.IDEMPOTENCY_KEY_REUSED);
        }
        final int length = state.answers.copyAnswer(known, state.answer.bytes());
        state.answer.markReplayed();
        return length;
    }

    private void remember(final long keyHi, final long keyLo, final int length) {
        kept.keyHi = keyHi;
        kept.keyLo = keyLo;
        kept.fingerprintHi = envelope.fingerprintHi();
        kept.fingerprintLo = envelope.fingerprintLo();
        kept.timeMs = state.timeMs;
        kept.sequence = state.sequence;
        kept.length = length;
        kept.textBytes = state.answer.textBytes();
        state.answers.insert(kept);
        state.effects.answerRemembered(keyHi, keyLo, state.sequence);
        state.answers.evict(state.settings, state.timeMs, state.effects);
    }

    private int dispatch(final int template, final DirectBuffer command, final int offset) {
        return switch (template) {
            case PutChannelDecoder.TEMPLATE_ID ->
                masterCommands.putChannel(putChannel.wrapAndApplyHeader(command, offset, header));
            case PutStoreDecoder.TEMPLATE_ID ->
                masterCommands.putStore(putStore.wrapAndApplyHeader(command, offset, header));
            case PutSkuDecoder.TEMPLATE_ID -> masterCommands.putSku(putSku.wrapAndApplyHeader(command, offset, header));
            case SetPolicyDecoder.TEMPLATE_ID ->
                masterCommands.setPolicy(setPolicy.wrapAndApplyHeader(command, offset, header));
            case MovementsDecoder.TEMPLATE_ID ->
                movementRows.apply(movements.wrapAndApplyHeader(command, offset, header));
            case ReserveDecoder.TEMPLATE_ID -> reserving.reserve(reserve.wrapAndApplyHeader(command, offset, header));
            case ConfirmDecoder.TEMPLATE_ID -> steps.confirm(confirm.wrapAndApplyHeader(command, offset, header));
            case ExtendDecoder.TEMPLATE_ID -> steps.extend(extend.wrapAndApplyHeader(command, offset, header));
            case FulfilDecoder.TEMPLATE_ID -> handOvers.fulfil(fulfil.wrapAndApplyHeader(command, offset, header));
            case ReleaseDecoder.TEMPLATE_ID -> handOvers.release(release.wrapAndApplyHeader(command, offset, header));
            default -> state.answer.refused(ResultCode.MALFORMED);
        };
    }

    /**
     * The last answer, as the schema encodes it, from offset 0. Who answers a client may copy it, and nobody may keep it.
     *
     * @return the same buffer at every call.
     */
    public MutableDirectBuffer answer() {
        return state.answer.buffer();
    }

    /**
     * The code of the last answer.
     *
     * @return what the ledger decided, now or when it first answered.
     */
    public ResultCode code() {
        return ResultCode.of(state.answer.buffer().getByte(BODY) & 0xff);
    }

    /**
     * The hash over all logical rows: the same in two ledgers that hold the same, wherever their rows lie.
     *
     * @return 64 bits; that of an empty ledger is fixed.
     */
    public long stateHash() {
        return state.hash.sum() + scalarsHash();
    }

    private long scalarsHash() {
        long row = RowHash.key(RowHash.SCALARS, state.sequence);
        row = RowHash.value(row, state.timeMs);
        row = RowHash.value(row, state.logicVersion);
        row = RowHash.value(row, state.reservations.lastNumber());
        if (state.settings == null) {
            return row;
        }
        row = RowHash.value(row, state.secrets.idHi() ^ Long.rotateLeft(state.secrets.idLo(), 32));
        row = RowHash.value(row, state.secrets.textHi() ^ Long.rotateLeft(state.secrets.textLo(), 32));
        final LedgerSettings settings = state.settings;
        row = RowHash.value(row, (long) settings.maxStores() << 32 | settings.maxSkus());
        row = RowHash.value(row, (long) settings.maxChannels() << 32 | settings.maxLiveReservations());
        row = RowHash.value(row, (long) settings.closedReservationsKept() << 32 | settings.defaultHoldSeconds());
        row = RowHash.value(row, (long) settings.defaultLowStockThreshold() << 32 | settings.answersKept());
        row = RowHash.value(row, settings.answersKeptBytes());
        return RowHash.value(row, settings.answersKeptMs());
    }

    /**
     * The last applied sequence.
     *
     * @return 0 when empty.
     */
    public long lastSequence() {
        return state.sequence;
    }

    /**
     * The time of the last applied command.
     *
     * @return milliseconds since 1970, 0 when empty.
     */
    public long lastTimeMs() {
        return state.timeMs;
    }

    /**
     * The earliest deadline of a live reservation.
     *
     * @return milliseconds since 1970, {@link Long#MAX_VALUE} for none.
     */
    public long nextDeadlineMs() {
        return state.reservations.deadlines().firstDeadlineMs();
    }

    /**
     * The logic version in force.
     *
     * @return from 1.
     */
    public int logicVersion() {
        return state.logicVersion;
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
     * Remembered answers that went before their time, since too many or too long ones came after them: counted since this
     * ledger was made, and no part of its state.
     *
     * @return how many.
     */
    public long answersForgottenEarly() {
        return state.answers.early();
    }

    /**
     * Live reservations.
     *
     * @return how many.
     */
    public int liveReservations() {
        return state.reservations.liveCount();
    }

    /**
     * What any thread may read of this ledger.
     *
     * @return the same object at every call.
     */
    public LedgerReads reads() {
        return reads;
    }

    /** The tables, for the checks of invariants. */
    LedgerState state() {
        return state;
    }
}
