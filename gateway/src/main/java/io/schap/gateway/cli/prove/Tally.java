package io.schap.gateway.cli.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The outcome of a race in four numbers.
 *
 * @param granted shoppers who were told yes.
 * @param refused shoppers who were told no.
 * @param twice   units that went twice: two shoppers hold one reservation, a shopper was told two things, or the cell has
 *                more reserved than shoppers hold.
 * @param lost    promises that are gone: a shopper's reservation is not held any more, or the cell has less reserved than
 *                shoppers hold.
 */
record Tally(int granted, int refused, int twice, int lost) {

    /**
     * Counts from outside.
     *
     * @param race    that is over.
     * @param changed shoppers who were told something else when they asked again.
     * @param server  where the cell is asked.
     * @return the outcome.
     */
    static Tally take(final Race race, final int changed, final Connection server) throws IOException {
        final List<String> reservations = new ArrayList<>();
        for (int shopper = 0; shopper < race.shoppers(); shopper++) {
            if (race.answer(shopper).isGranted()) {
                reservations.add(race.answer(shopper).reservation());
            }
        }
        final Set<String> distinct = new HashSet<>(reservations);
        int gone = 0;
        for (final String reservation : distinct) {
            if (!Shop.isHeld(server, reservation)) {
                gone++;
            }
        }
        final int granted = reservations.size();
        final int reserved = Shop.reserved(server);
        return new Tally(
                granted,
                race.shoppers() - granted,
                granted - distinct.size() + changed + Math.max(0, reserved - granted),
                gone + Math.max(0, granted - reserved));
    }

    boolean isRight(final Proof.Size size) {
        return granted == size.units() && refused == size.shoppers() - size.units() && twice == 0 && lost == 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "granted %,d, refused %,d, twice %,d, lost %,d", granted, refused, twice, lost);
    }
}
