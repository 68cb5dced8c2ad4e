package io.schap.gateway.command;

import io.schap.engine.command.ReservationIds;
import io.schap.engine.command.ReservationStatus;
import io.schap.engine.command.ResultCode;
import io.schap.engine.command.sbe.RefusedDecoder;
import io.schap.engine.view.StockView;
import io.schap.gateway.http.Faults;
import io.schap.gateway.http.Problem;
import io.schap.gateway.http.ProblemCode;

/** From the engine's refusals to the API's problems. */
final class RefusalProblems {

    private final StockView view;
    private final ReservationIds ids;

    RefusalProblems(final StockView view, final ReservationIds ids) {
        this.view = view;
        this.ids = ids;
    }

    Problem of(final RefusedDecoder refused) {
        final ResultCode code = ResultCode.of(refused.answer().code());
        return switch (code) {
            case RESERVATION_CLOSED -> closed(refused);
            case EXCEEDS_RESERVED -> exceeds(refused);
            case NOT_ACTIVE ->
                cell(
                        refused,
                        new Problem(
                                ProblemCode.NOT_ACTIVE,
                                "store " + store(refused) + " or sku " + sku(refused)
                                        + " is not active; requests may name active ones"));
            case HOLD_LIMIT ->
                kept(
                        refused,
                        new Problem(
                                ProblemCode.HOLD_LIMIT,
                                "there are as many live reservations as there may be: " + refused.possible()));
            case UNKNOWN_RESERVATION ->
                new Problem(ProblemCode.UNKNOWN_RESERVATION, "no reservation of that id was ever made");
            case QUANTITY_OUT_OF_RANGE ->
                cell(
                        refused,
                        new Problem(
                                ProblemCode.QUANTITY_OUT_OF_RANGE,
                                "onHand of sku " + sku(refused) + " in store " + store(refused)
                                        + " would leave its range of -1000000000 to 1000000000"));
            case IDEMPOTENCY_KEY_REUSED ->
                new Problem(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "header Idempotency-Key holds the key of a different request; it may hold a new one");
            case STORAGE_FULL -> new Problem(ProblemCode.STORAGE_FULL, "the journal has no room; nothing was applied");
            default -> invalid(code, refused);
        };
    }

    private static Problem invalid(final ResultCode code, final RefusedDecoder refused) {
        final Faults faults = new Faults();
        switch (code) {
            case LIMIT_REACHED -> faults.add("", "there are as many stores or SKUs as there may be");
            case GTIN_TAKEN ->
                faults.add(
                        "/gtins",
                        "/gtins holds " + refused.requested() + ", which is another SKU's; each is of one only");
            case AMBIGUOUS_LINE ->
                faults.add("/lines", "/lines names a sku that several lines have; it may name the store too");
            case WRONG_DEADLINE_KIND ->
                faults.add(
                        "",
                        "the reservation is " + ReservationStatus.of(refused.state())
                                + "; holdSeconds is for a HELD one, pickupSeconds for a CONFIRMED one");
            default -> faults.add("", "the engine does not take the request: code=" + code);
        }
        return faults.problem();
    }

    private Problem closed(final RefusedDecoder refused) {
        final ReservationStatus state = ReservationStatus.of(refused.state());
        final Problem problem = new Problem(
                        ProblemCode.RESERVATION_CLOSED, "the reservation is " + state + ", which does not allow this")
                .with("state", state.name())
                .with("reservation", ids.idOf(refused.reservation()));
        return kept(refused, problem);
    }

    private Problem exceeds(final RefusedDecoder refused) {
        final String where = refused.store() < 0 ? "" : " in store " + store(refused);
        final Problem problem = new Problem(
                        ProblemCode.EXCEEDS_RESERVED,
                        refused.possible() + " of sku " + sku(refused) + where + " are still reserved; asked for "
                                + refused.requested())
                .with("reservation", ids.idOf(refused.reservation()))
                .with("state", ReservationStatus.of(refused.state()).name())
                .with("requested", refused.requested())
                .with("reserved", refused.possible());
        return cell(refused, problem);
    }

    private Problem cell(final RefusedDecoder refused, final Problem problem) {
        if (refused.store() >= 0) {
            problem.with("store", view.store(refused.store()).code());
        }
        if (refused.sku() >= 0) {
            problem.with("sku", view.sku(refused.sku()).code());
        }
        return kept(refused, problem);
    }

    private static Problem kept(final RefusedDecoder refused, final Problem problem) {
        return problem.with("sequence", refused.answer().sequence());
    }

    private String store(final RefusedDecoder refused) {
        return refused.store() < 0 ? "?" : '"' + view.store(refused.store()).code() + '"';
    }

    private String sku(final RefusedDecoder refused) {
        return refused.sku() < 0 ? "?" : '"' + view.sku(refused.sku()).code() + '"';
    }
}
