package io.schap.gateway.imports;

import io.schap.engine.command.ResultCode;
import io.schap.engine.view.StockView;
import io.schap.gateway.imports.Ask.Code;
import io.schap.gateway.imports.Ask.CodeKind;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes what the rows of an import name and the ledger does not know: sales channels always, stores and SKUs with
 * {@code create=true}.
 *
 * <p>With {@code create=true} each store and SKU is asked for at its first row, known or not, under a key of its own. That
 * is what makes {@code created} the same when an upload is sent again: by then everything is known, but the ledger
 * remembers what this import made. Which codes had their first row is held as one bit each, so memory follows the chain
 * and not the file.
 */
final class NewCodes {

    /** Offers commands; false when there is no room just now. */
    interface Asker {

        boolean ask(Ask ask, int commandLength);
    }

    private final StockView view;
    private final CommandEncoder encoder;
    private final boolean create;
    private final Asker asker;
    private final Map<CodeKind, BitSet> seen = new EnumMap<>(CodeKind.class);
    private final Map<CodeKind, Map<String, Long>> waiting = new EnumMap<>(CodeKind.class);
    private final Set<CodeKind> full = EnumSet.noneOf(CodeKind.class);
    private long asked;
    private long answered;
    private long lastWithoutRoom;
    private long created;

    NewCodes(final StockView view, final CommandEncoder encoder, final boolean create, final Asker asker) {
        this.view = view;
        this.encoder = encoder;
        this.create = create;
        this.asker = asker;
        for (final CodeKind kind : CodeKind.values()) {
            seen.put(kind, new BitSet());
            waiting.put(kind, new HashMap<>());
        }
    }

    /**
     * Asks for what a part needs.
     *
     * @return false when there was no room to ask for all of it: call again later.
     */
    boolean prepare(final Part part) {
        if (part.absentKey() != null) {
            return true;
        }
        for (int i = 0; i < part.rows().size(); i++) {
            final RowContent content = part.rows().get(i).wanted();
            if (content != null && !prepare(part, content)) {
                return false;
            }
        }
        return true;
    }

    private boolean prepare(final Part part, final RowContent content) {
        if (create && content instanceof RowContent.Movement || create && content instanceof RowContent.Policy) {
            if (!ensure(part, CodeKind.STORE, content.store())
                    || content.sku() != null && !ensure(part, CodeKind.SKU, content.sku())) {
                return false;
            }
        }
        final boolean remembered = part.stage() == Part.Stage.ANSWERED;
        return remembered
                || !(content instanceof final RowContent.Movement fact)
                || fact.texts().channel() == null
                || view.channelIndex(fact.texts().channel()) >= 0
                || ensure(part, CodeKind.CHANNEL, fact.texts().channel());
    }

    private boolean ensure(final Part part, final CodeKind kind, final String code) {
        final Long serial = waiting.get(kind).get(code);
        if (serial != null) {
            part.needsCode(serial);
            return true;
        }
        final int index = index(kind, code);
        if (index >= 0 && seen.get(kind).get(index) || index < 0 && full.contains(kind)) {
            return true;
        }
        final Code wanted = new Code(kind, code, asked + 1);
        if (!asker.ask(Ask.of(wanted), encode(wanted))) {
            return false;
        }
        asked++;
        waiting.get(kind).put(code, asked);
        part.needsCode(asked);
        return true;
    }

    private int index(final CodeKind kind, final String code) {
        return switch (kind) {
            case STORE -> view.storeIndex(code);
            case SKU -> view.skuIndex(code);
            case CHANNEL -> view.channelIndex(code);
        };
    }

    private int encode(final Code code) {
        return switch (code.kind()) {
            case STORE -> encoder.newStore(code.text());
            case SKU -> encoder.newSku(code.text());
            case CHANNEL -> encoder.newChannel(code.text());
        };
    }

    /**
     * Takes the answer to a code.
     *
     * @param result what the ledger said.
     * @param index  of the code, where it was made or found.
     * @param made   whether it was made, now or by the upload that was cut off.
     */
    void answered(final Code code, final ResultCode result, final int index, final boolean made) {
        answered = code.serial();
        waiting.get(code.kind()).remove(code.text());
        switch (result) {
            case OK, CREATED -> {
                seen.get(code.kind()).set(index);
                created += made && code.kind() != CodeKind.CHANNEL ? 1 : 0;
            }
            case STORAGE_FULL -> lastWithoutRoom = code.serial();
            default -> full.add(code.kind());
        }
    }

    /** Whether everything that a part asked for was answered. */
    boolean isReady(final Part part) {
        return answered >= part.lastCode();
    }

    /** Whether something that a part needs could not be made for want of room in the journal. */
    boolean lacksRoom(final Part part) {
        return part.firstCode() > 0 && lastWithoutRoom >= part.firstCode();
    }

    /** Whether no more of a kind can be made: the ledger's bound is reached. */
    boolean isFull(final CodeKind kind) {
        return full.contains(kind);
    }

    /** Stores and SKUs that this import made. */
    long created() {
        return created;
    }
}
